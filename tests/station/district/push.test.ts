import { createPrivateKey, generateKeyPairSync, sign } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Aes256Gcm, CipherSuite, DhkemX25519HkdfSha256, HkdfSha256 } from '@hpke/core';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { bundleContentSchema, bundleSchema, signedFileText } from '#shared/operations/bundle.ts';
import { OPERATION_LIMITS } from '#shared/operations/operation-limits.ts';
import { PROTOCOL_MINOR } from '#shared/operations/protocol-minor.ts';
import { bundleAad, sealingInfo } from '#shared/operations/sealed.ts';
import { heedServer } from '#station/district/begin-anew.ts';
import { makeBundle, readReceipts, writeFileWhole } from '#station/district/bundle.ts';
import type { DistrictLink, Reply } from '#station/district/district-link.ts';
import { enrolAt } from '#station/district/enrol.ts';
import { keepEnrolment, readEnrolled } from '#station/district/enrolled.ts';
import {
  forgetAnswered,
  markSeen,
  outboxState,
  takeResults,
  waitingOperations,
} from '#station/district/outbox.ts';
import { freshPace, pushOnce } from '#station/district/push-outbox.ts';
import { terminalKey } from '#station/district/terminal-key.ts';
import { commitOperation } from '#station/store/commit-operation.ts';
import { openDatabase } from '#station/store/open-database.ts';
import type { WritableDb } from '#station/store/sql.ts';
import { NOW } from '../../district/feed/sample-feed.ts';
import { fakeDistrict } from './fake-district.ts';

const TERMINAL = 't-terminal0000';
const KEY_ID = '0123456789abcdef';
let db: WritableDb;
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'district-'));
  db = openDatabase(':memory:', 'station');
});
afterEach(() => {
  db.write.close();
  rmSync(folder, { recursive: true, force: true });
});

const uuid = (at: number) => `00000000-0000-4000-8000-${String(at).padStart(12, '0')}`;

function facts(count: number, type = 'queue-day', from = 0): void {
  for (let at = from; at < from + count; at += 1)
    commitOperation(
      db,
      { id: uuid(at), type, payload: { at }, actor: 'station', subject: 'x', at: NOW + at },
      () => {},
    );
}

function pushing(link: DistrictLink, heed: (epoch: string | undefined) => unknown = () => {}) {
  const key = terminalKey(folder);
  const pace = freshPace();
  const clock = { now: NOW };
  const signer = { terminal: TERMINAL, key, now: () => clock.now };
  return {
    key,
    pace,
    clock,
    signer,
    once: () => pushOnce({ db, link, signer, pace, heed, answered: () => {} }),
  };
}

const replies = (...list: Reply[]): DistrictLink & { bodies: string[] } => {
  const bodies: string[] = [];
  const request: DistrictLink['request'] = async ({ body }) => {
    bodies.push(body);
    return list[bodies.length - 1] ?? { state: 'unreachable' };
  };
  return { request, bodies };
};
const refusal = (code: Extract<Reply, { state: 'refused' }>['code'], more: object = {}): Reply => ({
  ...{ state: 'refused', code, waitSeconds: undefined, serverTime: undefined },
  ...more,
});

