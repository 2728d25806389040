import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import fc from 'fast-check';
import type { ContentRecord } from '#shared/content/envelope.ts';
import { WHOLE_RECORD } from '#shared/contract/editing.ts';
import { StationError } from '#shared/contract/errors.ts';
import type { DraftContent } from '#shared/editing/check-draft.ts';
import { shownRecord } from '#shared/editing/local-layer.ts';
import {
  layLocal,
  putRecord,
  removeRecord,
  sourceRecord,
  storedRecord,
} from '#station/content/content-store.ts';
import { reckonedDigest } from '#station/content/division-digest.ts';
import { appliedDivision, noteApplied } from '#station/content/feed-divisions.ts';
import { openLibrary } from '#station/content/library.ts';
import { heedServer } from '#station/district/begin-anew.ts';
import type { DistrictLink, Reply } from '#station/district/district-link.ts';
import { outboxState, sendAgain, takeResults } from '#station/district/outbox.ts';
import { freshPace, pushOnce } from '#station/district/push-outbox.ts';
import { terminalKey } from '#station/district/terminal-key.ts';
import { contentOf } from '#station/editing/edit-names.ts';
import { draftOf, openVersions, setState, versionsOf } from '#station/editing/edit-store.ts';
import { openEditing } from '#station/editing/editing.ts';
import { layEdits, standingEdit } from '#station/editing/lay-edits.ts';
import { openStations } from '#station/stations/stations.ts';
import { commitOperation } from '#station/store/commit-operation.ts';
import { openDatabase } from '#station/store/open-database.ts';
import { all, run, sql, transaction, type WritableDb } from '#station/store/sql.ts';
import { NOW } from '../../district/feed/sample-feed.ts';
import { shippedPack } from '../../real-content.ts';
import { LI } from '../editing/sample-station.ts';
import { type DistrictBug, type FakeDistrict, fakeDistrict } from './fake-district.ts';

/** Ways in which a terminal or its district can be built wrongly; each must be found. */
export type PlantedBug =
  | DistrictBug
  /** Answers are noted before anything is sent. */
  | 'cursor-before-answer'
  /** What follows from an answer is written in another transaction than the answer. */
  | 'no-transaction'
  /** A record that the district took away stays on show. */
  | 'ignored-delete'
  /** After a reset of the district nothing is sent again. */
  | 'no-resend'
  /** After a reset everything is sent again at each round. */
  | 'reset-loop'
  /** Each try takes another id. */
  | 'new-ids'
  /** A refused conflict stays on show at the station. */
  | 'conflict-stays'
  /** What a person decided over a conflict is noted here only. */
  | 'decides-in-silence'
  /** A local edit that the feed has brought is kept over what the feed brings later. */
  | 'never-settles'
  /** What is shown is not laid anew after the content changed. */
  | 'not-laid'
  /** An answer that never came is waited for, and nothing more is sent. */
  | 'wedges'
  /** With another epoch of the district the outbox begins anew, too. */
  | 'reset-empties'
  /** A draft starts from what is shown when it is saved, not from what its writer saw. */
  | 'sets-back'
  /** Undo and withdrawal throw a draft away. */
  | 'drops-drafts'
  /** A withdrawal counts until the record is gone, also when it was brought back. */
  | 'withdrawal-stands'
  /** A withdrawal that was undone is waited for, and what the office changes meanwhile is not shown. */
  | 'undone-withdrawal-awaited'
  /** Undoing a withdrawal that the feed has not brought yet changes a record that is gone, instead of making it anew. */
  | 'undoes-into-nothing';

export const PLANTED: readonly PlantedBug[] = [
  'no-idempotency',
  'overwrites',
  'withdraws-unseen',
  'forgets-on-conflict',
  'cursor-before-answer',
  'no-transaction',
  'ignored-delete',
  'no-resend',
  'reset-loop',
  'new-ids',
  'conflict-stays',
  'decides-in-silence',
  'never-settles',
  'not-laid',
  'wedges',
  'reset-empties',
  'sets-back',
  'drops-drafts',
  'withdrawal-stands',
  'undone-withdrawal-awaited',
  'undoes-into-nothing',
];

const STATION = '530102001';
const NAMES = ['a', 'b'] as const;
/** A pledge, to whose list both sides add and of which both take out. */
const LISTED = 'l';
type Name = (typeof NAMES)[number] | typeof LISTED;
const ALL: readonly Name[] = [...NAMES, LISTED];
const FIELDS = ['title', 'text'] as const;

export type Step =
  | {
      readonly do: 'edit';
      readonly at: number;
      readonly name: Name;
      readonly field: (typeof FIELDS)[number];
    }
  | {
      readonly do:
        | 'remove'
        | 'office-remove'
        | 'open'
        | 'undo'
        | 'beside'
        | 'changed-mind'
        | 'changed-mind-late'
        | 'forgotten';
      readonly at: number;
      readonly name: Name;
    }
  /** Somebody types into the page that is open, or opens it. */
  | ({ readonly do: 'write'; readonly at: number } & Writing)
  | { readonly do: 'office'; readonly name: Name; readonly field: (typeof FIELDS)[number] }
  | {
      readonly do: 'fact' | 'pull' | 'restart' | 'copy' | 'restore-terminal';
      readonly at: number;
    }
  /** A person decides the oldest conflict: what this station wrote counts, or what the district has. */
  | { readonly do: 'decide'; readonly at: number; readonly isOwn: boolean }
  | { readonly do: 'push'; readonly at: number; readonly fate: Fate }
  /** Both have the same on show; one changes it and sends, and the other changes it or takes it away and sends. */
  | {
      readonly do: 'race';
      readonly at: number;
      readonly name: Name;
      readonly field: (typeof FIELDS)[number];
      readonly removes: boolean;
    }
  | { readonly do: 'add' | 'drop'; readonly at: number }
  | { readonly do: 'office-add' | 'office-drop' }
  | { readonly do: 'copy-district' | 'restore-district' };

