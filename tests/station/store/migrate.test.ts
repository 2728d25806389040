import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { articleKey } from '#station/laws/article-key.ts';
import { migrate, migrationsIn, NewerDatabaseError } from '#station/store/migrate.ts';

const FOLDER = join(import.meta.dirname, '../../../src/main/station/store/migrations');

const CACHE_1 = [
  `insert into record values ('legal-aid-wages', '530102', 'service', 3, '2026-01-01', null, '2026-01-01T09:00:00+08:00', '{"title":"讨薪"}')`,
  `insert into applied values ('pack:wuhua', 'digest', 1795310000000)`,
];

const CACHE_2 = [
  ...CACHE_1,
  `insert into law values (1, '甲法@2024-01-01', '甲法', '甲法', 'law', '民法商法', '2024-01-01', null, '[]', '[]', '[]', '[]', 1)`,
  `insert into law_file values ('民法商法/甲法.md', 1, '', 0, 1, '{}', null)`,
  `insert into law_article values (1, 1, 0, '第一条', 1, 0, '甲。')`,
  `insert into law_citation values (1, 0, '乙法', 3, 0)`,
  `insert into law_segment values ('000001-0123456789abcdef.ndjson.zst')`,
  `insert into law_links values (1, 'state')`,
];

const STATION_1 = [
  `insert into print_job values ('job-1', '{"type":"form-sample"}', 'printed', '', 1795310000000, 1795310001000)`,
  `insert into outbox values ('operation-1', 'test', '{}', 1795310000000)`,
  `insert into audit (at, actor, action, subject) values (1795310000000, 'staff', 'test', 'subject')`,
];

const STATION_2 = [
  ...STATION_1,
  `insert into staff_person values ('person-1', 'li01', '示例', '["window-clerk"]', 1, '$scrypt$', null, 1795310000000, 1795310000000)`,
  `insert into staff_failure values ('account:person-1', 2, 1795310000000)`,
  `insert into staff_session values ('hash', 'person-1', 'console', 'device:1', 1795310000000, 1795310000000)`,
  `insert into staff_challenge values ('person-1', '7K3M-0QWD', 1795310000000, 1)`,
  `insert into station_setting values ('lan', '{"on":false}', 1795310000000)`,
];

const STATION_3 = [
  ...STATION_2.filter((statement) => !statement.includes('print_job')),
  `insert into print_job (id, paper, state, reason, created_at, changed_at, kind, label, printer, copy_of, uptime) values ('job-1', '{"label":"A012","blocks":[]}', 'in-doubt', 'paper-out', 1795310000000, 1795310001000, 'slip', 'A012', '取号机', null, 5000)`,
  `insert into print_job (id, paper, state, created_at, changed_at, kind, label, copy_of) values ('job-2', '{"label":"A012","blocks":[]}', 'printed', 1795310000000, 1795310001000, 'slip', 'A012', 'job-1')`,
];

const STATION_4 = [
  ...STATION_3,
  `insert into queue_event (operation, day, ticket, at, actor, body) values ('operation-2', '2026-11-23', 'operation-2', 1795310000000, 'visitor', '{"type":"issued"}')`,
  `insert into queue_ticket values ('operation-2', '2026-11-23', 'A001', 'advice', 'waiting', null, 1795310000000, '{}')`,
  `insert into queue_window values ('2026-11-23', 'w1', 'open', '示例')`,
  `insert into queue_counter values ('2026-11-23', 'advice', 1, 1)`,
  `insert into queue_day values ('2026-11-23', null, null)`,
  `insert into queue_note values ('operation-3', '2026-11-23', 'w1', 'operation-2', 1795310000000, '示例', '示例')`,
  `insert into queue_alarm values ('operation-4', '2026-11-23', 'w1', 1795310000000, '示例', null)`,
  `insert into queue_terminal (id, ordinal, secret, paired_at) values ('terminal-1', 1, 'secret', 1795310000000)`,
  `insert into queue_block values ('2026-11-23', 'advice', 1, 10, 1)`,
  `insert into queue_given values ('operation-2', '2026-11-23', 'advice', 1, '{}', 0)`,
];

const STATION_5 = [
  ...STATION_4,
  `insert into lan_device values ('device-1', 'console', '1号窗口', 'hash', 1795310000000, 1795310000000)`,
];
const STATION_6 = [
  ...STATION_5,
  `insert into queue_terminal values ('terminal-2', 2, 'secret', 1795310000000, '2号取号机', 1795310000000)`,
  `insert into queue_ordinal_rest values (2, '2026-11-22')`,
];