describe('the outbox', () => {
  test('is drained in batches of a hundred, oldest first, and each operation has one effect', async () => {
    facts(230);
    const district = fakeDistrict();
    const push = pushing(district.link);
    district.know(TERMINAL, push.key.publicKey);
    expect([await push.once(), await push.once(), await push.once()]).toEqual([
      'more',
      'more',
      'more',
    ]);
    expect(await push.once()).toBe('rest');
    expect(district.state().facts.size).toBe(230);
    expect(outboxState(db).waiting).toBe(0);
  });

  test('keeps what was not answered: an unknown terminal loses nothing', async () => {
    facts(3);
    const district = fakeDistrict();
    expect(await pushing(district.link).once()).toEqual({ waitSeconds: 3600 });
    expect(outboxState(db).waiting).toBe(3);
  });

  test('waits longer at each failure, as long as it is told to, and never more than an hour', async () => {
    facts(1);
    const link = replies(
      { state: 'unreachable' },
      refusal('internal'),
      refusal('too-many', { waitSeconds: 7 }),
      { state: 'answered', body: { nonsense: true } },
    );
    const push = pushing(link);
    expect(await push.once()).toEqual({ waitSeconds: 30 });
    expect(await push.once()).toEqual({ waitSeconds: 60 });
    expect(await push.once()).toEqual({ waitSeconds: 7 });
    expect(await push.once()).toEqual({ waitSeconds: 240 });
    for (let time = 0; time < 6; time += 1) await push.once();
    expect(await push.once()).toEqual({ waitSeconds: 3600 });
  });

  test('a server that answers other operations than it was sent is not asked without a pause', async () => {
    facts(1);
    const body = { now: '2026-11-23T10:00:00Z', results: [{ id: uuid(77), status: 'applied' }] };
    expect(await pushing(replies({ state: 'answered', body })).once()).toEqual({ waitSeconds: 30 });
    expect(outboxState(db).waiting).toBe(1);
  });

  test('that a stick has emptied after failures leaves no trouble behind', async () => {
    facts(1);
    const push = pushing(replies({ state: 'unreachable' }, { state: 'unreachable' }));
    for (let time = 0; time < 2; time += 1) await push.once();
    expect(push.pace).toMatchObject({ failures: 2, trouble: 'unreachable' });
    takeResults(db, [{ id: uuid(0), status: 'applied' }], NOW);
    expect(await push.once()).toBe('rest');
    expect(push.pace).toMatchObject({ failures: 0, trouble: undefined });
  });

  test('one operation that nobody can read is found by halving, refused alone, and shown', async () => {
    facts(2);
    facts(1, 'queue-day', 2);
    const district = fakeDistrict();
    const poison = uuid(1);
    const link: DistrictLink = {
      request: async (request) =>
        request.body.includes(poison) ? refusal('bad-input') : district.link.request(request),
    };
    const push = pushing(link);
    district.know(TERMINAL, push.key.publicKey);
    for (let time = 0; time < 8; time += 1) await push.once();
    const { waiting, refused } = outboxState(db);
    expect({ waiting, refused }).toMatchObject({ waiting: 0, refused: [{ id: poison }] });
    expect(district.state().facts.size).toBe(2);
    expect(markSeen(db, poison)).toBe(true);
    expect(outboxState(db).refused).toEqual([]);
  });

  test("a clock that is wrong by years signs by the server's, without setting its own", async () => {
    facts(1);
    const district = fakeDistrict();
    const key = terminalKey(folder);
    district.know(TERMINAL, key.publicKey);
    const pace = freshPace();
    const signer = { terminal: TERMINAL, key, now: () => NOW - 9 * 365 * 86_400_000 };
    const once = () =>
      pushOnce({ db, link: district.link, signer, pace, heed: () => {}, answered: () => {} });
    expect(await once()).toBe('more');
    expect(await once()).toBe('more');
    expect(district.state().facts.size).toBe(1);
  });

  test('an answer tells the life of the server before its results are taken, which do not go again', async () => {
    facts(3);
    const district = fakeDistrict();
    const heard: [string | undefined, number][] = [];
    const push = pushing(district.link, (epoch) => heard.push([epoch, outboxState(db).waiting]));
    district.know(TERMINAL, push.key.publicKey);
    await push.once();
    expect(heard).toEqual([[district.epoch(), 3]]);
    expect(outboxState(db).waiting).toBe(0);
  });

  test('a restored server is noticed by the first answer to a batch, and hears again what it took before', async () => {
    facts(3);
    const district = fakeDistrict();
    const before = district.copy();
    const push = pushing(district.link, (epoch) => heedServer(db, epoch, NOW));
    district.know(TERMINAL, push.key.publicKey);
    await push.once();
    district.restore(before);
    facts(1, 'queue-day', 3);
    expect(await push.once()).toBe('more');
    expect(waitingOperations(db).map(({ id }) => id)).toEqual([0, 1, 2].map(uuid));
    while ((await push.once()) === 'more');
    expect([...district.state().facts.values()]).toEqual([1, 1, 1, 1]);
  });

  describe('to a server that does not know what the terminal says of its answers', () => {
    const old = (...bad: string[]) => {
      const district = fakeDistrict();
      const bodies: { minor?: number; operations: { id: string }[] }[] = [];
      const request: DistrictLink['request'] = (asked) => {
        const body = JSON.parse(asked.body) as (typeof bodies)[number];
        bodies.push(body);
        const isUnread =
          body.minor !== undefined || body.operations.some(({ id }) => bad.includes(id));
        return isUnread ? Promise.resolve(refusal('bad-input')) : district.link.request(asked);
      };
      const push = pushing({ request });
      district.know(TERMINAL, push.key.publicKey);
      return { district, push, bodies };
    };

    test('goes whole at the second try, and says no more of it', async () => {
      facts(150);
      const { district, push, bodies } = old();
      while ((await push.once()) === 'more');
      expect(bodies.map(({ minor, operations }) => [minor, operations.length])).toEqual([
        [PROTOCOL_MINOR, 100],
        ...[100, 50].map((count) => [undefined, count]),
      ]);
      expect(district.state().facts.size).toBe(150);
    });

    test('is told again after a day, when it may have been brought up to date', async () => {
      const { push, bodies } = old();
      const said = async (at: number) => {
        facts(1, 'queue-day', bodies.length);
        push.clock.now = at;
        const from = bodies.length;
        while ((await push.once()) === 'more');
        return bodies.slice(from).some(({ minor }) => minor !== undefined);
      };
      const day = 86_400_000;
      expect(await said(NOW)).toBe(true);
      expect(await said(NOW + day - 1)).toBe(false);
      expect(await said(NOW + day)).toBe(true);
    });

    test('only the operation that it cannot read is refused', async () => {
      facts(8);
      const { district, push } = old(uuid(5));
      while ((await push.once()) === 'more');
      expect(outboxState(db).refused.map(({ id }) => id)).toEqual([uuid(5)]);
      expect(district.state().facts.size).toBe(7);
    });
  });

  test('a revoked terminal stops, keeps everything, and says so', async () => {
    facts(2);
    keepEnrolment(db, ENROLMENT, 'technician', NOW);
    const district = fakeDistrict();
    district.revoke(TERMINAL);
    const push = pushing(district.link);
    expect(await push.once()).toBe('stop');
    expect(readEnrolled(db)?.revokedAt).toBe(NOW);
    expect(outboxState(db).waiting).toBe(2);
  });

  test('a batch is never larger than the limit, whatever is in it', () => {
    for (let at = 0; at < 6; at += 1)
      commitOperation(
        db,
        {
          id: uuid(at),
          type: 'queue-day',
          payload: '长'.repeat(70_000),
          actor: 'x',
          subject: 'x',
          at: NOW,
        },
        () => {},
      );
    expect(waitingOperations(db)).toHaveLength(4);
    expect(waitingOperations(db, 100, 4)).toHaveLength(2);
  });

  test('forgets what was taken a month ago, and nothing else', () => {
    facts(3);
    takeResults(db, [{ id: uuid(0), status: 'applied' }], NOW);
    takeResults(db, [{ id: uuid(1), status: 'refused', code: 'unsound', message: '示例' }], NOW);
    expect(forgetAnswered(db, NOW + 29 * 86_400_000)).toBe(0);
    expect(forgetAnswered(db, NOW + 31 * 86_400_000)).toBe(1);
    expect(outboxState(db)).toMatchObject({ waiting: 1, refused: [{ id: uuid(1) }] });
  });
});

