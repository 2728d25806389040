import {
  createHash,
  createPrivateKey,
  generateKeyPairSync,
  type KeyObject,
  randomBytes,
  randomUUID,
  sign,
} from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Aes256Gcm, CipherSuite, DhkemX25519HkdfSha256, HkdfSha256 } from '@hpke/core';
import type { FastifyInstance } from 'fastify';
import type { FeedState } from '#district/content/feed-writer.ts';
import type { District } from '#district/district.ts';
import { makeKeys, openKeys } from '#district/keys/district-keys.ts';
import { makeFirstRoot } from '#district/keys/root-keys.ts';
import { openPreviewProgram } from '#district/preview/preview-program.ts';
import { openMetrics } from '#district/server/metrics.ts';
import { openServer } from '#district/server/open-server.ts';
import { type Database, sql } from '#district/store/sql.ts';
import { makeCode } from '#district/terminals/enrolment.ts';
import { DISTRICT_PATHS } from '#shared/contract/district.ts';
import { type EnrolmentAnswer, enrolmentProof } from '#shared/operations/enrolment.ts';
import type { JsonValue } from '#shared/operations/json-value.ts';
import type { OperationAnswer } from '#shared/operations/operation-result.ts';
import {
  contentDigestHeader,
  signatureBase,
  signatureHeader,
  signatureInputHeader,
} from '#shared/operations/request-signature.ts';
import type { Sealed, SealingKey } from '#shared/operations/sealed.ts';
import { NOW } from './feed/sample-feed.ts';

/** Empties every table, so that each test begins with a new district. */
export async function emptyDatabase(database: Database): Promise<void> {
  const tables = await database.query(
    sql`select tablename from pg_tables where schemaname = 'public' and tablename <> 'schema_version'`,
  );
  const names = (tables.rows as { tablename: string }[]).map(({ tablename }) => `"${tablename}"`);
  await database.query({ text: `truncate ${names.join(', ')} cascade`, values: [] });
}

