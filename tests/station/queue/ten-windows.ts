import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const PROFILES = join(import.meta.dirname, '../../../assets/profiles');

/** The ids of ten windows. */
export const TEN_WINDOWS = Array.from({ length: 10 }, (_, at) => `w${at + 1}`);

/** Below `parent`, the profile of a district's hall (530102) with ten windows that all take the first line; its folder. */
export function profileOfTenWindows(parent: string): string {
  cpSync(PROFILES, parent, { recursive: true });
  const content = join(parent, 'wuhua', 'content');
  const change = (file: string, from: RegExp, to: string) => {
    const before = readFileSync(join(content, file), 'utf8');
    const after = before.replace(from, to);
    if (after === before) throw new Error(`${file} is not as it was: ${from}`);
    writeFileSync(join(content, file), after);
  };
  const more = TEN_WINDOWS.slice(5).map(
    (id) =>
      `        - { id: ${id}, label: ${id.slice(1)}号窗口, name: 综合接待, lines: [reception] }\n`,
  );
  change('stations.yaml', /^ {8}- id: w2\n/m, `${more.join('')}$&`);
  change('queue.yaml', /windows: \[w1\]/, `windows: [${TEN_WINDOWS.join(', ')}]`);
  return join(parent, 'wuhua');
}
