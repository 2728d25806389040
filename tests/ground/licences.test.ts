import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { isAllowed, linkedPackages, notices, refusals } from '../../build/licences.mjs';

describe('licence expressions', () => {
  test.each([
    'MIT',
    '(MIT OR GPL-3.0-only)',
    'GPL-2.0-only OR Apache-2.0',
    'MIT AND Zlib',
    '(BSD-2-Clause OR (MIT AND Apache-2.0))',
  ])('%s may be linked', (expression) => {
    expect(isAllowed(expression)).toBe(true);
  });

  test.each([
    'AGPL-3.0-or-later',
    'GPL-3.0',
    'MIT AND GPL-3.0-only',
    'LGPL-3.0-only',
    'SEE LICENSE IN LICENSE.txt',
    'UNLICENSED',
    'MIT) OR (MIT',
    '',
  ])('"%s" is refused', (expression) => {
    expect(isAllowed(expression)).toBe(false);
  });
});

describe('linked packages', () => {
  let root = '';
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'licences-'));
  });
  afterEach(() => rmSync(root, { recursive: true }));

  function install(packages: Record<string, { license?: string; dev?: boolean }>): void {
    const entries: Record<string, object> = { '': {} };
    for (const [name, { license, dev }] of Object.entries(packages)) {
      const place = `node_modules/${name}`;
      entries[place] = { version: '1.0.0', ...(dev ? { dev } : {}) };
      mkdirSync(join(root, place), { recursive: true });
      writeFileSync(
        join(root, place, 'package.json'),
        JSON.stringify({ name, version: '1.0.0', license }),
      );
      writeFileSync(join(root, place, 'LICENSE'), `text of ${name}`);
    }
    writeFileSync(join(root, 'package-lock.json'), JSON.stringify({ packages: entries }));
  }

  test('a planted AGPL package is refused by name', () => {
    install({ good: { license: 'MIT' }, planted: { license: 'AGPL-3.0-only' } });
    expect(refusals(linkedPackages(root))).toEqual([
      'planted@1.0.0 is under AGPL-3.0-only, which may not be linked.',
    ]);
  });

  test('a package without a licence is refused', () => {
    install({ silent: {} });
    expect(refusals(linkedPackages(root))).toEqual(['silent@1.0.0 declares no licence.']);
  });

  test('a tool for development may have any licence', () => {
    install({ tool: { license: 'GPL-3.0', dev: true } });
    expect(refusals(linkedPackages(root))).toEqual([]);
  });

  test('the notices hold every text', () => {
    install({ one: { license: 'MIT' }, two: { license: 'OFL-1.1' } });
    const text = notices(linkedPackages(root));
    expect(text).toContain('one 1.0.0 (MIT)\n\ntext of one');
    expect(text).toContain('two 1.0.0 (OFL-1.1)\n\ntext of two');
  });

  test('this repository passes', () => {
    expect(execFileSync(process.execPath, ['build/licences.mjs'], { encoding: 'utf8' })).toBe('');
  });
});
