/**
 * Makes films, booklets and posters of the starter pack: files by hash in assets/starter/media, records in
 * assets/starter/reading/media.yaml. For developers, after articles, scripts or posters changed; ffmpeg is needed for
 * films alone (Debian's package ffmpeg), `--no-films` leaves them as they are.
 */
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse, stringify } from 'yaml';
import { mediaFileName } from '../../src/shared/media/media-path.ts';
import { inRoot } from '../setup/paths.mjs';
import { say } from '../setup/say.mjs';
import { makeBooklets } from './booklets.mjs';
import { captionsOf, secondsOf } from './captions.mjs';
import { drawFilm } from './draw-film.mjs';
import { FILMS } from './films/films.mjs';
import { drawPosters } from './posters.mjs';

const FOLDER = inRoot('assets', 'starter', 'media');
const RECORDS = inRoot('assets', 'starter', 'reading', 'media.yaml');
const HEAD = `# 视频、宣传册和配图。由 build/media/make-media.mjs 生成，文件在 assets/starter/media，按内容的 SHA-256 命名。
# 解说词在 build/media/films，宣传册的文字在 articles.yaml，配图在 build/media/posters.mjs；改了以后重新生成，不要直接改这里。
`;

function recordOf({ id, title, description }, type, mime, bytes, more = {}) {
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  return {
    id,
    body: { title, type, mime, sha256, bytes: bytes.length, description, ...more },
  };
}

function keep(bytes, record) {
  writeFileSync(join(FOLDER, mediaFileName(record.body)), bytes);
  return record;
}

async function filmRecord(film) {
  if (process.argv.includes('--no-films'))
    return parse(readFileSync(RECORDS, 'utf8')).records.find(({ id }) => id === film.id);
  const bytes = await drawFilm(film);
  const more = { seconds: secondsOf(film), captions: captionsOf(film) };
  return keep(bytes, recordOf(film, 'video', 'video/webm', bytes, more));
}

mkdirSync(FOLDER, { recursive: true });
const films = [];
for (const film of FILMS) films.push(await filmRecord(film));
const booklets = await makeBooklets();
const posters = await drawPosters();
const records = [
  ...films,
  ...booklets.map((made) => keep(made.bytes, recordOf(made, 'pdf', 'application/pdf', made.bytes))),
  ...posters.map((made) => keep(made.bytes, recordOf(made, 'image', 'image/png', made.bytes))),
];
const wanted = new Set(records.map(({ body }) => mediaFileName(body)));
for (const name of readdirSync(FOLDER)) if (!wanted.has(name)) rmSync(join(FOLDER, name));
const file = {
  kind: 'media',
  defaults: {
    scope: '00',
    source: '根据现行法律编写',
    responsibleBody: 'local',
    effectiveFrom: '2026-11-01',
    publishedAt: '2026-11-01T09:00:00+08:00',
    editor: '内容编写组',
    reviewer: '待本地司法局审核',
  },
  records,
};
writeFileSync(RECORDS, HEAD + stringify(file, { lineWidth: 0 }));
for (const { id, body } of records) say(`${id}: ${body.bytes} bytes`);
