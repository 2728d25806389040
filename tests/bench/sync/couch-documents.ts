import { createHash } from 'node:crypto';
import PouchDB from 'pouchdb';

/** A record, as far as documents go. */
export interface Row {
  readonly id: string;
}

export interface Asked {
  readonly id: string;
  readonly rev: string;
}

/** What a server of documents must answer to a replication. */
export interface Documents {
  /** Stores records, over what there was of the same id. */
  readonly store: (records: readonly Row[]) => Promise<void>;
  /** As `_changes` answers. */
  readonly changes: (since: number, limit: number) => Promise<unknown>;
  /** As `_bulk_get` answers, with revisions. */
  readonly bulk: (docs: readonly Asked[]) => Promise<unknown>;
}

interface Revised {
  readonly record: Row;
  /** Its revisions, the newest first, without their numbers. */
  readonly ids: readonly string[];
}

const revision = ({ ids }: Revised) => `${ids.length}-${ids[0]}`;

/** Documents in memory, the newest revision of each: less work than any real server has. */
export function documentsInMemory(): Documents {
  const log: Revised[] = [];
  const newest = new Map<string, Revised>();
  const storeOne = (record: Row) => {
    const before = newest.get(record.id)?.ids ?? [];
    const id = createHash('md5').update(`${before.length} ${record.id}`).digest('hex');
    const revised = { record, ids: [id, ...before] };
    log.push(revised);
    newest.set(record.id, revised);
  };
  return {
    store: async (records) => {
      for (const record of records) storeOne(record);
    },
    changes: async (since, limit) => {
      const results = [];
      let at = since;
      for (; at < log.length && results.length < limit; at += 1) {
        const revised = log[at];
        if (revised === undefined || newest.get(revised.record.id) !== revised) continue;
        results.push({
          ...{ seq: at + 1, id: revised.record.id },
          changes: [{ rev: revision(revised) }],
        });
      }
      return { results, last_seq: at };
    },
    bulk: async (docs) => ({
      results: docs.map(({ id }) => ({ id, docs: [documentOf(newest.get(id))] })),
    }),
  };
}

function documentOf(revised: Revised | undefined) {
  if (revised === undefined) return { error: { error: 'not_found' } };
  const { record, ids } = revised;
  const _revisions = { start: ids.length, ids };
  return { ok: { ...record, _id: record.id, _rev: revision(revised), _revisions } };
}

const A_BATCH = 1_000;

/** Documents in a PouchDB of its own, as a small real server would have them. */
export function documentsInPouch(folder: string): Documents {
  const pouch = new PouchDB(folder);
  const revisions = new Map<string, string>();
  return {
    store: async (records) => {
      for (let at = 0; at < records.length; at += A_BATCH) {
        const stored = await pouch.bulkDocs(
          records.slice(at, at + A_BATCH).map((record) => {
            const _rev = revisions.get(record.id);
            return { ...record, _id: record.id, ...(_rev !== undefined && { _rev }) };
          }),
        );
        for (const { ok, id, rev } of stored) {
          if (ok !== true) throw new Error(`${id} was not stored`);
          revisions.set(id, rev);
        }
      }
    },
    changes: async (since, limit) => await pouch.changes({ since, limit, style: 'all_docs' }),
    bulk: async (docs) => await pouch.bulkGet({ docs, revs: true }),
  };
}