interface Writing {
  readonly name: Name;
  readonly field: (typeof FIELDS)[number];
  readonly publishes: boolean;
}

/** What becomes of a request: all goes well, it never arrives, its answer is lost, it arrives twice, or the terminal dies at a point. */
type Fate = 'well' | 'lost' | 'answer-lost' | 'twice' | 'dies-writing';

const at = fc.nat(1);
const name = fc.constantFrom(...NAMES);
const field = fc.constantFrom(...FIELDS);
export const stepArbitrary: fc.Arbitrary<Step> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ do: fc.constant('edit' as const), at, name, field }) },
  {
    weight: 8,
    arbitrary: fc.record({
      do: fc.constant('push' as const),
      at,
      fate: fc.constantFrom<Fate[]>('well', 'well', 'lost', 'answer-lost', 'twice', 'dies-writing'),
    }),
  },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('pull' as const), at }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('office' as const), name, field }) },
  fc.record({ do: fc.constantFrom('remove' as const, 'office-remove' as const), at, name }),
  {
    weight: 2,
    arbitrary: fc.record({
      ...{ do: fc.constant('write' as const), at, name, field },
      publishes: fc.boolean(),
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('undo' as const), at, name }) },
  fc.record({
    do: fc.constantFrom(
      'open' as const,
      'beside' as const,
      'changed-mind' as const,
      'changed-mind-late' as const,
      'forgotten' as const,
    ),
    ...{ at, name },
  }),
  fc.record({ do: fc.constant('race' as const), at, name, field, removes: fc.boolean() }),
  { weight: 2, arbitrary: fc.record({ do: fc.constant('fact' as const), at }) },
  fc.record({
    do: fc.constantFrom('restart' as const, 'copy' as const, 'restore-terminal' as const),
    at,
  }),
  fc.record({ do: fc.constant('decide' as const), at, isOwn: fc.boolean() }),
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constantFrom('copy-district' as const, 'restore-district' as const),
    }),
  },
);

/** Also with a list that terminals and office change. */
export const listStepArbitrary: fc.Arbitrary<Step> = fc.oneof(
  { weight: 30, arbitrary: stepArbitrary },
  {
    weight: 20,
    arbitrary: fc.record({ do: fc.constantFrom('add' as const, 'drop' as const), at }),
  },
  {
    weight: 10,
    arbitrary: fc.record({ do: fc.constantFrom('office-add' as const, 'office-drop' as const) }),
  },
);

/** What somebody has open: what was on show then, the draft that it knows, what is typed, and into which fields. */
interface Page {
  readonly from: DraftContent | undefined;
  readonly stamp: number;
  readonly content: DraftContent;
  readonly typed: Set<string>;
}

interface Terminal {
  readonly name: string;
  db: WritableDb;
  cache: WritableDb;
  epoch: string | undefined;
  copy: Buffer | undefined;
  /** Operations that this terminal said were written down, and which a restored backup did not lose. */
  made: Set<string>;
  madeAtCopy: Set<string>;
  readonly pages: Map<Name, Page>;
  /** The words that whoever wrote a draft had before them in the fields that it changes. */
  readonly drafts: Map<Name, Set<string>>;
  readonly pace: ReturnType<typeof freshPace>;
}

const KEYS = mkdtempSync(join(tmpdir(), 'terminal-keys-'));
const KEY = terminalKey(KEYS);
process.on('exit', () => rmSync(KEYS, { recursive: true, force: true }));

let templates: { readonly station: Buffer; readonly cache: Buffer } | undefined;

/** Opening and migrating a database for each of 20,000 runs would take hours: they are copied from a fresh one. */
function freshBuffers(): { readonly station: Buffer; readonly cache: Buffer } {
  const bytes = (kind: 'station' | 'cache') => {
    const db = openDatabase(':memory:', kind);
    const outlet = pack.records.find(
      ({ record }) => record.kind === 'station' && record.scope === STATION,
    );
    if (kind === 'cache' && outlet !== undefined) putRecord(db, outlet.record);
    const buffer = db.write.serialize();
    db.write.close();
    return buffer;
  };
  templates ??= { station: bytes('station'), cache: bytes('cache') };
  return templates;
}

/** The world of a run: a district, two terminals of one station, and a clock that each look at the feed moves on. */
interface World {
  readonly bug: PlantedBug | undefined;
  readonly district: FakeDistrict;
  readonly terminals: readonly Terminal[];
  readonly clock: { now: number };
  /** What the district last answered to an operation, as far as the terminal could write it down. */
  readonly answers: Map<string, string>;
  /** The words of notices that whoever changed them, or took them away, had before them; by operation, or 'office'. */
  readonly seen: Map<string, Set<string>>;
  /** Items of the list that somebody took out. */
  readonly dropped: Set<string>;
  copy: ReturnType<FakeDistrict['copy']> | undefined;
  /** Whether the district was ever restored: then it may not know any more what was in conflict. */
  isRestored: boolean;
  serial: number;
}

