import { act, fireEvent, screen, waitFor } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { TicketView } from '#shared/contract/queue.ts';
import type { SearchAnswer } from '#shared/contract/search.ts';
import type { FakeAnswers } from '../../../src/renderer/gallery/fake-station.ts';
import { startState } from '../../../src/renderer/session/start-state.ts';
import { App } from '../../../src/renderer/visitor/app.tsx';
import { DisplaySheet } from '../../../src/renderer/visitor/display-sheet.tsx';
import { hallTells } from '../console/made-up-desk.ts';
import { draw } from '../draw.tsx';
import { soundOf, stubLoudspeaker } from '../loudspeaker.ts';
import { HELLO } from './hello.ts';

const speaker = stubLoudspeaker();

// jsdom has no moments of leisure.
globalThis.requestIdleCallback ??= () => 0;
globalThis.cancelIdleCallback ??= () => {};

// jsdom lays nothing out, so nothing is out of sight.
if (!('scrollIntoView' in Element.prototype))
  Object.assign(Element.prototype, { scrollIntoView: () => {} });

/** Ahead of the clock: what is touched again at once is a trembling finger. */
let ahead = 0;
const now = performance.now.bind(performance);
beforeEach(() => {
  vi.spyOn(performance, 'now').mockImplementation(() => now() + ahead);
});
afterEach(() => {
  vi.restoreAllMocks();
});

const TAKEN: TicketView = {
  id: '00000000-0000-4000-8000-000000000001',
  number: 'A017',
  day: '2026-11-23',
  line: { id: 'reception', name: '综合接待' },
  state: 'waiting',
  issuedAt: Date.parse('2026-11-23T10:00:00+08:00'),
  before: 3,
  estimateMinutes: 12,
  windows: [{ id: 'w1', label: '1号窗口' }],
};

const FOUND: SearchAnswer = {
  groups: [
    {
      kind: 'faq',
      more: false,
      hits: [
        { kind: 'faq', id: 'faq.x', title: { text: '感情不和怎么办？', marks: [] }, extra: {} },
      ],
    },
  ],
  understood: [],
  next: [],
  complete: true,
};

/** A page on its terminal, whose own voice says what is kept here: each word is a sound of its own name. */
async function drawPage(hash: string, answers: FakeAnswers = {}) {
  const said: { words: string; language: string }[] = [];
  const drawn = await draw(<App start={startState(`#${hash}`)} attract="never" />, {
    answers: {
      'system.hello': async () => HELLO,
      'search.query': async () => FOUND,
      'speech.say': async (input) => {
        said.push(input);
        return { clips: [soundOf(input.words)] };
      },
      ...answers,
    },
  });
  return { ...drawn, said, words: () => said.map(({ words }) => words) };
}

/** The search page, once it is there: the pages are read in a moment of leisure. */
async function drawSearch(hash: string) {
  const drawn = await drawPage(`page=search${hash}`);
  const field = await waitFor(() => screen.getByRole('textbox'), { timeout: 60_000 });
  return { ...drawn, field };
}

