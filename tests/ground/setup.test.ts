import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { sourceHash } from '../../build/setup/build-output.mjs';
import { answers, isRememberedUnreachable } from '../../build/setup/electron-runtime.mjs';
import { checkHash } from '../../build/setup/electron-test-runtime.mjs';
import { nodeModulesAreCurrent } from '../../build/setup/node-modules.mjs';
import { SetupError } from '../../build/setup/say.mjs';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'setup-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

describe('the Electron that tests may fall back to', () => {
  test('is refused when its hash is another', async () => {
    const file = join(folder, 'binary.tgz');
    writeFileSync(file, 'not the package');
    await expect(checkHash(file, '0'.repeat(64))).rejects.toThrow(SetupError);
    await expect(checkHash(file, '0'.repeat(64))).rejects.toThrow(/binary\.tgz.*不使用这个文件/);
  });

  test('is taken when its hash is right', async () => {
    const file = join(folder, 'binary.tgz');
    writeFileSync(file, 'abc');
    const hash = 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad';
    await expect(checkHash(file, hash)).resolves.toBeUndefined();
  });
});

describe('the official download host', () => {
  test('that refuses connections does not answer', async () => {
    expect(await answers('http://127.0.0.1:1/')).toBe(false);
  });

  test('that is silent is given up', async () => {
    const server = createServer(() => {});
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    if (address === null || typeof address === 'string') throw new Error('no port');
    expect(await answers(`http://127.0.0.1:${address.port}/`, 50)).toBe(false);
    server.closeAllConnections();
    server.close();
  });

  test('is not asked again within a day', () => {
    const file = join(folder, 'unreachable.json');
    writeFileSync(file, JSON.stringify({ host: 'https://a/', at: 1000 }));
    const hour = 3_600_000;
    expect(isRememberedUnreachable('https://a/', 1000 + 23 * hour, file)).toBe(true);
    expect(isRememberedUnreachable('https://a/', 1000 + 25 * hour, file)).toBe(false);
    expect(isRememberedUnreachable('https://b/', 2000, file)).toBe(false);
  });

  test('is asked when the note is damaged', () => {
    const file = join(folder, 'unreachable.json');
    writeFileSync(file, '{');
    expect(isRememberedUnreachable('https://a/', 1, file)).toBe(false);
  });
});

describe('installed packages', () => {
  const lock = (version: string) =>
    JSON.stringify({ packages: { '': {}, 'node_modules/a': { version } } });

  function install(version: string): void {
    mkdirSync(join(folder, 'node_modules'));
    writeFileSync(join(folder, 'node_modules', '.package-lock.json'), lock(version));
  }

  test('are missing in a fresh clone', () => {
    writeFileSync(join(folder, 'package-lock.json'), lock('1.0.0'));
    expect(nodeModulesAreCurrent(folder)).toBe(false);
  });

  test('are current when npm installed what the lock names', () => {
    writeFileSync(join(folder, 'package-lock.json'), lock('1.0.0'));
    install('1.0.0');
    expect(nodeModulesAreCurrent(folder)).toBe(true);
  });

  test('are stale when the lock names another version', () => {
    writeFileSync(join(folder, 'package-lock.json'), lock('1.0.0'));
    install('1.0.0');
    nodeModulesAreCurrent(folder);
    writeFileSync(join(folder, 'package-lock.json'), lock('1.0.1'));
    expect(nodeModulesAreCurrent(folder)).toBe(false);
  });
});

describe('the build', () => {
  test('is stale when a source changes, and only then', () => {
    mkdirSync(join(folder, 'src'));
    writeFileSync(join(folder, 'src', 'a.ts'), '1');
    const before = sourceHash(folder);
    writeFileSync(join(folder, 'README.md'), 'x');
    expect(sourceHash(folder)).toBe(before);
    writeFileSync(join(folder, 'src', 'a.ts'), '2');
    expect(sourceHash(folder)).not.toBe(before);
  });
});

describe('system packages', () => {
  test('that are missing are named in one sentence where apt-get is missing, too', async () => {
    const script = `
      import { runMain } from ${JSON.stringify(moduleUrl('say.mjs'))};
      import { ensureSystemPackages } from ${JSON.stringify(moduleUrl('system-packages.mjs'))};
      await runMain(() => ensureSystemPackages(['chromium', 'xvfb']));`;
    const { status, stderr } = await runScript(script, { PATH: folder });
    expect(status).toBe(1);
    expect(stderr).toBe(
      '缺少Chromium 浏览器、虚拟显示 Xvfb，这个系统没有 apt-get：请用系统自己的办法安装后再试。\n',
    );
  });
});

const moduleUrl = (name: string) =>
  pathToFileURL(join(import.meta.dirname, '../../build/setup', name)).href;

function runScript(script: string, env: NodeJS.ProcessEnv) {
  return new Promise<{ status: number; stderr: string }>((resolve) => {
    const args = ['--input-type=module', '--eval', script];
    execFile(process.execPath, args, { env }, (error, _stdout, stderr) =>
      resolve({ status: error ? Number(error.code) : 0, stderr }),
    );
  });
}