/** Between two looks at the feed: what the district took less than an hour ago need not have come. */
const LOOK_MS = 20 * 60_000;
const HOURS_2 = 2 * 3_600_000;
/** So many rounds without any fault bring everything home. */
const ROUNDS = 8;

/** Runs a district and two terminals through steps and lets them come to rest; throws at the first state that must not be. */
export async function live(steps: readonly Step[], bug?: PlantedBug): Promise<void> {
  const clock = { now: NOW };
  const district = fakeDistrict(bug as DistrictBug | undefined, () => clock.now);
  const terminals = [0, 1].map((index) => bornTerminal(`t-terminal000${index}`));
  for (const { name: id } of terminals) district.know(id, KEY.publicKey);
  const world: World = {
    ...{ bug, district, terminals, clock },
    ...{
      answers: new Map(),
      seen: new Map(),
      dropped: new Set(),
      copy: undefined,
      isRestored: false,
      serial: 0,
    },
  };
  try {
    for (const step of steps) await take(world, step);
    for (let round = 0; round < ROUNDS; round += 1)
      for (const terminal of terminals) {
        pull(world, terminal);
        await pushAll(world, terminal);
      }
    for (const terminal of terminals) assertOwnHolds(world, terminal);
    // Whatever was overtaken on its way comes to rest when the feed next brings anything.
    district.publishElse();
    clock.now += HOURS_2;
    for (const terminal of terminals) pull(world, terminal);
    for (const terminal of terminals) {
      assertAtRest(world, terminal);
      assertNoWordsLost(world, terminal);
      assertListKept(world, terminal);
    }
  } finally {
    for (const { db, cache } of terminals) {
      db.write.close();
      cache.write.close();
    }
  }
}

function bornTerminal(id: string): Terminal {
  const { station, cache } = freshBuffers();
  return {
    ...{ name: id, db: reopened(station), cache: reopened(cache) },
    ...{ epoch: undefined, copy: undefined, made: new Set(), madeAtCopy: new Set() },
    ...{ pages: new Map(), drafts: new Map() },
    pace: freshPace(),
  };
}

function reopened(buffer: Buffer): WritableDb {
  const database = new Database(buffer);
  return { read: database, write: database };
}

const placeOf = ({ clock }: World, { db, cache }: Terminal) => ({
  ...{ db, cache, station: STATION, now: () => clock.now },
  beforeCommit: () => {},
});

async function take(world: World, step: Step): Promise<void> {
  const { district } = world;
  const terminal = world.terminals['at' in step ? step.at : 0] as Terminal;
  switch (step.do) {
    case 'edit':
      edit(world, terminal, step.name, step.field);
      break;
    case 'open':
      terminal.pages.set(step.name, openPage(terminal, step.name));
      break;
    case 'beside': {
      // A page is opened, somebody else publishes one field, and the page another.
      const page = openPage(terminal, step.name);
      edit(world, terminal, step.name, 'title');
      terminal.pages.set(step.name, page);
      write(world, terminal, { name: step.name, field: 'text', publishes: true });
      break;
    }
    case 'forgotten':
      // The district takes a change, and a backup from before brings it back as it was.
      world.copy = district.copy();
      edit(world, terminal, step.name, 'title');
      await push(world, terminal, 'well');
      district.restore(world.copy);
      world.isRestored = true;
      break;
    case 'changed-mind':
    case 'changed-mind-late':
      await changeMind(world, terminal, step.name, step.do === 'changed-mind-late');
      break;
    case 'write':
      write(world, terminal, step);
      break;
    case 'undo':
      undo(world, terminal, step.name);
      break;
    case 'remove':
      withdraw(world, terminal, step.name);
      break;
    case 'race': {
      const other = world.terminals[1 - step.at] as Terminal;
      for (const one of [terminal, other]) pull(world, one);
      edit(world, other, step.name, step.field);
      if (step.removes) withdraw(world, terminal, step.name);
      else edit(world, terminal, step.name, step.field);
      for (const one of [other, terminal]) await push(world, one, 'well');
      break;
    }
    case 'fact':
      commit(world, terminal, 'queue-day', { day: '2026-11-23' }, () => {});
      break;
    case 'office': {
      world.serial += 1;
      const known = district.state().records.get(idOf(step.name));
      const record = known ?? recordOf(step.name);
      see(world, 'office', wordsOf(known, [step.field]));
      const body = { ...(record.body as object), [step.field]: textOf(world) };
      district.publish({ ...record, body });
      break;
    }
    case 'add':
    case 'drop':
      changeList(world, terminal, step.do);
      break;
    case 'office-add':
    case 'office-drop': {
      const known = district.state().records.get(idOf(LISTED)) ?? recordOf(LISTED);
      const items = withItems(world, itemsIn(known), step.do === 'office-add' ? 'add' : 'drop');
      district.publish({ ...known, body: { ...(known.body as object), items } });
      break;
    }
    case 'office-remove':
      see(world, 'office', wordsOf(district.state().records.get(idOf(step.name)), FIELDS));
      district.withdraw(idOf(step.name));
      break;
    case 'pull':
      pull(world, terminal);
      break;
    case 'push':
      await push(world, terminal, step.fate);
      break;
    case 'restart':
      terminal.cache.write.close();
      terminal.cache = reopened(freshBuffers().cache);
      pull(world, terminal);
      break;
    case 'copy':
      terminal.copy = terminal.db.write.serialize();
      terminal.madeAtCopy = new Set(terminal.made);
      break;
    case 'restore-terminal':
      if (terminal.copy === undefined) break;
      terminal.db.write.close();
      terminal.db = reopened(terminal.copy);
      terminal.made = new Set(terminal.madeAtCopy);
      terminal.pages.clear();
      terminal.drafts.clear();
      run(terminal.db, sql`delete from edit_draft`);
      for (const id of [...world.answers.keys()])
        if (!terminal.made.has(id)) world.answers.delete(id);
      layEdits(placeOf(world, terminal));
      break;
    case 'decide':
      decide(world, terminal, step.isOwn);
      break;
    case 'copy-district':
      world.copy = district.copy();
      break;
    case 'restore-district':
      if (world.copy === undefined) break;
      district.restore(world.copy);
      world.isRestored = true;
  }
}