const sounds = (name: string) => waitFor(() => expect(speaker.sounding()).toBe(name));
const touch = (name: string | RegExp) => {
  const button = screen.getByRole('button', { name });
  ahead += 1000;
  act(() => button.focus());
  fireEvent.click(button);
};
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

  it('says the word that a keypad chose, and only then where the hands are left', async () => {
    const { words } = await drawSearch('&voice=on');
    for (const letter of 'lihun') press(letter);
    const word = await waitFor(() => screen.getByRole('button', { name: '离婚' }), {
      timeout: 60_000,
    });
    act(() => word.focus());
    fireEvent.keyDown(word, { key: 'Enter' });
    fireEvent.click(word, { detail: 0 });
    await sounds('离婚');
    await act(async () => {});
    expect(document.activeElement?.closest('[data-keyboard]')).not.toBeNull();
    expect(speaker.sounding()).toBe('离婚');
    speaker.end();
    await waitFor(() => expect(words().slice(-2)).toEqual(['离婚', 'q']));
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

  it('says what a page is called and then the field that it opens with', async () => {
    const { words } = await drawSearch('&voice=on');
    await sounds('搜一搜');
    speaker.end();
    await sounds('要找什么');
    expect(words()).toEqual(['搜一搜', '要找什么']);
  });

  it('cuts off what it says for what the focus comes to next', async () => {
    const { field } = await drawSearch('&voice=on');
    await sounds('搜一搜');
    fireEvent.keyDown(field, { key: 'Tab' });
    act(() => screen.getByRole('button', { name: '语言' }).focus());
    await sounds('语言');
  });

  it('says the number that somebody took, who is before them and where it will be, and again when that changes', async () => {
    let before = 3;
    const news = Promise.withResolvers<void>();
    const { words } = await drawPage(`page=number&id=${TAKEN.id}&voice=on`, {
      'queue.ticket': async () => ({ ...TAKEN, before }),
      'hall.events': hallTells(async function* () {
        await news.promise;
        yield { type: 'changed' };
        return undefined;
      }),
    });
    await sounds('综合接待，您的号，A017');
    speaker.end();
    await waitFor(() => expect(words().at(-1)).toContain('3 人'));
    expect(words().at(-1)).toContain('1号窗口');
    before = 2;
    news.resolve();
    speaker.end();
    await waitFor(() => expect(words().at(-1)).toContain('2 人'));
  });

  it('says what goes wrong, once', async () => {
    const { words } = await drawPage('page=faq&id=faq.x&voice=on');
    const alert = await waitFor(() => screen.getByRole('alert'), { timeout: 60_000 });
    const sentence = alert.textContent ?? '';
    await waitFor(() => expect(words().join('')).toContain(sentence.slice(0, 4)));
    const count = words().length;
    act(() => alert.append(document.createElement('br')));
    await act(async () => {});
    expect(words()).toHaveLength(count);
  });
});

describe('the page read aloud', () => {
  const read = () => screen.findByRole('button', { name: '读这一页' });

  it('is offered in voice mode alone', async () => {
    await drawPage('page=hotlines');
    await screen.findByRole('button', { name: '清屏离开' });
    expect(screen.queryByRole('button', { name: '读这一页' })).toBeNull();
  });

  it('is the text of the page; a second touch stops it, a third begins anew', async () => {
    await drawPage('zoom=2&voice=on');
    await read();
    await screen.findByRole('alert');
    const text = document.querySelector('main [data-scroller]')?.textContent ?? '';
    touch('读这一页');
    await waitFor(() => expect(speaker.sounding()?.slice(0, 6)).toBe(text.slice(0, 6)));
    const first = speaker.sounding() ?? '';
    touch('停止朗读');
    expect(speaker.sounding()).toBeUndefined();
    await read();
    touch('读这一页');
    await sounds(first);
  });

  it.each(['清屏离开', '帮助'])('ends at once with %s', async (way) => {
    await drawPage('zoom=2&voice=on');
    await read();
    touch('读这一页');
    await waitFor(() => expect(speaker.sounding()).not.toBeUndefined());
    const before = speaker.sounding();
    fireEvent.click(screen.getByRole('button', { name: new RegExp(way) }));
    expect(speaker.sounding()).not.toBe(before);
  });
});