const ENROLMENT = {
  ...{ terminal: TERMINAL, outlet: '530102001', chain: ['00'], now: '2026-11-23T10:00:00+08:00' },
  district: {
    ...{ name: '示例区县', api: 'https://example.invalid', feed: 'https://example.invalid/feed/' },
    ...{ root: 'e30=', sealingKey: { id: KEY_ID, publicKey: '0'.repeat(64) } },
    receiptKey: '0'.repeat(64),
  },
};

describe('enrolment', () => {
  test('sends a code with proof of the key, and keeps the private half in a file of its own', async () => {
    const link = replies({ state: 'answered', body: ENROLMENT });
    const key = terminalKey(folder);
    const order = { code: '7k3m-q9wd 2xpa', name: '大厅东侧', key, station: '530102001' };
    expect(await enrolAt(link, order)).toEqual(ENROLMENT);
    const pem = readFileSync(join(folder, 'terminal-key.pem'), 'utf8');
    expect(link.bodies[0]).toContain('"code":"7K3MQ9WD2XPA"');
    const { d } = createPrivateKey(pem).export({ format: 'jwk' });
    expect(link.bodies[0]).not.toContain(Buffer.from(d ?? '', 'base64url').toString('hex'));
    expect(statSync(join(folder, 'terminal-key.pem')).mode & 0o777).toBe(0o600);
    expect(terminalKey(folder).publicKey).toBe(key.publicKey);
    expect(terminalKey(folder, Date.now() + 1000).publicKey).not.toBe(key.publicKey);
  });

  test.each([
    ['not a code', replies(), 'unreadable-code'],
    ['7K3M-Q9WD-2XPA', replies(refusal('code')), 'code'],
    ['7K3M-Q9WD-2XPA', replies(refusal('too-many')), 'too-many'],
    ['7K3M-Q9WD-2XPA', replies(refusal('other-outlet')), 'other-outlet'],
    ['7K3M-Q9WD-2XPA', replies(refusal('known-key')), 'known-key'],
    ['7K3M-Q9WD-2XPA', replies(refusal('internal')), 'refused'],
    ['7K3M-Q9WD-2XPA', replies(), 'unreachable'],
    [
      '7K3M-Q9WD-2XPA',
      replies({ state: 'answered', body: { ...ENROLMENT, outlet: '530102008' } }),
      'other-outlet',
    ],
  ] as const)('"%s" is told apart', async (code, link, fault) => {
    const order = { code, name: '一体机', key: terminalKey(folder), station: '530102001' };
    expect(await enrolAt(link, order)).toBe(fault);
  });
});