const pack = shippedPack('wuhua');

/** What staff have before them, over this terminal's databases. */
function editingOf(world: World, terminal: Terminal) {
  const place = placeOf(world, terminal);
  const { profile, divisions } = pack;
  const library = openLibrary({ ...place, db: place.cache, profile, divisions });
  const stations = openStations(place.cache, library);
  return openEditing({
    ...{ ...place, library, stations, districtTrouble: () => undefined, changed: () => {} },
  });
}

/** A person decides with both sides before them. */
function decide(world: World, terminal: Terminal, isOwn: boolean): void {
  const { db, cache } = terminal;
  const open = openVersions(db).find(({ state }) => state === 'conflict');
  if (open === undefined) return;
  const { id, seq, operation, outcome, after } = open;
  if (world.bug === 'decides-in-silence') {
    setState(db, operation, 'closed', outcome, world.clock.now);
    return;
  }
  const shown = storedRecord(cache, { id, scope: STATION });
  const fields = outcome.fields ?? [];
  const published = fields.flatMap((one) =>
    typeof one.published === 'string' ? [one.published] : [],
  );
  const own = isOwn ? [WHOLE_RECORD, ...fields.map((one) => one.field)] : [];
  editingOf(world, terminal).decide(LI, { id, seq, own });
  const made = versionsOf(db, id).at(-1)?.operation ?? '';
  terminal.made.add(made);
  see(world, made, [...wordsOf(shown, FIELDS), ...wordsOf(after, FIELDS), ...published]);
}

const idOf = (of: Name) => `${of === LISTED ? 'pledge' : 'notice'}.at-${STATION}-${of}`;

interface Item {
  readonly id: string;
  readonly text: string;
}

function itemsIn(record: ContentRecord | undefined): readonly Item[] {
  return (record?.body as { items?: readonly Item[] } | undefined)?.items ?? [];
}

/** A list with one more item somewhere in it, or one less; what was taken out, or written over, is known from then on. */
function withItems(world: World, items: readonly Item[], how: 'add' | 'drop'): readonly Item[] {
  world.serial += 1;
  const place = world.serial % items.length;
  if (how === 'add')
    return items.toSpliced(place, 0, { id: `i${world.serial}`, text: textOf(world) });
  if (items.length === 1) return items;
  world.dropped.add(items[place]?.id ?? '');
  return items.toSpliced(place, 1);
}

/** Somebody at the station adds to the list, or takes out of it, and publishes. */
function changeList(world: World, terminal: Terminal, how: 'add' | 'drop'): void {
  const { content, stamp, from } = openPage(terminal, LISTED);
  if (from === undefined) return;
  const items = withItems(world, (content.body as { items: readonly Item[] }).items, how);
  const next = { ...content, body: { ...(content.body as object), items } } as DraftContent;
  const answer = editingOf(world, terminal).save(LI, {
    ...{ id: idOf(LISTED), content: next, stamp, from },
  });
  if (answer.state !== 'newer') publish(world, terminal, LISTED, answer.stamp);
}

/** What somebody wrote into fields of a notice; each change writes other words than any before it. */
function wordsOf(record: ContentRecord | undefined, fields: readonly string[]): string[] {
  return wordsIn(record?.body ?? {}, fields);
}

function wordsIn(body: unknown, fields: readonly string[]): string[] {
  return fields.flatMap((field) => (body as Readonly<Record<string, string>>)[field] ?? []);
}

function see({ seen }: World, by: string, words: readonly string[]): void {
  seen.set(by, new Set([...(seen.get(by) ?? []), ...words]));
}

const textOf = ({ serial }: World) => `第 ${serial} 次写下的通知内容，只是示例`;

function recordOf(of: Name): ContentRecord {
  const isListed = of === LISTED;
  return {
    ...{ id: idOf(of), kind: isListed ? 'pledge' : 'notice', scope: STATION, version: 0 },
    ...{
      effectiveFrom: '2026-11-01',
      validUntil: '2026-12-31',
      source: '示例',
      responsibleBody: '示例',
    },
    ...{ editor: '示例', reviewer: '示例', publishedAt: '2026-11-23T10:00:00+08:00' },
    ...{ confirm: [], translations: {} },
    body: isListed
      ? { title: '示例承诺', items: [{ id: 'first', text: '示例' }], remedy: '', order: 100 }
      : {
          title: '示例通知标题',
          text: '示例通知的正文内容。',
          group: 'station',
          important: false,
        },
  };
}

