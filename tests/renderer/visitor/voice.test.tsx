import { fireEvent, screen, waitFor } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { panelDisplay } from '#shared/access/panels.ts';
import type { Hello } from '#shared/contract/views.ts';
import { startState } from '../../../src/renderer/session/start-state.ts';
import { App } from '../../../src/renderer/visitor/app.tsx';
import { draw } from '../draw.tsx';

const display = panelDisplay('32');
if (display === undefined) throw new Error('the panel of the test is not known');

const HELLO: Hello = {
  programVersion: '0.0.0',
  now: Date.parse('2026-11-23T10:00:00+08:00'),
  utcOffsetMinutes: 480,
  stationName: '示例公共法律服务工作站',
  level: 'station',
  languages: ['zh-CN', 'en'],
  keyboards: ['zh-CN', 'en'],
  display,
  idle: {
    browseSeconds: 120,
    formSeconds: 180,
    warningSeconds: 30,
    numberSeconds: 20,
    attractSeconds: 0,
  },
  content: { asOf: '2026-11-23', publisher: '示例司法局', stale: false },
  sampleContent: true,
};

/** The search page on its terminal, whose own voice says what is kept here. */
async function drawSearch(hash: string) {
  const said: { words: string; language: string }[] = [];
  await draw(<App start={startState(`#page=search${hash}`)} attract="never" />, {
    answers: {
      'system.hello': async () => HELLO,
      'speech.say': async (input) => {
        said.push(input);
        return { clips: [] };
      },
    },
  });
  // The pages are read in a moment of leisure.
  const field = await waitFor(() => screen.getByRole('textbox'), {
    timeout: 60_000,
  });
  return { field, said, words: () => said.map(({ words }) => words) };
}

const press = (name: string) =>
  fireEvent.click(screen.getByRole('button', { name }), { detail: 0 });

describe('voice mode', () => {
  it('says the page, each letter with the words that it may become, the word chosen, and what is deleted', async () => {
    const { words } = await drawSearch('&voice=on');
    await waitFor(() => expect(words()).toContain('搜一搜'));
    for (const letter of 'lihun') press(letter);
    await waitFor(() => screen.getByRole('button', { name: '离婚' }), { timeout: 60_000 });
    press('删除');
    expect(words().at(-1)).toMatch(/^删除了“n”/);
    press('n');
    expect(words().at(-1)).toMatch(/^n：1 离婚/);
    press('离婚');
    expect(words().at(-1)).toBe('离婚');
    press('删除');
    expect(words().at(-1)).toBe('删除了“婚”');
  });

  it('is silent until it is switched on', async () => {
    const { said, field } = await drawSearch('');
    press('l');
    press('删除');
    fireEvent.focus(field);
    expect(said).toEqual([]);
  });

  it('speaks the language of the page', async () => {
    const { said } = await drawSearch('&voice=on&language=en');
    press('l');
    expect(said.at(-1)).toEqual({ words: 'l', language: 'en' });
  });
});
