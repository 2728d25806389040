import { createHash, createPublicKey, randomUUID, verify } from 'node:crypto';
import type { ContentRecord } from '#shared/content/envelope.ts';
import type { DistrictErrorCode } from '#shared/operations/district-error.ts';
import { editablePart, editablePartSchema } from '#shared/operations/editable-part.ts';
import { type FieldConflict, fieldsOf, mergeChanges } from '#shared/operations/field-change.ts';
import type { JsonValue } from '#shared/operations/json-value.ts';
import {
  contentEditSchema,
  contentWithdrawSchema,
  type Operation,
  operationBatchSchema,
} from '#shared/operations/operation.ts';
import type { OperationResult } from '#shared/operations/operation-result.ts';
import {
  contentDigestHeader,
  readSignature,
  readSignatureInput,
  signatureBase,
} from '#shared/operations/request-signature.ts';
import type { DistrictLink, DistrictRequest, Reply } from '#station/district/district-link.ts';
import { NOW } from '../../district/feed/sample-feed.ts';

/** Ways in which a district can be built wrongly, to see that the tests notice. */
export type DistrictBug =
  | 'no-idempotency'
  /** Every edit is laid over what others wrote meanwhile. */
  | 'overwrites'
  /** A withdrawal takes away what others wrote meanwhile. */
  | 'withdraws-unseen'
  | 'forgets-on-conflict'
  /** Of a list only what the newest edit names is kept. */
  | 'drops-added';

interface State {
  readonly records: Map<string, ContentRecord>;
  readonly results: Map<string, OperationResult>;
  /** How often each operation had an effect. */
  readonly effects: Map<string, number>;
  readonly facts: Map<string, number>;
  /** The operations that met others and wait for a person, by the name of the conflict. */
  readonly conflicts: Map<string, string>;
  readonly decided: Set<string>;
  /** Which versions a record was given, and by whom; taking it away gives one, too. */
  readonly history: Map<string, readonly Given[]>;
  version: number;
  epoch: number;
}

interface Given {
  readonly version: number;
  readonly by: string;
}

export type FakeDistrict = ReturnType<typeof fakeDistrict>;

/** A district in memory that speaks the protocol of docs/protocol.md, section 3: signatures, merge, conflicts, ids known again. */
export function fakeDistrict(bug?: DistrictBug, now: () => number = () => NOW) {
  const keys = new Map<string, string>();
  const nonces = new Set<string>();
  let state: State = freshState();

  const give = (record: string, by: string): number => {
    state.version += 1;
    const { version } = state;
    state.history.set(record, [...(state.history.get(record) ?? []), { version, by }]);
    return version;
  };
  /** Whether somebody else than a terminal changed a record after a version. */
  const othersChanged = (record: string, since: number, by: string): boolean =>
    (state.history.get(record) ?? []).some((one) => one.version > since && one.by !== by);

  const apply = (by: string, { id, type, body }: Operation): OperationResult => {
    const known = state.results.get(id);
    if (known !== undefined && bug !== 'no-idempotency') return known;
    const result = effectOf(by, id, type, body);
    state.results.set(id, result);
    return result;
  };

  const effectOf = (by: string, id: string, type: string, body: unknown): OperationResult => {
    const note = (map: Map<string, number>) => map.set(id, (map.get(id) ?? 0) + 1);
    if (type !== 'content-edit' && type !== 'content-withdraw') {
      note(state.facts);
      return { id, status: 'applied' };
    }
    const edit = type === 'content-edit' ? contentEditSchema.parse(body) : undefined;
    const { record, baseVersion, resolves } = edit ?? contentWithdrawSchema.parse(body);
    if (resolves !== undefined && state.decided.has(resolves))
      return { id, status: 'refused', code: 'not-there', message: '没有可以修改的。' };
    if (resolves !== undefined && state.conflicts.delete(resolves)) state.decided.add(resolves);
    const current = state.records.get(record.id);
    const conflict = (fields: readonly FieldConflict[]) => {
      const name = randomUUID();
      state.conflicts.set(name, id);
      return {
        ...{ id, status: 'conflict' as const, conflict: name },
        ...{ version: current?.version ?? 0, fields: [...fields] },
      };
    };
    if (edit?.changes.length === 0) {
      note(state.effects);
      return { id, status: 'applied', ...(current && { version: current.version }) };
    }
    if (edit === undefined) {
      const last = state.history.get(record.id)?.at(-1);
      if (last === undefined)
        return { id, status: 'refused', code: 'not-there', message: '已经不在了。' };
      if (current === undefined) return { id, status: 'applied', version: last.version };
      if (othersChanged(record.id, baseVersion, by) && bug !== 'withdraws-unseen')
        return conflict([]);
      state.records.delete(record.id);
      note(state.effects);
      return { id, status: 'applied', version: give(record.id, by) };
    }
    if (current === undefined && baseVersion !== 0)
      return conflict(edit.changes.map(({ field, to }) => ({ field, ...(to && { wanted: to }) })));
    const present = current === undefined ? {} : editablePart(current);
    const fields = fieldsOf(present);
    const changes =
      bug === 'overwrites'
        ? edit.changes.map((change) => ({ ...change, from: fields.get(change.field) }))
        : edit.changes;
    const merged = mergeChanges(present, changes);
    if (merged.outcome === 'conflict') {
      if (bug === 'forgets-on-conflict')
        return { id, status: 'applied', version: current?.version ?? 0 };
      return conflict(merged.fields);
    }
    const order = changes.find(({ field }) => field === '/body/items/#')?.to;
    const part = editablePartSchema.safeParse(
      bug === 'drops-added' && order !== undefined ? onlyNamed(merged.value, order) : merged.value,
    );
    if (!part.success) return { id, status: 'refused', code: 'unsound', message: '内容不完整。' };
    const version = give(record.id, by);
    state.records.set(record.id, {
      ...{ id: record.id, kind: record.kind, scope: record.scope, version },
      ...{ editor: edit.editor, reviewer: edit.reviewer, publishedAt: '2026-11-23T10:00:00+08:00' },
      ...part.data,
    });
    note(state.effects);
    const isMerged = current !== undefined && current.version !== baseVersion;
    return { id, status: isMerged ? 'merged' : 'applied', version };
  };

  const request = async (asked: DistrictRequest): Promise<Reply> => {
    const fault = signatureFault(keys, nonces, asked, now());
    if (fault !== undefined) return refusal(fault);
    const batch = operationBatchSchema.safeParse(JSON.parse(asked.body));
    if (!batch.success) return refusal('bad-input');
    const results = batch.data.operations.map((one) => apply(batch.data.terminal, one));
    const epoch = batch.data.minor === undefined ? {} : { epoch: epochOf(state) };
    return { state: 'answered', body: { now: new Date(NOW).toISOString(), results, ...epoch } };
  };

  return {
    link: { request } satisfies DistrictLink,
    know: (terminal: string, publicKey: string) => keys.set(terminal, publicKey),
    revoke: (terminal: string) => keys.set(terminal, 'revoked'),
    state: () => state,
    /** The office itself changes a record, or takes it away. */
    publish: (record: ContentRecord) => {
      state.records.set(record.id, { ...record, version: give(record.id, 'office') });
    },
    /** Something of the division that is none of these records. */
    publishElse: () => {
      state.version += 1;
    },
    withdraw: (id: string) => {
      if (state.records.delete(id)) give(id, 'office');
    },
    othersChanged,
    copy: (): State => copyOf(state),
    /** Restored from a backup: another epoch, and no version that was given before, as the protocol asks. */
    restore: (copy: State) => {
      state = { ...copyOf(copy), epoch: state.epoch + 1, version: state.version };
    },
    epoch: () => epochOf(state),
  };
}