/** A district server that listens nowhere; requests are put into it. */
export async function sampleServer(database: Database) {
  await emptyDatabase(database);
  const folder = mkdtempSync(join(tmpdir(), 'district-'));
  makeKeys(join(folder, 'keys'));
  const keys = openKeys(join(folder, 'keys'));
  const feedFolder = join(folder, 'feed');
  makeFirstRoot(join(folder, 'root-keys'), feedFolder, keys.feed, NOW);
  const clock = { now: NOW };
  const faults: unknown[] = [];
  const feed: { -readonly [Part in keyof FeedState]: FeedState[Part] } = {
    ...{ waiting: [], leftOut: [], failed: [], withoutFiles: [], isWritten: true },
  };
  let changes = 0;
  const district: District = {
    database,
    keys,
    settings: {
      ...{ name: '五华区司法局（示例）', publicUrl: 'https://district.example', feedFolder },
      trailHeads: join(folder, 'trail-heads.ndjson'),
      ...{ mediaFolder: join(folder, 'media'), profilesFolder: 'assets/profiles' },
    },
    now: () => clock.now,
    contentChanged: () => {
      changes += 1;
    },
  };
  const preview = openPreviewProgram('assets/profiles');
  const app = await openServer({
    district,
    metrics: openMetrics(database),
    onFault: (fault) => faults.push(fault),
    behindProxy: false,
    metricsToken: undefined,
    version: 'test',
    pages: undefined,
    feed: () => feed,
    preview,
  });
  return {
    app,
    district,
    folder,
    clock,
    /** What nobody foresaw. */
    faults,
    /** How the feed is said to stand; tests change it. */
    feed,
    changes: () => changes,
    close: async () => {
      preview.close();
      await app.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
export type SampleServer = Awaited<ReturnType<typeof sampleServer>>;

/** A terminal's key, and its way to ask. */
export class FakeTerminal {
  readonly #app: FastifyInstance;
  readonly #clock: { readonly now: number };
  readonly #key: KeyObject;
  readonly publicKey: string;
  id = 't-unknown00000';

  constructor({ app, clock }: Pick<SampleServer, 'app' | 'clock'>) {
    this.#app = app;
    this.#clock = clock;
    const { privateKey, publicKey } = generateKeyPairSync('ed25519');
    this.#key = createPrivateKey(privateKey.export({ type: 'pkcs8', format: 'pem' }));
    this.publicKey = Buffer.from(publicKey.export({ format: 'jwk' }).x ?? '', 'base64url').toString(
      'hex',
    );
  }

  sign(text: string): Buffer {
    return sign(null, Buffer.from(text), this.#key);
  }

  enrol(code: string, more: object = {}, headers: Record<string, string> = {}) {
    const payload = {
      ...{ protocol: 1, code, publicKey: this.publicKey, name: '大厅东侧' },
      proof: this.sign(enrolmentProof(code, this.publicKey)).toString('hex'),
      ...more,
    };
    return this.#app.inject({ method: 'POST', url: DISTRICT_PATHS.enrolments, payload, headers });
  }

  /** Headers of a signed request. */
  headers(
    method: string,
    path: string,
    body: string,
    more: { created?: number; nonce?: string } = {},
  ) {
    const digest = contentDigestHeader(createHash('sha256').update(body).digest('base64'));
    const input = {
      created: more.created ?? Math.floor(this.#clock.now / 1000),
      nonce: more.nonce ?? randomBytes(16).toString('base64url'),
      keyid: this.id,
    };
    const base = signatureBase({ method, path, contentDigest: digest }, input);
    return {
      'content-digest': digest,
      'signature-input': signatureInputHeader(input),
      signature: signatureHeader(this.sign(base).toString('base64')),
    };
  }

  post(path: string, payload: unknown, headers: Record<string, string> = {}) {
    const body = JSON.stringify(payload);
    return this.#app.inject({
      ...{ method: 'POST', url: path, payload: body },
      headers: {
        'content-type': 'application/json',
        ...this.headers('POST', path, body),
        ...headers,
      },
    });
  }

  get(path: string) {
    return this.#app.inject({ method: 'GET', url: path, headers: this.headers('GET', path, '') });
  }

  batch(...operations: readonly object[]) {
    return { protocol: 1, terminal: this.id, operations };
  }

  async push(...operations: readonly object[]) {
    const answer = await this.post(DISTRICT_PATHS.operations, this.batch(...operations));
    if (answer.statusCode !== 200) throw new Error(answer.body);
    return answer.json<OperationAnswer>().results;
  }
}

/** A terminal that is enrolled at an outlet. */
export async function enrolledTerminal(server: SampleServer, outlet = '530102001') {
  const terminal = new FakeTerminal(server);
  const { code } = await makeCode(server.district, outlet, 'typed', 'test');
  const answer = await terminal.enrol(code);
  if (answer.statusCode !== 200) throw new Error(answer.body);
  const body = answer.json<EnrolmentAnswer>();
  terminal.id = body.terminal;
  return terminal;
}

/** An operation as an outbox holds it. */
export function operation(type: string, body: JsonValue, id = randomUUID()) {
  return { id, type, madeAt: '2026-11-22T09:00:00+08:00', body };
}

/** Seals as a terminal does. */
export async function seal(
  key: SealingKey,
  text: string,
  info: string,
  aad: string,
): Promise<Sealed> {
  const suite = new CipherSuite({
    kem: new DhkemX25519HkdfSha256(),
    kdf: new HkdfSha256(),
    aead: new Aes256Gcm(),
  });
  const bytes = (of: Buffer) => new Uint8Array(of).buffer;
  const sender = await suite.createSenderContext({
    recipientPublicKey: await suite.kem.deserializePublicKey(
      bytes(Buffer.from(key.publicKey, 'hex')),
    ),
    info: bytes(Buffer.from(info)),
  });
  const sealed = await sender.seal(bytes(Buffer.from(text)), bytes(Buffer.from(aad)));
  return {
    key: key.id,
    enc: Buffer.from(sender.enc).toString('base64'),
    ciphertext: Buffer.from(sealed).toString('base64'),
  };
}
