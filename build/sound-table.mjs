/**
 * `node build/sound-table.mjs` writes `src/shared/sound/sound-table.ts` from pinyin-pro: how each character of the basic
 * CJK block may be read. The host reads this 70 KB text when someone searches; the package itself takes 45 MB of memory.
 */
import { writeFileSync } from 'node:fs';
import { pinyin } from 'pinyin-pro';
import { inRoot } from './setup/paths.mjs';

const FIRST = 0x4e00;
const LAST = 0x9fff;

/** @type {Map<string, { first: string[], other: string[] }>} */
const table = new Map();
for (let point = FIRST; point <= LAST; point += 1) {
  const character = String.fromCodePoint(point);
  const read = pinyin(character, { toneType: 'none', type: 'array', multiple: true, v: true });
  const readings = [...new Set(read)].filter((reading) => /^[a-z]{1,6}$/.test(reading));
  for (const [at, reading] of readings.entries()) {
    const entry = table.get(reading) ?? { first: [], other: [] };
    entry[at === 0 ? 'first' : 'other'].push(character);
    table.set(reading, entry);
  }
}

const lines = [...table]
  .filter(([reading]) => /[aeiouv]/.test(reading))
  .sort(([a], [b]) => (a < b ? -1 : 1))
  .map(([reading, { first, other }]) => `${reading} ${first.join('')} ${other.join('')}`.trimEnd());

writeFileSync(
  inRoot('src', 'shared', 'sound', 'sound-table.ts'),
  `/** Written by build/sound-table.mjs: syllable, characters that are mostly read so, characters that may be read so. */
export const SOUND_TABLE = \`
${lines.join('\n')}
\`;
`,
);
