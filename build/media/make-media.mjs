/**
 * Makes the film and the booklets of the starter pack: files by hash in assets/starter/media, records in
 * assets/starter/reading/media.yaml. For developers, after articles or the film's script changed; ffmpeg is needed for the
 * film alone (Debian's package ffmpeg), `--booklets` leaves the film as it is.
 */
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse, stringify } from 'yaml';
import { mediaFileName } from '../../src/shared/media/media-path.ts';
import { inRoot } from '../setup/paths.mjs';
import { say } from '../setup/say.mjs';
import { makeBooklets } from './booklets.mjs';
import { drawFilm } from './draw-film.mjs';
import { captionsOf, FILM } from './film-script.mjs';

const FOLDER = inRoot('assets', 'starter', 'media');
const RECORDS = inRoot('assets', 'starter', 'reading', 'media.yaml');
const HEAD = `# 视频和宣传册。由 build/media/make-media.mjs 生成，文件在 assets/starter/media，按内容的 SHA-256 命名。
# 解说词在 build/media/film-script.mjs，宣传册的文字在 articles.yaml；改了以后重新生成，不要直接改这里。
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

async function filmRecord() {
  if (process.argv.includes('--booklets'))
    return parse(readFileSync(RECORDS, 'utf8')).records.find(({ id }) => id === FILM.id);
  const bytes = await drawFilm(FILM);
  const seconds = FILM.scenes
    .flatMap(({ steps }) => steps)
    .reduce((sum, step) => sum + step.seconds, 0);
  return keep(
    bytes,
    recordOf(FILM, 'video', 'video/webm', bytes, { seconds, captions: captionsOf(FILM) }),
  );
}

mkdirSync(FOLDER, { recursive: true });
const booklets = await makeBooklets();
const records = [
  await filmRecord(),
  ...booklets.map((booklet) =>
    keep(booklet.bytes, recordOf(booklet, 'pdf', 'application/pdf', booklet.bytes)),
  ),
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