const CACHE_4 = [
  ...CACHE_2,
  `insert into deployment values ('/profiles/wuhua', '{}')`,
  `insert into search_doc values (1, 'faq', 'faq.wages', '00', 'faq.wages', '00', '2026-01-01', null, null, null, '讨薪', '[]', '{}', '')`,
  `insert into search_citation values (1, 0, '劳动合同法', '30')`,
  `insert into search_rules values ('1')`,
];

const CACHE_6 = [
  ...CACHE_4,
  `insert into feed_division values ('530102', 'epochone', 3, 'digest', 1795310000000)`,
];

const CACHE_7 = [...CACHE_6, `insert into local_record values ('notice.a', '530102001', 2, '{}')`];

const CACHE_8 = [
  ...CACHE_7.filter((statement) => !statement.includes('search_')),
  `insert into search_shown values (64, '00', '2026-01-01', null)`,
];

const CACHE_9 = [
  ...CACHE_8.filter((statement) => !statement.includes('into law_article')),
  `insert into law_article (n, label, number, inserted, text) values (4294967296, '第一条', 1, 0, '甲。')`,
];

const CACHE_10 = [
  ...CACHE_9,
  `insert into search_frequent values ('法律', 16000)`,
  `insert into search_counted values (98000)`,
];

const CACHE_11 = [...CACHE_10, `insert into digest_change values ('notice.a', '530102', null)`];

const CACHE_12 = [
  ...CACHE_11,
  `insert into search_doc (doc, kind, id, scope, owner, standing, title, words, body, serves) values (64, 'person', 'person.chen', '530102', 'person.chen', 0, '陈示例', '律师', '', '530102001')`,
];

const STATION_7 = [
  ...STATION_6,
  `insert into upkeep_day values ('2026-11-23', 1795310000000, 'ok', '各项正常。')`,
];

const STATION_8 = [
  ...STATION_7,
  `insert into feed_metadata values ('anchor', 'root.json', x'7b7d')`,
];

const STATION_9 = [
  ...STATION_8,
  `insert into queue_event (operation, day, at, actor, body) values ('operation-5', '2026-11-23', 1795310000000, 'p1', '{"type":"day-corrected"}')`,
];

const STATION_10 = [
  ...STATION_9,
  `insert into edit_draft values ('notice.a', 'notice', '{}', null, 0, '示例', 1, 1795310000000, 1795310000000)`,
  `insert into edit_version (id, kind, operation, action, changes, base_version, editor, editor_name, at) values ('notice.a', 'notice', 'operation-1', 'create', '[]', 0, 'person-1', '示例', 1795310000000)`,
  `insert into edit_state values ('operation-1', 'taken', 1, null, null, null, null, 1795310000000)`,
];

const STATION_11 = [
  ...STATION_10,
  `insert into outbox_answer values ('operation-1', 'applied', null, null, 1795310000000)`,
];

const STATION_12 = [
  ...STATION_11,
  `insert into print_job (id, paper, state, created_at, changed_at, kind, label, printer, request) values ('job-3', '{"label":"A013","blocks":[]}', 'sending', 1795310000000, 1795310001000, 'slip', 'A013', '取号机', 'roll-7')`,
];

const STATION_13 = [
  ...STATION_12,
  `insert into queue_event (operation, day, at, actor, body) values ('operation-6', '2026-11-24', 1795310000000, 'station', '{"type":"day-turned"}')`,
  `insert into queue_terminal_removed values ('terminal-3', 3, 'secret', 1795310000000)`,
];

const STATION_14 = STATION_13;

const STATION_15 = [...STATION_14, `insert into outbox_again values ('operation-1')`];

const CACHE_13 = [
  ...CACHE_12,
  `insert into record_sum values ('legal-aid-wages', '530102', 3735928559)`,
];

/**
 * Rows as a program of each version wrote them: `ROWS.station[0]` belongs to `001-….sql`. A new migration needs its own
 * entry here, so that the next one is tested with real rows.
 */
const ROWS: Readonly<Record<string, readonly (readonly string[])[]>> = {
  cache: [
    CACHE_1,
    CACHE_2,
    [...CACHE_2, `insert into deployment values ('/profiles/wuhua', '{}')`],
    CACHE_4,
    CACHE_4,
    CACHE_6,
    CACHE_7,
    CACHE_8,
    CACHE_9,
    CACHE_10,
    CACHE_11,
    CACHE_12,
    CACHE_13,
  ],
  station: [
    STATION_1,
    STATION_2,
    STATION_3,
    STATION_4,
    STATION_5,
    STATION_6,
    STATION_7,
    STATION_8,
    STATION_9,
    STATION_10,
    STATION_11,
    STATION_12,
    STATION_13,
    STATION_14,
    STATION_15,
  ],
};