function commit(
  { clock }: World,
  terminal: Terminal,
  type: string,
  payload: unknown,
  change: (id: string) => void,
): void {
  const id = randomUUID();
  const operation = { id, type, payload, actor: 'person-1', subject: 'x', at: clock.now };
  commitOperation(terminal.db, operation, () => change(id));
  terminal.made.add(id);
}

/** A page on which somebody opens a notice, or begins one where there is none. */
function openPage({ db, cache }: Terminal, of: Name): Page {
  const shown = storedRecord(cache, { id: idOf(of), scope: STATION });
  const draft = draftOf(db, idOf(of));
  const from = shown && contentOf(shown);
  return {
    ...{ from, stamp: draft?.stamp ?? 0, typed: new Set() },
    content: draft?.content ?? from ?? contentOf(recordOf(of)),
  };
}

/** Somebody types into a page, which may be open for long, and publishes. */
function write(world: World, terminal: Terminal, { name: of, field, publishes }: Writing): void {
  const { pages, drafts } = terminal;
  const page = pages.get(of) ?? openPage(terminal, of);
  world.serial += 1;
  const { stamp } = page;
  const from = world.bug === 'sets-back' ? openPage(terminal, of).from : page.from;
  const content = {
    // What was ended is to be seen again.
    ...contentOf(recordOf(of)),
    body: { ...(page.content.body as object), [field]: textOf(world) },
  };
  const id = idOf(of);
  const answer = editingOf(world, terminal).save(LI, { id, content, stamp, from });
  pages.delete(of);
  // Whoever is told that the draft is another's, or none any more, leaves it so.
  if (answer.state === 'newer') return;
  page.typed.add(field);
  const typed = page.from === undefined ? [] : wordsIn(page.from.body, [...page.typed]);
  drafts.set(of, new Set([...(drafts.get(of) ?? []), ...typed]));
  if (publishes) publish(world, terminal, of, answer.stamp);
  else pages.set(of, { ...page, content, stamp: answer.stamp });
}

/** Publishes a draft; its writer decides at once what others changed meanwhile, with both sides on the page. */
function publish(world: World, terminal: Terminal, of: Name, stamp: number): void {
  const id = idOf(of);
  const { db, cache, drafts } = terminal;
  const editing = editingOf(world, terminal);
  const before = versionsOf(db, id).length;
  const answer = editing.publish(LI, id, stamp);
  if (answer.state === 'faults') throw new Error(`not published: ${JSON.stringify(answer)}`);
  if (answer.state === 'changed' || answer.state === 'gone') {
    const fields = answer.state === 'changed' ? answer.fields.map(({ field }) => field) : [];
    const seen = wordsOf(storedRecord(cache, { id, scope: STATION }), FIELDS);
    drafts.set(of, new Set([...(drafts.get(of) ?? []), ...seen]));
    const { draft } = editing.rebase(LI, id, [WHOLE_RECORD, ...fields]);
    publish(world, terminal, of, draft?.stamp ?? 0);
    return;
  }
  const last = versionsOf(db, id);
  if (last.length > before) noteMade(world, terminal, of, [...(drafts.get(of) ?? [])]);
  drafts.delete(of);
}

/** The newest publication is this terminal's to keep, and replaced these words with their eyes open. */
function noteMade(world: World, terminal: Terminal, of: Name, words: readonly string[]): void {
  const { operation } = versionsOf(terminal.db, idOf(of)).at(-1) ?? { operation: '' };
  terminal.made.add(operation);
  see(world, operation, words);
}

/** Opens a notice, changes one field and publishes. */
function edit(world: World, terminal: Terminal, of: Name, field: (typeof FIELDS)[number]): void {
  terminal.pages.delete(of);
  write(world, terminal, { name: of, field, publishes: true });
}

/** Takes away, or brings back what was before the last publication: never over somebody's draft. */
function takeBack(
  world: World,
  terminal: Terminal,
  of: Name,
  work: (editing: ReturnType<typeof editingOf>, id: string) => void,
): void {
  const id = idOf(of);
  const { db, cache } = terminal;
  if (world.bug === 'drops-drafts') run(db, sql`delete from edit_draft where id = ${id}`);
  const shown = storedRecord(cache, { id, scope: STATION });
  const before = versionsOf(db, id).length;
  try {
    work(editingOf(world, terminal), id);
  } catch (error) {
    if (!(error instanceof StationError)) throw error;
  }
  if (terminal.drafts.has(of) && draftOf(db, id) === undefined)
    throw new Error(`${terminal.name}: a draft was thrown away unasked`);
  // What may not be published any more becomes a draft by itself.
  if (draftOf(db, id) !== undefined && !terminal.drafts.has(of))
    terminal.drafts.set(of, new Set(wordsOf(shown, FIELDS)));
  if (versionsOf(db, id).length > before) noteMade(world, terminal, of, wordsOf(shown, FIELDS));
}

function withdraw(world: World, terminal: Terminal, of: Name): void {
  takeBack(world, terminal, of, (editing, id) => editing.withdraw(LI, id));
}

function undo(world: World, terminal: Terminal, of: Name): void {
  takeBack(world, terminal, of, (editing, id) => {
    const { seq = 0 } = versionsOf(terminal.db, id).at(-1) ?? {};
    editing.restore(LI, { id, seq, side: 'before' });
  });
}

/**
 * What both sides have is taken away and brought back, before the district heard of it or, `isLate`, before the feed told of it. Nobody
 * else was there: it is for nobody to decide, and what the office changes next is shown as soon as the feed brings it.
 */
