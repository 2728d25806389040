import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { commitOperation, type OperationRecord } from '#station/store/commit-operation.ts';
import { closeDatabase, openDatabase } from '#station/store/open-database.ts';
import { first, run, sql, type WritableDb } from '#station/store/sql.ts';

const OPERATION: OperationRecord = {
  id: 'operation-1',
  type: 'content-edit',
  payload: { title: '新标题' },
  actor: 'staff-7',
  subject: 'notice-1',
  at: 1_795_310_000_000,
};

let folder: string;
let db: WritableDb;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'commit-'));
  db = openDatabase(join(folder, 'station.sqlite'), 'station');
});
afterEach(() => {
  closeDatabase(db);
  rmSync(folder, { recursive: true });
});

function printJob(): string {
  run(
    db,
    sql`insert into print_job (id, paper, state, created_at, changed_at) values ('job-1', '{}', 'queued', 1, 1)`,
  );
  return 'job-1';
}

const counts = () =>
  first(
    db,
    sql`select (select count(*) from print_job) as jobs, (select count(*) from outbox) as outbox,
               (select count(*) from audit) as audits`,
  );

test('business row, outbox row and audit row are written together', () => {
  expect(commitOperation(db, OPERATION, printJob)).toBe('job-1');
  expect(counts()).toEqual({ jobs: 1, outbox: 1, audits: 1 });
  expect(first(db, sql`select id, type, payload from outbox`)).toEqual({
    id: 'operation-1',
    type: 'content-edit',
    payload: '{"title":"新标题"}',
  });
});

test.each(['print_job', 'outbox', 'audit'])(
  'a fault at the insert into %s leaves none of the three',
  (table) => {
    db.write.exec(
      `create temp trigger fault before insert on main.${table} begin select raise(abort, 'planted'); end`,
    );
    expect(() => commitOperation(db, OPERATION, printJob)).toThrow('planted');
    expect(counts()).toEqual({ jobs: 0, outbox: 0, audits: 0 });
  },
);

test('a fault in the rule after its write leaves nothing either', () => {
  const change = () => {
    printJob();
    throw new Error('planted');
  };
  expect(() => commitOperation(db, OPERATION, change)).toThrow('planted');
  expect(counts()).toEqual({ jobs: 0, outbox: 0, audits: 0 });
});

test('an operation id is taken once', () => {
  commitOperation(db, OPERATION, () => undefined);
  expect(() => commitOperation(db, OPERATION, printJob)).toThrow('UNIQUE');
  expect(counts()).toEqual({ jobs: 0, outbox: 1, audits: 1 });
});