const open = () => new Database(':memory:');
const versionOf = (database: Database.Database) =>
  database.pragma('user_version', { simple: true });

function schemaOf(database: Database.Database): unknown[] {
  return database
    .prepare("select name, sql from sqlite_master where name not like 'sqlite_%' order by name")
    .all();
}

/** How many rows each table has. */
function census(database: Database.Database): Record<string, number> {
  const tables = database
    .prepare<[], string>(
      // Virtual tables, and those in which they keep their own, are none of rows; the index is made anew from the records.
      "select name from pragma_table_list where schema = 'main' and type = 'table' and name not like 'sqlite_%' and name not like 'search_%'",
    )
    .pluck()
    .all();
  return Object.fromEntries(
    tables.map((table) => [
      table,
      Number(database.prepare(`select count(*) from ${table}`).pluck().get()),
    ]),
  );
}

describe.each(['cache', 'station'])('the migrations of %s', (name) => {
  const folder = join(FOLDER, name);
  const files = migrationsIn(folder);
  const rows = ROWS[name] ?? [];

  test('have old rows in this test for every version', () => {
    expect(rows).toHaveLength(files.length);
  });

  test.each(rows.map((_, at) => at + 1))(
    'bring version %i with its rows to the newest',
    (version) => {
      const database = open();
      migrate(database, folder, version);
      expect(versionOf(database)).toBe(version);
      for (const statement of rows[version - 1] ?? []) database.exec(statement);
      const before = census(database);
      migrate(database, folder);
      expect(versionOf(database)).toBe(files.length);
      // A migration may write something down; it never takes anything away.
      for (const [table, count] of Object.entries(before))
        expect(census(database)[table], table).toBeGreaterThanOrEqual(count);
      expect(Object.values(before)).not.toContain(0);
    },
  );

  test('lead to the same tables one by one and at once', () => {
    const [stepwise, atOnce] = [open(), open()];
    for (const [at] of files.entries()) migrate(stepwise, folder, at + 1);
    migrate(atOnce, folder);
    expect(schemaOf(stepwise)).toEqual(schemaOf(atOnce));
  });

  test('run only once', () => {
    const database = open();
    migrate(database, folder);
    migrate(database, folder);
    expect(versionOf(database)).toBe(files.length);
  });

  test('refuse a database from a newer program', () => {
    const database = open();
    database.pragma(`user_version = ${files.length + 1}`);
    expect(() => migrate(database, folder)).toThrow(NewerDatabaseError);
    expect(census(database)).toEqual({});
  });
});

test('a new form of the index has all records and laws wait to be indexed', () => {
  const database = open();
  const folder = join(FOLDER, 'cache');
  migrate(database, folder, 7);
  for (const statement of CACHE_7) database.exec(statement);
  migrate(database, folder);
  expect(
    database.prepare('select source, owner from search_pending order by 1').raw().all(),
  ).toEqual([
    ['law', '甲法@2024-01-01'],
    ['record', 'legal-aid-wages'],
  ]);
  expect(database.prepare('select count(*) from search_rules').pluck().get()).toBe(0);
});

test('articles of an older program stay where they were, under one number', () => {
  const database = open();
  const folder = join(FOLDER, 'cache');
  migrate(database, folder, 8);
  for (const [law, position] of [
    [2, 1000],
    [1, 7],
    [2, 3],
  ])
    database.exec(
      `insert into law_article (law, position, label, number, inserted, text) values (${law}, ${position}, '第一条', 1, 0, '甲${law}${position}')`,
    );
  migrate(database, folder);
  expect(
    database.prepare('select n, law, position, text from law_article order by n').raw().all(),
  ).toEqual(
    (
      [
        [1, 7],
        [2, 3],
        [2, 1000],
      ] as const
    ).map(([law, position]) => [articleKey(law, position), law, position, `甲${law}${position}`]),
  );
});

