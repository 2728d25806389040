import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parseCaptions } from '#shared/media/captions.ts';
import { mediaFileName } from '#shared/media/media-path.ts';
import { listMedia } from '#station/media/media.ts';
import { mediaFolders, openMediaFiles } from '#station/media/media-files.ts';
import { makeBooklets } from '../../../build/media/booklets.mjs';
import { captionsOf, secondsOf } from '../../../build/media/captions.mjs';
import { FILMS } from '../../../build/media/films/films.mjs';
import { PROFILES, profileFolder, shippedPack, stationOn } from '../../real-content.ts';

test.each(PROFILES)('every film and pamphlet of %s is there and sound', async (profile) => {
  const station = stationOn(shippedPack(profile), '2026-11-23 10:00');
  const files = openMediaFiles(mediaFolders('/nonexistent', profileFolder(profile)));
  const records = station.library.records('media');
  expect(listMedia(station.library, 'zh-CN').map(({ type }) => type)).toEqual(
    expect.arrayContaining(['video', 'pdf']),
  );
  for (const { body } of records)
    expect(await files.isSound(mediaFileName(body), body), body.title).toBe(true);
  station.db.write.close();
});

test('the booklets say what the articles say (else: node build/media/make-media.mjs --no-films)', async () => {
  const station = stationOn(shippedPack('wuhua'), '2026-11-23 10:00');
  const records = new Map(station.library.records('media').map(({ id, body }) => [id, body]));
  for (const { id, bytes } of await makeBooklets())
    expect(records.get(id)?.sha256, id).toBe(createHash('sha256').update(bytes).digest('hex'));
  station.db.write.close();
});

test.each(FILMS)('the captions of $title are those of its script and run to its end', (script) => {
  const station = stationOn(shippedPack('wuhua'), '2026-11-23 10:00');
  const film = station.library.records('media').find(({ id }) => id === script.id)?.body;
  expect(film?.captions).toBe(captionsOf(script));
  expect(parseCaptions(film?.captions ?? '')?.at(-1)?.to).toBe(film?.seconds);
  expect(film?.seconds).toBe(secondsOf(script));
  expect(film?.bytes).toBeLessThan(500_000);
  station.db.write.close();
});

test('every slide of the starter has a picture of its own or one beside it', () => {
  const station = stationOn(shippedPack('wuhua'), '2026-11-23 10:00');
  const pictures = new Set(
    station.library
      .records('media')
      .filter(({ body }) => body.type === 'image')
      .map(({ id }) => id),
  );
  const list = station.library.records('playlist').find(({ id }) => id === 'playlist.starter');
  expect(list?.body.items.length).toBeGreaterThanOrEqual(5);
  expect(
    list?.body.items.filter(({ record, picture }) => !pictures.has(picture ?? record)),
  ).toEqual([]);
  station.db.write.close();
});

test('films and pictures hold nothing of where it was made', () => {
  const station = stationOn(shippedPack('wuhua'), '2026-11-23 10:00');
  const files = mediaFolders('/nonexistent', profileFolder('wuhua'));
  for (const { body } of station.library.records('media')) {
    const bytes = readFileSync(`${files.at(-1)}/${mediaFileName(body)}`).toString('latin1');
    expect(bytes).not.toMatch(/\/(?:home|root|tmp|work)\//);
  }
  station.db.write.close();
});
