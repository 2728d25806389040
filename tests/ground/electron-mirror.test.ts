import { createHash } from 'node:crypto';
import { once } from 'node:events';
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { ensureOfficialRuntime } from '../../build/setup/electron-runtime.mjs';
import { SetupError } from '../../build/setup/say.mjs';

const MODULES = join(import.meta.dirname, '../../node_modules');

let folder: string;
let electron: string;
let mirror: Server;
let served: Buffer;
let asked: string[];

/** A copy of the electron package without a binary, and a mirror that it does not know yet. */
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'electron-mirror-'));
  electron = join(folder, 'node_modules', 'electron');
  mkdirSync(electron, { recursive: true });
  for (const file of ['package.json', 'install.js', 'checksums.json'])
    cpSync(join(MODULES, 'electron', file), join(electron, file));
  for (const scope of ['@electron', '@electron-internal'])
    symlinkSync(join(MODULES, scope), join(folder, 'node_modules', scope));
  asked = [];
  mirror = createServer((request, response) => {
    asked.push(`${request.method ?? ''} ${request.url ?? ''}`);
    response.end(request.url?.endsWith('.zip') ? served : '');
  }).listen(0, '127.0.0.1');
  await once(mirror, 'listening');
  const { port } = mirror.address() as AddressInfo;
  vi.stubEnv('ELECTRON_MIRROR', `http://127.0.0.1:${port}/mirror/`);
  vi.stubEnv('electron_config_cache', join(folder, 'cache'));
  vi.stubEnv('KIOSK_CACHE', join(folder, 'kiosk'));
  vi.spyOn(console, 'log').mockReturnValue();
  vi.spyOn(console, 'error').mockReturnValue();
});
afterEach(() => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
  mirror.closeAllConnections();
  mirror.close();
  rmSync(folder, { recursive: true, force: true });
});

const version = () =>
  (JSON.parse(readFileSync(join(electron, 'package.json'), 'utf8')) as { version: string }).version;
const zipName = () => `electron-v${version()}-${process.platform}-${process.arch}.zip`;

/** What the package holds as the hash of its binary for this computer. */
function pin(hash: string): void {
  writeFileSync(join(electron, 'checksums.json'), JSON.stringify({ [zipName()]: hash }));
}

const sha256 = (data: Buffer) => createHash('sha256').update(data).digest('hex');

describe('Electron from a mirror', () => {
  test('is downloaded from there, unpacked and found', async () => {
    served = zipOf({ electron: '#!/bin/sh\n', version: version() });
    pin(sha256(served));
    const program = await ensureOfficialRuntime({ folder: electron });
    expect(program).toBe(join(electron, 'dist', 'electron'));
    expect(readFileSync(program, 'utf8')).toBe('#!/bin/sh\n');
    expect(asked).toContain(`GET /mirror/v${version()}/${zipName()}`);
    asked = [];
    expect(await ensureOfficialRuntime({ folder: electron })).toBe(program);
    expect(asked).toEqual([]);
  });

  test('is refused with one sentence when its hash is another', async () => {
    served = zipOf({ electron: 'something else', version: version() });
    pin('0'.repeat(64));
    const refusal = await ensureOfficialRuntime({ folder: electron }).catch(
      (error: unknown) => error,
    );
    expect(refusal).toBeInstanceOf(SetupError);
    expect((refusal as SetupError).message).toMatch(
      /^从 http:\S+ 下载的 Electron \S+ 与校验和不符，没有使用：请用 ELECTRON_MIRROR 换一个镜像。$/,
    );
    expect(asked).toContain(`GET /mirror/v${version()}/${zipName()}`);
  });
});

/** A ZIP archive of small text files, stored as they are. */
function zipOf(files: Readonly<Record<string, string>>): Buffer {
  let offset = 0;
  const parts: Buffer[] = [];
  const entries: Buffer[] = [];
  for (const [name, text] of Object.entries(files)) {
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0);
    common.writeUInt32LE(crc32(text), 10);
    common.writeUInt32LE(Buffer.byteLength(text), 14);
    common.writeUInt32LE(Buffer.byteLength(text), 18);
    common.writeUInt16LE(Buffer.byteLength(name), 22);
    const local = Buffer.concat([Buffer.from('PK\x03\x04'), common, Buffer.from(name + text)]);
    const entry = Buffer.alloc(46);
    entry.write('PK\x01\x02');
    entry.writeUInt16LE(20, 4);
    common.copy(entry, 6);
    entry.writeUInt32LE(offset, 42);
    entries.push(Buffer.concat([entry, Buffer.from(name)]));
    parts.push(local);
    offset += local.length;
  }
  const directory = Buffer.concat(entries);
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06');
  end.writeUInt16LE(entries.length, 8);
  end.writeUInt16LE(entries.length, 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...parts, directory, end]);
}