/** The planted bug: a body without the items that an order does not name. */
function onlyNamed(value: JsonValue, order: JsonValue): JsonValue {
  const { body } = value as { body: { items: readonly { id: string }[] } };
  const items = body.items.filter(({ id }) => (order as readonly string[]).includes(id));
  return { ...(value as object), body: { ...body, items } } as unknown as JsonValue;
}

const epochOf = ({ epoch }: State) => `epoch${String(epoch).padStart(4, '0')}`;

function freshState(): State {
  return {
    ...{ records: new Map(), results: new Map(), effects: new Map(), facts: new Map() },
    ...{ conflicts: new Map(), decided: new Set(), history: new Map(), version: 0, epoch: 0 },
  };
}

function copyOf(state: State): State {
  return {
    records: new Map(state.records),
    results: new Map(state.results),
    effects: new Map(state.effects),
    facts: new Map(state.facts),
    conflicts: new Map(state.conflicts),
    decided: new Set(state.decided),
    history: new Map(state.history),
    version: state.version,
    epoch: state.epoch,
  };
}

function refusal(code: DistrictErrorCode): Reply {
  return { state: 'refused', code, waitSeconds: undefined, serverTime: NOW };
}

/** SPKI before the 32 bytes of an Ed25519 key. */
const SPKI = Buffer.from('302a300506032b6570032100', 'hex');

function signatureFault(
  keys: ReadonlyMap<string, string>,
  nonces: Set<string>,
  { method, path, body, headers }: DistrictRequest,
  now: number,
): DistrictErrorCode | undefined {
  const input = readSignatureInput(headers['signature-input'] ?? '');
  const signature = readSignature(headers.signature ?? '');
  const publicKey = keys.get(input?.keyid ?? '');
  if (input === undefined || signature === undefined || publicKey === undefined) return 'signature';
  if (publicKey === 'revoked') return 'revoked';
  const contentDigest = contentDigestHeader(createHash('sha256').update(body).digest('base64'));
  const key = createPublicKey({
    key: Buffer.concat([SPKI, Buffer.from(publicKey, 'hex')]),
    ...{ format: 'der', type: 'spki' },
  });
  const text = Buffer.from(signatureBase({ method, path, contentDigest }, input));
  if (!verify(null, text, key, Buffer.from(signature, 'base64'))) return 'signature';
  if (nonces.has(input.nonce)) return 'signature';
  nonces.add(input.nonce);
  return Math.abs(input.created * 1000 - now) > 600_000 ? 'clock' : undefined;
}
