import { globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** "file: name" of every class that a component asks of a style sheet of its own. */
function askedNames(file: string): { sheet: string; name: string }[] {
  const code = readFileSync(join(root, file), 'utf8');
  const imports = code.matchAll(/import (\w+) from '(\.[^']+\.module\.css)'/g);
  return [...imports].flatMap(([, variable = '', path = '']) =>
    [...code.matchAll(new RegExp(`(?<![\\w/])${variable}\\.(?!module\\b)(\\w+)`, 'g'))].map(
      ([, name = '']) => ({ sheet: join(dirname(file), path), name }),
    ),
  );
}

function namesIn(sheet: string): Set<string> {
  const rules = readFileSync(join(root, sheet), 'utf8').replaceAll(/\/\*[\s\S]*?\*\//g, '');
  return new Set([...rules.matchAll(/\.([a-zA-Z][\w-]*)/g)].map(([, name = '']) => name));
}

test('every class that a component asks for is in its style sheet', () => {
  const files = globSync('src/renderer/**/*.tsx', { cwd: root });
  expect(files.length).toBeGreaterThan(50);
  const missing = files.flatMap((file) =>
    askedNames(file)
      .filter(({ sheet, name }) => !namesIn(sheet).has(name))
      .map(({ name }) => `${file}: ${name}`),
  );
  expect(missing).toEqual([]);
});
