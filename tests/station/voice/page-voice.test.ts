import { describe, expect, test } from 'vitest';
import { espeak } from '#station/voice/espeak.ts';
import { openPageVoice } from '#station/voice/page-voice.ts';

describe("the terminal's voice for a visitor", () => {
  test('says it in the language of the page', async () => {
    const heard: string[] = [];
    const speaker = (name: string) => async (words: string) => {
      heard.push(`${name} ${words}`);
      return Buffer.from(name);
    };
    const voice = openPageVoice({ 'zh-CN': speaker('zh'), en: speaker('en') });
    expect(await voice.speaks()).toBe(true);
    heard.length = 0;
    expect(await voice.say('离婚', 'zh-CN')).toEqual({ clips: [btoa('zh')] });
    await voice.say('divorce', 'en');
    expect(heard).toEqual(['zh 离婚', 'en divorce']);
  });

  test('is not offered where no program speaks, and then says nothing', async () => {
    const missing = espeak('no-such-program-anywhere');
    const voice = openPageVoice({ 'zh-CN': missing, en: missing });
    expect(await voice.speaks()).toBe(false);
    expect(await voice.say('离婚', 'zh-CN')).toEqual({ clips: [] });
  });
});