async function changeMind(world: World, terminal: Terminal, of: Name, isLate: boolean) {
  const { db, cache } = terminal;
  const id = idOf(of);
  const isQuiet = () =>
    draftOf(db, id) === undefined && openVersions(db).every((version) => version.id !== id);
  edit(world, terminal, of, 'title');
  await push(world, terminal, 'well');
  pull(world, terminal);
  const before = sourceRecord(cache, { id, scope: STATION });
  const isCalm = isQuiet() && before !== undefined;
  withdraw(world, terminal, of);
  if (isLate) await push(world, terminal, 'well');
  undo(world, terminal, of);
  if (!isCalm) return;
  if (world.bug === 'undoes-into-nothing') changesWhatIsGone(terminal, of, before);
  await pushAll(world, terminal);
  const { state } = versionsOf(db, id).at(-1) ?? {};
  if (state !== 'taken')
    throw new Error(`${terminal.name}: what was withdrawn and brought back is ${state}`);
  const record = world.district.state().records.get(id);
  if (record === undefined) throw new Error(`${terminal.name}: what was brought back is gone`);
  see(world, 'office', wordsOf(record, FIELDS));
  world.serial += 1;
  const body = { ...(record.body as object), text: textOf(world) };
  world.district.publish({ ...record, body });
  pull(world, terminal);
  const shown = storedRecord(cache, { id, scope: STATION });
  if (JSON.stringify(shown?.body) !== JSON.stringify(body))
    throw new Error(
      `${terminal.name}: what the office changed is not shown after an undone withdrawal`,
    );
}

/** The planted bug: the edit names the version that was taken away. */
function changesWhatIsGone({ db }: Terminal, of: Name, { version }: ContentRecord): void {
  const { operation = '', action } = versionsOf(db, idOf(of)).at(-1) ?? {};
  if (action !== 'create') return;
  run(
    db,
    sql`update outbox set payload = json_set(payload, '$.baseVersion', ${version}) where id = ${operation}`,
  );
}

const HOUR_MS = 3_600_000;

/** The planted bug: until the district's content was looked at for an hour, an undone withdrawal and what came after it stand. */
function awaitsWithdrawals(world: World, terminal: Terminal): void {
  const { db, cache } = terminal;
  for (const of of NAMES) {
    const versions = versionsOf(db, idOf(of));
    const first = versions.findIndex(
      ({ action, state, at: made }) =>
        action === 'withdraw' && state === 'settled' && world.clock.now - made < HOUR_MS,
    );
    if (first === -1 || sourceRecord(cache, { id: idOf(of), scope: STATION }) === undefined)
      continue;
    for (const { operation, outcome, state } of versions.slice(first))
      if (state === 'settled') setState(db, operation, 'taken', outcome, world.clock.now);
  }
  layWithoutSettling(terminal);
}

/** Brings what the feed has into the cache, as `apply-division.ts` does it, and what follows from it. */
function pull(world: World, terminal: Terminal): void {
  const { bug, district, clock } = world;
  const { cache } = terminal;
  clock.now += LOOK_MS;
  const { records } = district.state();
  transaction(cache, () => {
    for (const of of ALL) {
      const record = records.get(idOf(of));
      if (record !== undefined) putRecord(cache, record);
      else if (bug !== 'ignored-delete') removeRecord(cache, { id: idOf(of), scope: STATION });
    }
    const [epoch, sequence] = [district.epoch(), district.state().version];
    const known = appliedDivision(cache, STATION);
    // As from the real feed: without a change nothing is applied.
    if (known?.epoch !== epoch || known.sequence !== sequence)
      noteApplied(
        cache,
        STATION,
        { epoch, sequence, digest: reckonedDigest(cache, STATION) },
        clock.now,
      );
  });
  const epoch = district.epoch();
  const isReset = terminal.epoch !== epoch;
  if ((isReset && bug !== 'no-resend') || bug === 'reset-loop') sendAgain(terminal.db);
  if (isReset && bug === 'reset-empties') run(terminal.db, sql`delete from outbox`);
  terminal.epoch = epoch;
  if (bug === 'not-laid') return;
  layEdits(placeOf(world, terminal));
  if (bug === 'withdrawal-stands') {
    run(
      terminal.db,
      sql`update edit_state set state = 'taken' where state = 'settled' and operation in (
            select operation from edit_version where action = 'withdraw' and id in (${[...records.keys()]}))`,
    );
    layWithoutSettling(terminal);
  }
  if (bug === 'undone-withdrawal-awaited') awaitsWithdrawals(world, terminal);
  if (bug === 'never-settles') {
    run(terminal.db, sql`update edit_state set state = 'taken' where state = 'settled'`);
    layWithoutSettling(terminal);
  }
}

function layWithoutSettling(terminal: Terminal): void {
  const byId = Map.groupBy(openVersions(terminal.db), ({ id }) => id);
  const records = [...byId].map(([id, versions]) => ({
    ...{ id, scope: STATION },
    shown: shownRecord(
      sourceRecord(terminal.cache, { id, scope: STATION }),
      versions.map(standingEdit),
    ),
  }));
  layLocal(terminal.cache, records);
}

async function pushAll(world: World, terminal: Terminal): Promise<void> {
  for (let batch = 0; batch < 4; batch += 1) await push(world, terminal, 'well');
}

/** Terminals that wait for an answer for ever. */
const wedged = new WeakSet<Terminal>();

