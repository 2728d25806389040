import { execFile } from 'node:child_process';
import {
  copyFileSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openDivisionLog } from '#district/feed/division-log.ts';
import { publish } from '#district/feed/publish.ts';
import { makeKeys, openKeys } from '#district/keys/district-keys.ts';
import { makeFirstRoot } from '#district/keys/root-keys.ts';
import { folderSource, sampleTerminal } from '../../station/feed/sample-terminal.ts';
import { NOW, notice } from '../feed/sample-feed.ts';

const PROGRAM = join(import.meta.dirname, '../../../src/district/main.ts');

/** What `npm run district -- ARGS` said, and its exit status. */
function district(...args: readonly string[]): Promise<{ status: number; said: string }> {
  return new Promise((resolve) => {
    execFile(process.execPath, [PROGRAM, ...args], (error, out, errors) =>
      resolve({ status: error === null ? 0 : Number(error.code), said: `${out}${errors}`.trim() }),
    );
  });
}

let data: string;
let log: ReturnType<typeof openDivisionLog>;
let terminal: ReturnType<typeof sampleTerminal>;
const inData = (...names: readonly string[]) => join(data, ...names);
const root = (version: number) => inData('feed', 'metadata', `${version}.root.json`);
const holder = (at: number) => inData('root-keys', `root-${at}.pem`);

/** As a server that starts with the keys that lie there. */
function publishAll(): void {
  log.cut();
  publish(inData('feed'), [log.feed()], openKeys(inData('keys')).feed, NOW);
}

beforeEach(() => {
  data = mkdtempSync(join(tmpdir(), 'district-'));
  makeKeys(inData('keys'));
  makeFirstRoot(inData('root-keys'), inData('feed'), openKeys(inData('keys')).feed, NOW);
  log = openDivisionLog('530102', 'epochone', [notice('one')]);
  publishAll();
  terminal = sampleTerminal(readFileSync(root(1)), folderSource(inData('feed')));
});
afterEach(() => {
  terminal.remove();
  rmSync(data, { recursive: true });
});

const renew = (...more: readonly string[]) =>
  district('root', 'renew', '--root', root(1), '--out', inData('stick'), ...more);
const byBoth = ['--key', '', '--key', ''];
const holders = () => byBoth.map((word, at) => (word === '' ? holder((at + 1) / 2) : word));
const take = (file = inData('stick', '2.root.json')) =>
  district('root', 'take', file, '--data', data);

describe('a terminal that was enrolled with the first root', () => {
  test('goes on through a renewed root', async () => {
    await terminal.pull();
    expect(await renew(...holders())).toMatchObject({ status: 0 });
    expect(await take()).toMatchObject({ status: 0 });
    log.put(notice('two'));
    publishAll();
    await terminal.pull();
    expect(terminal.notices()).toEqual(['one@1', 'two@1']);
  });

  test('follows other keys of the server, and believes the former ones no more', async () => {
    await terminal.pull();
    const former = openKeys(inData('keys')).feed;
    const made = await district('keys', 'replace', '--data', data, '--out', inData('stick'));
    expect(made.status).toBe(0);
    expect(await renew(...holders(), '--online', inData('stick', 'online-key.json'))).toMatchObject(
      {
        status: 0,
      },
    );
    expect(await take()).toMatchObject({ status: 0 });
    log.put(notice('two'));
    publishAll();
    await terminal.pull();
    expect(terminal.notices()).toEqual(['one@1', 'two@1']);
    log.put(notice('false'));
    log.cut();
    publish(inData('feed'), [log.feed()], former, NOW);
    await expect(terminal.pull()).rejects.toMatchObject({ reason: 'untrusted' });
    expect(terminal.notices()).toEqual(['one@1', 'two@1']);
  });

  test('follows other holders, who from then on sign alone', async () => {
    await terminal.pull();
    const successors = [inData('stick', 'new-1.pem'), inData('stick', 'new-2.pem')];
    const made = await renew(...holders(), ...successors.flatMap((path) => ['--new-key', path]));
    expect(made.status).toBe(0);
    expect(successors.map((path) => statSync(path).mode & 0o077)).toEqual([0, 0]);
    await take();
    const [one = '', two = ''] = successors;
    const again = ['root', 'renew', '--root', root(2), '--out', inData('stick')];
    expect((await district(...again, ...holders())).said).toContain('带来的密钥里有 0 把');
    expect((await district(...again, '--key', one, '--key', two)).status).toBe(0);
    expect((await take(inData('stick', '3.root.json'))).status).toBe(0);
    log.put(notice('two'));
    publishAll();
    await terminal.pull();
    expect(terminal.notices()).toEqual(['one@1', 'two@1']);
  });
});

