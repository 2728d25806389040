import { afterEach, describe, expect, it, vi } from 'vitest';
import { fakeStation } from '../../../src/renderer/gallery/fake-station.ts';
import { openPageVoice } from '../../../src/renderer/speech/page-voice.ts';
import { soundOf, stubLoudspeaker } from '../loudspeaker.ts';

const speaker = stubLoudspeaker();
const LONG = `${'一'.repeat(30)}，${'二'.repeat(30)}，${'三'.repeat(30)}。`;
const PIECES = [`${'一'.repeat(30)}，`, `${'二'.repeat(30)}，`, `${'三'.repeat(30)}。`];

/** A voice whose terminal makes a sound of all words but those that it has no sound of. */
function openVoice(fails: (words: string) => boolean = () => false) {
  return openPageVoice(
    fakeStation({
      'speech.say': async ({ words }) => {
        if (fails(words)) throw new Error('no sound of it');
        return { clips: [soundOf(words)] };
      },
    }),
  );
}

const sounds = (name: string) => vi.waitFor(() => expect(speaker.sounding()).toBe(name));

describe('the voice of a page', () => {
  it('says a long text in pieces, one after the other', async () => {
    const said = openVoice().say(LONG, 'zh-CN');
    for (const piece of PIECES) {
      await sounds(piece);
      speaker.end();
    }
    await said;
    expect(speaker.heard).toEqual(PIECES);
  });

  it('goes on where the terminal has no sound of a piece', async () => {
    const said = openVoice((words) => words.startsWith('二')).say(LONG, 'zh-CN');
    await sounds(PIECES[0] ?? '');
    speaker.end();
    await sounds(PIECES[2] ?? '');
    speaker.end();
    await said;
  });

  it('cuts off what it says, and all that waits behind it, for what is newer', async () => {
    const voice = openVoice();
    const said = voice.say(LONG, 'zh-CN');
    void voice.add('后面', 'zh-CN');
    await sounds(PIECES[0] ?? '');
    void voice.say('新的', 'zh-CN');
    await said;
    await sounds('新的');
    speaker.end();
    await vi.waitFor(() => expect(speaker.sounding()).toBeUndefined());
    expect(speaker.heard).toEqual([PIECES[0], '新的']);
  });

  it('says in turn what belongs together', async () => {
    const voice = openVoice();
    void voice.say('搜一搜', 'zh-CN');
    void voice.add('请输入', 'zh-CN');
    await sounds('搜一搜');
    speaker.end();
    await sounds('请输入');
  });

  it('plays nothing of what comes after it was hushed', async () => {
    const answer = Promise.withResolvers<{ clips: string[] }>();
    const voice = openPageVoice(fakeStation({ 'speech.say': () => answer.promise }));
    const said = voice.say('说', 'zh-CN');
    voice.hush();
    await said;
    answer.resolve({ clips: [soundOf('说')] });
    await new Promise((resolve) => setTimeout(resolve));
    expect(speaker.heard).toEqual([]);
  });
});

describe('the voice of a system', () => {
  afterEach(() => Reflect.deleteProperty(window, 'speechSynthesis'));

  it('says the pieces in turn, and none after it was cut off', async () => {
    const spoken: { text: string; onend: () => void }[] = [];
    vi.stubGlobal(
      'SpeechSynthesisUtterance',
      class {
        readonly text: string;
        onend = () => {};
        constructor(text: string) {
          this.text = text;
        }
      },
    );
    const cancel = vi.fn();
    Object.defineProperty(window, 'speechSynthesis', {
      configurable: true,
      value: {
        getVoices: () => [{ lang: 'zh-CN', localService: true }],
        speak: (words: { text: string; onend: () => void }) => spoken.push(words),
        cancel,
      },
    });
    const voice = openVoice();
    const said = voice.say(LONG, 'zh-CN');
    spoken[0]?.onend();
    await vi.waitFor(() => expect(spoken).toHaveLength(2));
    cancel.mockClear();
    voice.hush();
    await said;
    expect(cancel).toHaveBeenCalled();
    expect(spoken.map(({ text }) => text)).toEqual(PIECES.slice(0, 2));
    expect(speaker.heard).toEqual([]);
  });
});