async function push(world: World, terminal: Terminal, fate: Fate): Promise<void> {
  const { bug, clock } = world;
  const { db } = terminal;
  if (wedged.has(terminal)) return;
  if (bug === 'wedges' && (fate === 'lost' || fate === 'answer-lost')) wedged.add(terminal);
  if (bug === 'cursor-before-answer') {
    const waiting = all<{ id: string }>(db, WAITING).map(({ id }) => ({
      id,
      status: 'applied' as const,
    }));
    if (fate !== 'well') takeResults(db, waiting, clock.now);
  }
  if (bug === 'new-ids')
    run(
      db,
      sql`update outbox set id = lower(hex(randomblob(4))) || '-0000-4000-8000-' || lower(hex(randomblob(6))) where type = 'queue-day' and id not in (select id from outbox_answer)`,
    );
  const signer = { terminal: terminal.name, key: KEY, now: () => clock.now };
  const link = linkWith(world, terminal, fate);
  const answered = () => void layEdits(placeOf(world, terminal));
  const heed = (epoch: string | undefined) => {
    if (bug !== 'no-resend') heedServer(db, epoch, clock.now);
  };
  try {
    await pushOnce({ db, link, signer, pace: terminal.pace, heed, answered });
  } catch (error) {
    if (!(error instanceof Error) || !error.message.includes('died')) throw error;
  } finally {
    db.write.exec('drop trigger if exists temp.dies');
  }
  if (fate === 'twice') await push(world, terminal, 'well');
  noteAnswers(world, terminal);
}

const WAITING = sql`select id from outbox where id not in (select id from outbox_answer)`;

function linkWith(world: World, terminal: Terminal, fate: Fate): DistrictLink {
  const { district, bug } = world;
  return {
    request: async (request) => {
      if (fate === 'lost') return { state: 'unreachable' };
      const before = new Map(district.state().records);
      const reply = await district.link.request(request);
      assertNothingOverwritten(terminal.name, request.body, before, district);
      if (reply.state === 'answered') assertEffects(request.body, reply.body, district);
      if (fate === 'answer-lost' || fate === 'twice') return { state: 'unreachable' };
      if (fate === 'dies-writing') {
        if (bug === 'no-transaction') answersAlone(terminal, reply);
        terminal.db.write.exec(
          "create temp trigger dies before insert on edit_state begin select raise(abort, 'died'); end",
        );
      }
      if (bug === 'conflict-stays' && reply.state === 'answered') return withoutConflicts(reply);
      return reply;
    },
  };
}

interface Answer {
  readonly results: readonly {
    readonly id: string;
    readonly status: string;
    readonly version?: number;
  }[];
}

/** The planted bug: answers in a transaction of their own, before what follows from them. */
function answersAlone({ db }: Terminal, reply: Reply): void {
  if (reply.state !== 'answered') return;
  for (const { id, status } of (reply.body as Answer).results)
    run(
      db,
      sql`insert or ignore into outbox_answer (id, status, answered_at) values (${id}, ${status}, 0)`,
    );
}

function withoutConflicts(reply: Extract<Reply, { state: 'answered' }>): Reply {
  const body = reply.body as Answer & { readonly now: string };
  const results = body.results.map((result) =>
    result.status === 'conflict'
      ? { id: result.id, status: 'merged', version: result.version }
      : result,
  );
  return { state: 'answered', body: { now: body.now, results } };
}

function operationsIn(
  body: string,
): { id: string; type: string; body: { record?: { id: string }; baseVersion?: number } }[] {
  return (JSON.parse(body) as { operations: ReturnType<typeof operationsIn> }).operations;
}

/** Nobody's withdrawal takes away what somebody else changed after it was seen. */
function assertNothingOverwritten(
  by: string,
  body: string,
  before: ReadonlyMap<string, ContentRecord>,
  district: FakeDistrict,
): void {
  const { records } = district.state();
  const operations = operationsIn(body);
  for (const { type, body: order } of operations) {
    const id = order.record?.id ?? '';
    const was = before.get(id);
    if (type !== 'content-withdraw' || was === undefined || records.has(id)) continue;
    const isAlone = operations.filter((one) => one.body.record?.id === id).length === 1;
    if (isAlone && district.othersChanged(id, order.baseVersion ?? 0, by))
      throw new Error(`${id} was taken away unseen`);
  }
}

/** What is answered as applied had its effect, once. */
function assertEffects(body: string, answer: unknown, district: FakeDistrict): void {
  const edits = new Set(
    operationsIn(body)
      .filter(({ type }) => type === 'content-edit')
      .map(({ id }) => id),
  );
  for (const { id, status } of (answer as Answer).results)
    if (edits.has(id) && (status === 'applied' || status === 'merged')) {
      const effects = district.state().effects.get(id) ?? 0;
      if (effects !== 1) throw new Error(`an edit answered as ${status} had ${effects} effects`);
    }
}

function noteAnswers({ answers, district }: World, { db }: Terminal): void {
  const { results } = district.state();
  for (const { id } of all<{ id: string }>(db, sql`select id from outbox_answer`)) {
    const status = results.get(id)?.status;
    if (status !== undefined) answers.set(id, status);
  }
}