describe('a stick', () => {
  test('carries no more than the office takes in one file, and the rest in the next', async () => {
    const large = { note: '"'.repeat(100_000) };
    for (let at = 0; at < 80; at += 1)
      commitOperation(
        db,
        {
          ...{ id: uuid(at), type: 'queue-day', payload: large },
          actor: 'x',
          subject: 'x',
          at: NOW,
        },
        () => {},
      );
    const pair = await suite.kem.generateKeyPair();
    const raw = Buffer.from(await suite.kem.serializePublicKey(pair.publicKey)).toString('hex');
    const signer = { terminal: TERMINAL, key: terminalKey(folder), now: () => NOW };
    const order = { db, signer, sealingKey: { id: KEY_ID, publicKey: raw } };
    const carried: number[] = [];
    for (let left = 80; left > 0; left = outboxState(db).waiting) {
      const { bundle, operations } = await makeBundle(order);
      const size = Buffer.byteLength(JSON.stringify(bundle));
      expect(size).toBeLessThanOrEqual(OPERATION_LIMITS.bundleBytes);
      const taken = waitingIds().slice(0, operations);
      takeResults(
        db,
        taken.map((id) => ({ id, status: 'applied' as const })),
        NOW,
      );
      carried.push(operations);
    }
    expect(carried.length).toBeGreaterThan(1);
    expect(carried.reduce((sum, count) => sum + count, 0)).toBe(80);
  }, 60_000);

  const waitingIds = () =>
    Array.from({ length: 80 }, (_, at) => uuid(at)).slice(80 - outboxState(db).waiting);
  const suite = new CipherSuite({
    ...{ kem: new DhkemX25519HkdfSha256(), kdf: new HkdfSha256(), aead: new Aes256Gcm() },
  });
  const bytes = (buffer: Buffer) => new Uint8Array(buffer).buffer;

  test('carries the outbox so that only the district reads it, and receipts come back', async () => {
    facts(120);
    const pair = await suite.kem.generateKeyPair();
    const raw = Buffer.from(await suite.kem.serializePublicKey(pair.publicKey)).toString('hex');
    const signer = { terminal: TERMINAL, key: terminalKey(folder), now: () => NOW };
    const order = { db, signer, sealingKey: { id: KEY_ID, publicKey: raw } };
    const { bundle, operations } = await makeBundle(order);
    const file = join(folder, 'outbox.bundle');
    writeFileWhole(file, JSON.stringify(bundle));
    const text = readFileSync(file, 'utf8');
    expect(text).not.toContain('queue-day');
    expect({ operations, waiting: outboxState(db).waiting }).toEqual({
      operations: 120,
      waiting: 120,
    });
    const { sealed } = bundleSchema.parse(JSON.parse(text));
    const opened = await suite.open(
      {
        recipientKey: pair.privateKey,
        enc: bytes(Buffer.from(sealed.enc, 'base64')),
        info: bytes(Buffer.from(sealingInfo('bundle'))),
      },
      bytes(Buffer.from(sealed.ciphertext, 'base64')),
      bytes(Buffer.from(bundleAad(TERMINAL))),
    );
    const { batches } = bundleContentSchema.parse(JSON.parse(Buffer.from(opened).toString('utf8')));
    const ids = batches.flatMap(({ body }) =>
      (JSON.parse(body) as { operations: { id: string }[] }).operations.map(({ id }) => id),
    );
    expect(ids).toEqual(Array.from({ length: 120 }, (_, at) => uuid(at)));

    const { privateKey, publicKey } = generateKeyPairSync('ed25519');
    const receiptKey = publicKey
      .export({ type: 'spki', format: 'der' })
      .subarray(-32)
      .toString('hex');
    const payload = JSON.stringify({
      ...{ format: 1, terminal: TERMINAL, now: '2026-11-23T10:00:00Z' },
      results: ids.map((id) => ({ id, status: 'applied' })),
    });
    const part = { purpose: 'receipts' as const, payload };
    const signature = sign(null, Buffer.from(signedFileText(part)), privateKey).toString('hex');
    const signed = JSON.stringify({ ...part, signature });
    const receipts = readReceipts(signed, receiptKey);
    expect(takeResults(db, receipts?.results ?? [], NOW)).toBe(120);
    expect(takeResults(db, receipts?.results ?? [], NOW)).toBe(0);
    expect(outboxState(db).waiting).toBe(0);
    expect(readReceipts(signed, `${'0'.repeat(63)}1`)).toBeUndefined();
    expect(readReceipts(signed.replace('applied', 'merged'), receiptKey)).toBeUndefined();
    expect(
      readReceipts(signed.replace('"receipts"', '"provisioning"'), receiptKey),
    ).toBeUndefined();
  });
});