describe('a queue of an older program', () => {
  /** Two days, one of them closed; one visitor left at a window on each. */
  const opened = (...more: readonly string[]) => {
    const database = open();
    const folder = join(FOLDER, 'station');
    migrate(database, folder, 12);
    const called = (day: string) =>
      `insert into queue_ticket values ('${day}', '${day}', 'A001', 'advice', 'called', 'w1', 1, '{"state":"called","day":"${day}"}')`;
    for (const statement of [
      `insert into queue_event (operation, day, at, actor, body) values ('e1', '2026-11-22', 1, 'p1', '{"type":"window"}')`,
      `insert into queue_event (operation, day, at, actor, body) values ('e2', '2026-11-23', 2, 'p1', '{"type":"window"}')`,
      `insert into queue_event (operation, day, at, actor, body) values ('e3', '2099-01-01', 3, 'terminal:t1', '{"type":"issued"}')`,
      called('2026-11-22'),
      called('2026-11-23'),
      ...more,
    ])
      database.exec(statement);
    migrate(database, folder);
    return database;
  };
  const days = (database: Database.Database) =>
    database.prepare('select day, closed_at from queue_day order by day').raw().all();

  test('goes on with its day, and what is open stays open', () => {
    const database = opened();
    expect(
      database
        .prepare('select day from queue_event where body = \'{"type":"day-turned"}\'')
        .pluck()
        .all(),
    ).toEqual(['2026-11-23']);
    expect(days(database)).toEqual([
      ['2026-11-22', null],
      ['2026-11-23', null],
    ]);
  });

  test('that a person had taken back stays taken back, also when that day had been closed', () => {
    const database = opened(
      `insert into queue_event (operation, day, at, actor, body) values ('e4', '2026-11-22', 4, 'p1', '{"type":"day-corrected"}')`,
      `insert into queue_day values ('2026-11-22', null, 4)`,
    );
    expect(days(database)).toContainEqual(['2026-11-22', null]);
  });

  test('has one visitor at a window: who was left there the day before may be called again', () => {
    const tickets = opened().prepare(
      "select day, state, json_extract(body, '$.state') from queue_ticket order by day",
    );
    expect(tickets.raw().all()).toEqual([
      ['2026-11-22', 'skipped', 'skipped'],
      ['2026-11-23', 'called', 'called'],
    ]);
  });

  test('counts against the quota of an open day what was given, not what was lent', () => {
    const issued = (id: string, day: string) =>
      `insert into queue_event (operation, day, ticket, at, actor, body) values ('${id}', '${day}', '${id}', 1, 'terminal:t1', '{"type":"issued","ticket":{"line":"advice"}}')`;
    const database = opened(
      ...['i1', 'i2'].map((id) => issued(id, '2026-11-23')),
      issued('i3', '2026-11-20'),
      `insert into queue_day values ('2026-11-20', null, 4)`,
      ...['20', '23'].map(
        (day) => `insert into queue_counter values ('2026-11-${day}', 'advice', 7, 7)`,
      ),
      `insert into queue_counter values ('2026-11-23', 'notary', 6, 6)`,
    );
    const counts = database.prepare(
      'select day, line, last, issued from queue_counter order by 1, 2',
    );
    expect(counts.raw().all()).toEqual([
      ['2026-11-20', 'advice', 7, 7],
      ['2026-11-23', 'advice', 7, 2],
      ['2026-11-23', 'notary', 6, 0],
    ]);
  });

  test('that never gave a number has no day', () => {
    const database = open();
    migrate(database, join(FOLDER, 'station'));
    expect(database.prepare('select count(*) from queue_event').pluck().get()).toBe(0);
  });
});

describe('a folder of migrations', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'migrations-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));
  const add = (name: string, text = 'select 1;') => writeFileSync(join(folder, name), text);

  test.each([
    ['a gap', ['001-a.sql', '003-c.sql']],
    ['a double number', ['001-a.sql', '001-b.sql']],
    ['no first one', ['002-b.sql']],
    ['a name without a number', ['001-a.sql', 'more.sql']],
  ])('with %s stops the program', (_, names) => {
    for (const name of names) add(name);
    expect(() => migrationsIn(folder)).toThrow('not numbered without gaps');
  });

  test('may hold other files', () => {
    add('001-a.sql');
    add('README.md');
    mkdirSync(join(folder, 'old'));
    expect(migrationsIn(folder)).toEqual(['001-a.sql']);
  });

  test('of which one fails leaves the database at the version before it', () => {
    add('001-a.sql', 'create table a (x);');
    add('002-b.sql', 'create table b (x); insert into missing values (1);');
    const database = open();
    expect(() => migrate(database, folder)).toThrow('no such table: missing');
    expect(versionOf(database)).toBe(1);
    expect(census(database)).toEqual({ a: 0 });
  });
});