/** What a station took away does not come back to its visitors, and what it brought back does not vanish, on its way either. */
function assertOwnHolds({ district }: World, { db, cache, name: of }: Terminal): void {
  for (const name of NAMES) {
    const last = versionsOf(db, idOf(name)).at(-1);
    if (last === undefined || !['taken', 'settled'].includes(last.state)) continue;
    const isThere = storedRecord(cache, { id: idOf(name), scope: STATION }) !== undefined;
    const isPublished = district.state().records.has(idOf(name));
    if (last.action === 'withdraw' && isThere && !isPublished)
      throw new Error(`${of}: ${name} was withdrawn and is back`);
    if (last.action !== 'withdraw' && !isThere && isPublished)
      throw new Error(`${of}: ${name} is published and has vanished`);
  }
}

/** After the last fault everything is where it belongs. */
function assertAtRest(
  { district, answers, isRestored }: World,
  { db, cache, made, name: of }: Terminal,
): void {
  const { waiting } = outboxState(db);
  if (waiting > 0) throw new Error(`${of}: ${waiting} operations still wait`);
  const { facts, effects, records } = district.state();
  const kinds = all<{ id: string; type: string }>(db, sql`select id, type from outbox`);
  const types = new Map(kinds.map(({ id, type }) => [id, type]));
  for (const id of made) {
    const type = types.get(id);
    if (type === undefined) throw new Error(`${of}: an operation is gone from the outbox`);
    const count = facts.get(id) ?? 0;
    const status = answers.get(id);
    const isIn = status === 'applied' || status === 'merged';
    if (type === 'content-edit' && isIn && (effects.get(id) ?? 0) !== 1)
      throw new Error(`${of}: an edit that was taken is gone from the district`);
    if (type === 'queue-day' && count !== 1)
      throw new Error(`${of}: a fact arrived ${count} times`);
  }
  const open = openVersions(db);
  for (const { operation, state } of open) {
    if (state === 'waiting') throw new Error(`${of}: an edit waits although it was answered`);
    if (state === 'taken') throw new Error(`${of}: an edit never settles`);
    if (answers.get(operation) === 'applied')
      throw new Error(`${of}: an applied edit is in ${state}`);
  }
  const decided = new Set(
    open.filter(({ state }) => state === 'conflict').map(({ operation }) => operation),
  );
  const closed = all<{ operation: string }>(
    db,
    sql`select operation from edit_state where state = 'closed'`,
  );
  for (const { operation } of closed) decided.add(operation);
  for (const [operation, status] of answers)
    if (status === 'conflict' && made.has(operation) && !decided.has(operation))
      throw new Error(`${of}: nobody is told of a conflict`);
  const asked = openVersions(db).filter(({ state }) => state === 'conflict');
  for (const [, operation] of district.state().conflicts)
    if (made.has(operation) && !isRestored && !asked.some((one) => one.operation === operation))
      throw new Error(`${of}: a conflict that was decided here stays open at the district`);
  for (const record of ALL) {
    const shown = storedRecord(cache, { id: idOf(record), scope: STATION });
    const published = records.get(idOf(record));
    if (JSON.stringify(shown?.body) !== JSON.stringify(published?.body))
      throw new Error(`${of}: what is shown of ${record} is not what is published`);
  }
}

/**
 * Nobody's words vanish in silence: what an editor wrote is published, or somebody replaced it who had it on the screen, or
 * its edit is for a person to decide, or was decided. So of two edits of a field that began from the same words one counts, and
 * the other is a conflict, whichever came first.
 */
function assertNoWordsLost({ district, seen }: World, { db, name: of }: Terminal): void {
  const { records, results } = district.state();
  const published = new Set(NAMES.flatMap((name) => wordsOf(records.get(idOf(name)), FIELDS)));
  const knowingly = new Set(seen.get('office'));
  for (const [operation, { status }] of results)
    if (status === 'applied' || status === 'merged')
      for (const words of seen.get(operation) ?? []) knowingly.add(words);
  const versions = NAMES.flatMap((name) => versionsOf(db, idOf(name)));
  for (const { operation, changes, state } of versions) {
    if (state === 'conflict' || state === 'refused' || state === 'closed') continue;
    const written = changes.flatMap(({ field, to }) =>
      typeof to === 'string' && FIELDS.some((one) => field === `/body/${one}`) ? [to] : [],
    );
    for (const words of written)
      if (!published.has(words) && !knowingly.has(words))
        throw new Error(`${of}: what ${operation} wrote is gone, and nobody decided it`);
  }
}

/** What a station added to the list is there unless somebody took it out or decides it; what was taken out does not come back. */
function assertListKept(
  { district, dropped, isRestored }: World,
  { db, name: of }: Terminal,
): void {
  const published = new Set(
    itemsIn(district.state().records.get(idOf(LISTED))).map((item) => item.id),
  );
  for (const { operation, changes, state } of versionsOf(db, idOf(LISTED))) {
    if (state === 'conflict') throw new Error(`${of}: ${operation} met others in a list`);
    if (state !== 'settled' && state !== 'taken') continue;
    const order = changes.find(({ field }) => field === '/body/items/#');
    const [before, after] = [order?.from, order?.to].map((ids) => new Set(ids as string[]));
    for (const id of after ?? [])
      if (!before?.has(id) && !published.has(id) && !dropped.has(id))
        throw new Error(`${of}: ${id} was added to the list and is gone`);
    // After a restored backup an addition may come again later than the removal.
    for (const id of before ?? [])
      if (!after?.has(id) && published.has(id) && !isRestored)
        throw new Error(`${of}: ${id} was taken out of the list and is back`);
  }
}