describe('a root is not taken', () => {
  test('that only one holder signed', async () => {
    const { status, said } = await renew('--key', holder(1));
    expect({ status, made: existsSync(inData('stick', '2.root.json')) }).toEqual({
      status: 3,
      made: false,
    });
    expect(said).toBe('要 2 把根密钥一起签，带来的密钥里有 1 把是现在的根密钥。');
  });

  test('that strangers signed, whatever it says of itself', async () => {
    makeKeys(inData('strange'));
    const keys = openKeys(inData('strange')).feed;
    makeFirstRoot(inData('strange-root'), inData('strange-feed'), keys, NOW);
    const file = JSON.parse(
      readFileSync(inData('strange-feed', 'metadata', '1.root.json'), 'utf8'),
    ) as { signed: { version: number } };
    file.signed.version = 2;
    writeFileSync(inData('2.root.json'), JSON.stringify(file));
    const { status, said } = await take(inData('2.root.json'));
    expect({ status, said }).toEqual({
      status: 3,
      said: '这份根证书没有由现在的和新的根密钥一起签，不能用。',
    });
    expect(existsSync(root(2))).toBe(false);
  });

  test('whose keys are not on this server; the former keys stay in use', async () => {
    await district('keys', 'replace', '--data', data, '--out', inData('stick'));
    await renew(...holders(), '--online', inData('stick', 'online-key.json'));
    rmSync(inData('keys', 'server-keys.next.json'));
    const before = readFileSync(inData('keys', 'server-keys.json'));
    expect((await take()).said).toContain('在线密钥不在这台服务器上');
    expect(readFileSync(inData('keys', 'server-keys.json')).equals(before)).toBe(true);
    expect(existsSync(root(2))).toBe(false);
  });

  test('twice, nor out of its order', async () => {
    await renew(...holders());
    copyFileSync(root(1), inData('stick', 'one.json'));
    expect((await take(inData('stick', 'one.json'))).status).toBe(3);
    expect((await take()).status).toBe(0);
    expect((await take(inData('stick', 'one.json'))).said).toContain('现在要的是第 3 版');
  });

  test('while the server runs', async () => {
    await renew(...holders());
    writeFileSync(inData('district.lock'), String(process.pid));
    expect(await take()).toMatchObject({ status: 3 });
    expect(existsSync(root(2))).toBe(false);
  });
});

test('a taking that was cut off between root and keys is finished by taking it again', async () => {
  await district('keys', 'replace', '--data', data, '--out', inData('stick'));
  await renew(...holders(), '--online', inData('stick', 'online-key.json'));
  copyFileSync(inData('stick', '2.root.json'), root(2));
  expect((await take()).status).toBe(0);
  expect(existsSync(inData('keys', 'server-keys.next.json'))).toBe(false);
  publishAll();
  await terminal.pull();
  expect(terminal.notices()).toEqual(['one@1']);
});

test.each([
  [['root', 'renew'], '命令写得不对'],
  [['root', 'take', '--data'], '命令写得不对'],
  [['root', 'take', '/nowhere/2.root.json'], '没有区县服务器的密钥'],
  [['keys', 'replace', '--out', '/nowhere', '--data', '/nowhere'], '没有区县服务器的密钥'],
])('what is typed wrongly is told in one sentence: %s', async (args, word) => {
  const { status, said } = await district(...args);
  expect({ status, lines: said.split('\n').length }).toEqual({ status: 3, lines: 1 });
  expect(said).toContain(word);
});