describe('going through a page by ear', () => {
  const strip = async (name: string) => {
    ahead += 1000;
    // A new touch; what is said cuts off what was said.
    fireEvent.keyDown(document.body, { key: 'Shift' });
    press(name);
    await act(async () => {});
  };
  const drawn = async () => {
    const page = await drawPage('page=faq&id=faq.x&voice=on');
    await screen.findByRole('alert', undefined, { timeout: 60_000 });
    await screen.findByRole('button', { name: '下一项' });
    return { ...page, last: () => page.words().at(-1) };
  };

  it('says each part in turn, again when asked, and says where it ends', async () => {
    const { words, last } = await drawn();
    await strip('上一项');
    const bar = last();
    await strip('下一项');
    expect(last()).toBe('这是最后一项。');
    await strip('再听一遍');
    expect(last()).toBe(bar);
    const count = words().length;
    while (last() !== '这是第一项。') {
      expect(words().length).toBeLessThan(count + 60);
      await strip('上一项');
    }
  });

  it('marks what it speaks of, and does what is there', async () => {
    const { last } = await drawn();
    for (let tries = 0; tries < 40 && last() !== '语言'; tries += 1) await strip('下一项');
    expect(document.querySelectorAll('[data-voice-here]')).toHaveLength(1);
    expect(document.activeElement?.textContent).toBe('语言');
    await strip('打开');
    const sheet = await screen.findByRole('dialog');
    await waitFor(() => expect(sheet.contains(document.activeElement)).toBe(true));
    await strip('上一项');
    expect(sheet.querySelector('[data-voice-here]')).not.toBeNull();
  });

  it('says that a text cannot be opened', async () => {
    const { last } = await drawn();
    const isText = () => document.querySelector('[data-voice-here]:not(button)') !== null;
    for (let tries = 0; tries < 40 && !isText(); tries += 1) await strip('下一项');
    await strip('打开');
    expect(last()).toBe('这里只有文字，没有可以打开的。');
  });
});

describe('the end of a visit', () => {
  it('leaves nothing on the page of what was typed', async () => {
    await drawSearch('');
    for (const letter of 'lihun') press(letter);
    await waitFor(() => screen.getByRole('button', { name: '离婚' }), { timeout: 60_000 });
    press('离婚');
    expect(document.body.innerHTML).toContain('离婚');
    fireEvent.click(await screen.findByRole('button', { name: /感情不和/ }));
    await waitFor(() => expect(screen.queryByRole('textbox')).toBeNull());
    fireEvent.click(screen.getByRole('button', { name: '清屏离开' }));
    expect(document.querySelector('main')?.dataset.page).toBe('home');
    expect(document.documentElement.innerHTML).not.toContain('离婚');
  });

  it('ends voice mode', async () => {
    const { words } = await drawSearch('&voice=on');
    await sounds('搜一搜');
    fireEvent.click(screen.getByRole('button', { name: '清屏离开' }));
    expect(speaker.sounding()).toBeUndefined();
    const count = words().length;
    touch('大字');
    await screen.findByRole('dialog');
    expect(words()).toHaveLength(count);
    expect(speaker.sounding()).toBeUndefined();
  });
});

describe('a visitor who listens', () => {
  afterEach(() => {
    vi.useRealTimers();
  });
  const seconds = (count: number) => act(() => vi.advanceTimersByTimeAsync(count * 1000));
  const warning = () => screen.queryByRole('alertdialog');

  it.each([
    ['contrast=more', 1],
    ['contrast=more&voice=on', 2],
  ])('has twice the time: %s', async (hash, times) => {
    vi.useFakeTimers();
    await drawPage(hash);
    await seconds(1);
    await seconds(HELLO.idle.browseSeconds * times - 3);
    expect(warning()).toBeNull();
    await seconds(3);
    expect(warning()).not.toBeNull();
  });
});

describe('the switch of voice mode', () => {
  const drawSheet = (speaks: boolean, voice = false) =>
    draw(<DisplaySheet isOpen onClose={() => {}} />, {
      session: { voice },
      answers: { 'speech.voice': async () => ({ speaks }) },
    });
  const LABEL = '语音读出（打字和翻页）';

  it('is offered where the terminal speaks, and says that others hear it', async () => {
    const { acts } = await drawSheet(true);
    const choice = await screen.findByRole('group', { name: LABEL });
    expect(document.body.textContent).toContain('旁边的人也听得到');
    fireEvent.click(choice.querySelectorAll('button')[1] ?? expect.unreachable());
    expect(acts).toEqual([{ type: 'set', preferences: { voice: true } }]);
  });

  it('is not offered where nothing speaks', async () => {
    await drawSheet(false);
    await act(async () => {});
    expect(screen.queryByRole('group', { name: LABEL })).toBeNull();
  });

  it('can be switched off where nothing speaks any more', async () => {
    await drawSheet(false, true);
    expect(screen.getByRole('group', { name: LABEL })).not.toBeNull();
  });
});
