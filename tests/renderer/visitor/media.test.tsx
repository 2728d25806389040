import { fireEvent, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { Provenance } from '#shared/contract/views.ts';
import { FilmPlayer } from '../../../src/renderer/visitor/pages/film-player.tsx';
import { MediaPage } from '../../../src/renderer/visitor/pages/media.tsx';
import { MediaListPage } from '../../../src/renderer/visitor/pages/media-list.tsx';
import { draw } from '../draw.tsx';

const CAPTIONS = 'WEBVTT\n\n00:00.000 --> 00:02.000\n第一句。\n\n00:02.000 --> 00:04.000\n第二句。';

const film = () => document.querySelector('video') ?? expect.unreachable('there is no film');
const caption = () => document.querySelector('[data-caption]')?.textContent;

/** A hand without haste: a second touch at once does nothing. */
async function touch(name: string): Promise<void> {
  vi.spyOn(performance, 'now').mockReturnValue(performance.now() + 1000);
  await userEvent.click(screen.getByRole('button', { name }));
}

/** jsdom plays nothing; what was asked of the film is kept. */
let asked: string[] = [];
beforeEach(() => {
  vi.restoreAllMocks();
  asked = [];
  const obey = (film: HTMLMediaElement, order: 'play' | 'pause') => {
    asked.push(order);
    film.dispatchEvent(new Event(order));
  };
  vi.spyOn(HTMLMediaElement.prototype, 'play').mockImplementation(async function (
    this: HTMLMediaElement,
  ) {
    obey(this, 'play');
  });
  vi.spyOn(HTMLMediaElement.prototype, 'pause').mockImplementation(function (
    this: HTMLMediaElement,
  ) {
    obey(this, 'pause');
  });
});

const drawFilm = () =>
  draw(<FilmPlayer path="/media/film.webm" captions={CAPTIONS} seconds={65} />);

describe('a film', () => {
  it('waits to be started, is silent, and has no controls but its own', async () => {
    await drawFilm();
    expect(film().autoplay).toBe(false);
    expect(film().controls).toBe(false);
    expect(film().muted).toBe(true);
    await touch('播放');
    expect(asked).toEqual(['play']);
    await touch('暂停');
    expect(asked).toEqual(['play', 'pause']);
  });

  it('shows its captions from the start, each in its time, until they are turned off', async () => {
    await drawFilm();
    expect(caption()).toBe('第一句。');
    Object.assign(film(), { currentTime: 2.5 });
    fireEvent.timeUpdate(film());
    expect(caption()).toBe('第二句。');
    await touch('关掉字幕');
    expect(caption()).toBe('');
    await touch('打开字幕');
    expect(caption()).toBe('第二句。');
  });

  it('can be heard when somebody wants to, and read without being played', async () => {
    await drawFilm();
    await touch('打开声音');
    expect(film().muted).toBe(false);
    expect(screen.getByText('第一句。第二句。')).toBeTruthy();
  });

  it('goes back and forth by ten seconds, never beyond its ends', async () => {
    await drawFilm();
    Object.defineProperty(film(), 'duration', { value: 15 });
    await touch('前进 10 秒');
    expect(film().currentTime).toBe(10);
    await touch('前进 10 秒');
    expect(film().currentTime).toBe(15);
    await touch('退回 10 秒');
    await touch('退回 10 秒');
    expect(film().currentTime).toBe(0);
  });

  it('that cannot be played says so in one sentence', async () => {
    await drawFilm();
    fireEvent.error(film());
    expect(document.querySelector('video')).toBeNull();
    expect(screen.getByText(/打不开/)).toBeTruthy();
  });
});

const PROVENANCE: Provenance = {
  id: 'media.one',
  version: 1,
  source: '示例',
  responsibleBody: '某局',
  reviewer: '某人',
  publishedAt: '2026-11-01T09:00:00+08:00',
  effectiveFrom: '2026-11-01',
  completeness: '2/2',
  complete: true,
  confirm: [],
  language: 'own',
};

it('a film whose file is not here says so, and is still described', async () => {
  const body = {
    ...{ title: '片名', type: 'video' as const, mime: 'video/webm', sha256: '', bytes: 1 },
    ...{ description: '说什么。', captions: CAPTIONS },
  };
  await draw(<MediaPage id="media.one" />, {
    answers: {
      'media.get': async () => ({ body, provenance: PROVENANCE, path: undefined }),
      'media.takeaway': async () => ({ text: '片名' }),
    },
  });
  expect(await screen.findByText(/还没有送到本机/)).toBeTruthy();
  expect(screen.getByText('说什么。')).toBeTruthy();
  expect(document.querySelector('video')).toBeNull();
});

it('films and pamphlets have a list each, and lead to what they name', async () => {
  const common = { description: '说什么。', language: 'own' as const };
  const { acts } = await draw(<MediaListPage shows="films" />, {
    answers: {
      'media.list': async () => [
        { ...common, id: 'media.film', type: 'video', title: '一部片子', seconds: 65 },
        { ...common, id: 'media.paper', type: 'pdf', title: '一本册子' },
      ],
    },
  });
  const row = await screen.findByRole('button', { name: /一部片子/ });
  expect(row.textContent).toContain('1:05');
  expect(screen.queryByText('一本册子')).toBeNull();
  await userEvent.click(row);
  expect(acts).toContainEqual(expect.objectContaining({ to: { page: 'media', id: 'media.film' } }));
});
