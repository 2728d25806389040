import type { ContentRecord } from '#shared/content/envelope.ts';
import type { StationBody } from '#shared/content/kinds/station.ts';
import { NATIONAL_SCOPE } from '#shared/content/scope.ts';
import type { Profile } from '#shared/profile/profile.ts';
import { compact, fold } from '#shared/search/fold-text.ts';
import { gramsOf } from '#shared/search/grams.ts';
import { soundGrams } from '#shared/sound/sound-grams.ts';
import { type DivisionNames, NamingError, outletName } from '#shared/stations/naming.ts';
import { storedRecord } from '../content/content-store.ts';
import {
  all,
  first,
  type ReadableDb,
  run,
  sql,
  transaction,
  type WritableDb,
} from '../store/sql.ts';
import { nextNumber, slotOf } from './document-number.ts';
import { lawDocument, lawPartDocuments, lawParts, mostNeededLaw } from './law-documents.ts';
import { documentOf, type IndexContext, type SearchDocument } from './search-document.ts';

/** Counted up when documents are made otherwise than before: an older index is made anew. */
const INDEX_RULES = '7';

/** Up to so many changes are indexed with the content itself; more are left to `catchUp`. */
const LITTLE = 100;

/** Notes each record that comes. */
export const NOTING = 'search_record_added';

/** Notes all records of a division at once, in a third of the time that `NOTING` takes when it notes each. */
export function noteDivision(db: WritableDb, division: string): void {
  run(
    db,
    sql`insert or ignore into search_pending (source, owner, part)
        select 'record', id, scope from record where scope = ${division} or scope glob ${`${division}-*`}`,
  );
}

/** How documents are made for a deployment. */
export function indexContext(settings: {
  readonly profile: Profile;
  readonly divisions: DivisionNames;
}): IndexContext {
  return { outletName: (outlet) => nameOrCode(settings, outlet) };
}

/** Notes outlets whose name in the index is no longer the one that the profile gives them. */
export function noteRenamedOutlets(
  db: WritableDb,
  outlets: readonly ContentRecord[],
  context: IndexContext,
): void {
  const titles = all<{ owner: string; scope: string; title: string }>(
    db,
    sql`select d.owner, d.scope, t.title from search_doc d join search_text t using (doc) where kind = 'station'`,
  );
  const known = new Map(titles.map(({ owner, scope, title }) => [`${owner} ${scope}`, title]));
  for (const { id, scope, body } of outlets)
    if (known.get(`${id} ${scope}`) !== context.outletName(body as StationBody))
      run(
        db,
        sql`insert or ignore into search_pending (source, owner, part) values ('record', ${id}, ${scope})`,
      );
}

/**
 * Indexes what changed, when it is little, in the transaction of the change (invariant 3): what can be read can be found.
 * After a mass load it does nothing: content is readable first, and `catchUp` follows in small steps.
 */
export function catchUpIfLittle(db: WritableDb, context: IndexContext): void {
  const waiting = first<{ count: number }>(db, sql`select count(*) as count from search_pending`);
  if ((waiting?.count ?? 0) <= LITTLE) indexWaiting(db, context, LITTLE);
}

/** Indexes up to `limit` of what waits, in one transaction; true when none is left. */
export function catchUp(db: WritableDb, context: IndexContext, limit: number): boolean {
  return transaction(db, () => {
    indexWaiting(db, context, limit);
    return isCaughtUp(db);
  });
}

function indexWaiting(db: WritableDb, context: IndexContext, limit: number): void {
  let room = DOCUMENTS_OF_STEP;
  for (const pending of nextWaiting(db, limit)) {
    if (room <= 0) return;
    const { source, owner, part } = pending;
    run(
      db,
      sql`delete from search_pending where source = ${source} and owner = ${owner} and part = ${part}`,
    );
    room -= indexOwner(db, pending, context);
  }
}

interface Pending {
  readonly source: 'record' | 'law' | 'law-part';
  readonly owner: string;
  readonly part: string;
}

/** What is begun is brought to an end; then records, which say what laws people need; then laws, the most needed first. */
function nextWaiting(db: ReadableDb, limit: number): Pending[] {
  for (const source of ['law-part', 'record'] as const) {
    const waiting = all<Pending>(
      db,
      sql`select source, owner, part from search_pending where source = ${source} limit ${limit}`,
    );
    if (waiting.length > 0) return waiting;
  }
  const owner = mostNeededLaw(db);
  if (owner !== undefined) return [{ source: 'law', owner, part: '' }];
  return all<Pending>(db, sql`select source, owner, part from search_pending limit ${limit}`);
}

/** So many documents and no more are made before other work has its turn. */
const DOCUMENTS_OF_STEP = 60;

/** Replaces what the index has of an owner by what it is now; returns how many documents that are. */
function indexOwner(db: WritableDb, pending: Pending, context: IndexContext): number {
  const { source, owner, part } = pending;
  const freed =
    source === 'law-part'
      ? new Map<string, number>()
      : dropDocuments(db, owner, source === 'law' ? NATIONAL_SCOPE : part);
  if (source === 'law')
    for (const position of lawParts(db, owner))
      run(
        db,
        sql`insert or ignore into search_pending (source, owner, part) values ('law-part', ${owner}, ${String(position)})`,
      );
  const documents = documentsOf(db, pending, context);
  for (const document of documents)
    insertDocument(db, document, freed.get(document.id) ?? freeNumber(db, document));
  return documents.length;
}

/** None when it is gone, or of a kind that nobody looks for. */
function documentsOf(
  db: ReadableDb,
  { source, owner, part }: Pending,
  context: IndexContext,
): SearchDocument[] {
  if (source === 'law') return lawDocument(db, owner);
  if (source === 'law-part') return lawPartDocuments(db, owner, Number(part));
  const record = storedRecord(db, { id: owner, scope: part });
  const document = record && documentOf(record, context);
  return document === undefined ? [] : [document];
}

/** Drops the documents of an owner; gives the numbers that they had, for those that take their place. */
function dropDocuments(db: WritableDb, owner: string, scope: string): Map<string, number> {
  const dropped = all<{ doc: number; id: string }>(
    db,
    sql`select doc, id from search_doc where owner = ${owner} and scope = ${scope}`,
  );
  for (const { doc } of dropped) for (const text of DROPPING) run(db, { text, values: [doc] });
  return new Map(dropped.map(({ id, doc }) => [id, doc]));
}

/** Wherever a document has rows. */
const DROPPING = [
  'delete from search_head where rowid = ?',
  'delete from search_body where rowid = ?',
  'delete from search_citation where doc = ?',
  'delete from search_text where doc = ?',
  'delete from search_shown where doc = ?',
  'delete from search_doc where doc = ?',
] as const;

/**
 * After a mass load: brings a few pages of the index together, so that a look need not go through many parts of it. True when
 * nothing is left to do.
 */
export function mergeSome(db: WritableDb, pages: number): boolean {
  return ['search_head', 'search_body'].every((table) => {
    const before = changesOf(db);
    db.write.prepare(`insert into ${table} (${table}, rank) values ('merge', ?)`).run(-pages);
    // FTS5 tells in this way that it had nothing to merge: its own row is the only change.
    return changesOf(db) - before < 2;
  });
}

function changesOf(db: WritableDb): number {
  return db.write.prepare<[], number>('select total_changes()').pluck().get() ?? 0;
}

/** Whether everything that can be read can be found. */
export function isCaughtUp(db: ReadableDb): boolean {
  return first(db, sql`select 1 from search_pending limit 1`) === undefined;
}

/** How much waits: records, laws, and parts of laws. */
export function countPending(db: ReadableDb): number {
  const row = first<{ count: number }>(db, sql`select count(*) as count from search_pending`);
  return row?.count ?? 0;
}

const MADE_ANEW = [
  'search_doc',
  'search_shown',
  'search_text',
  'search_law',
  'search_citation',
  'search_number',
  'search_frequent',
  'search_counted',
  'search_rules',
];

/** Makes the index anew when this program makes documents otherwise than the one that filled it. */
export function assureIndexRules(db: WritableDb): void {
  const known = first<{ version: string }>(db, sql`select version from search_rules`);
  if (known?.version === INDEX_RULES) return;
  transaction(db, () => {
    for (const table of ['search_head', 'search_body'])
      db.write.prepare(`insert into ${table} (${table}) values ('delete-all')`).run();
    for (const table of MADE_ANEW) db.write.prepare(`delete from ${table}`).run();
    run(
      db,
      sql`insert or ignore into search_pending (source, owner, part)
          select 'record', id, scope from record union all select 'law', id, '' from law`,
    );
    run(db, sql`insert into search_rules (version) values (${INDEX_RULES})`);
  });
}

function insertDocument(db: WritableDb, document: SearchDocument, doc: number): void {
  insertTexts(db, doc, document);
  insertTokens(db, doc, document);
  const { shownIn, effectiveFrom, validUntil, law, article, citations } = document;
  run(
    db,
    sql`insert into search_shown (doc, shown_in, effective_from, valid_until)
        values (${doc}, ${shownIn}, ${effectiveFrom}, ${validUntil ?? null})`,
  );
  if (law !== undefined && article !== undefined)
    run(
      db,
      sql`insert into search_law (law, first, last) values (${law}, ${doc}, ${doc})
          on conflict (law) do update set first = min(first, excluded.first), last = max(last, excluded.last)`,
    );
  for (const [position, citation] of citations.entries())
    run(
      db,
      sql`insert into search_citation (doc, position, law, article) values (${doc}, ${position}, ${citation.law}, ${citation.article})`,
    );
}

function insertTexts(db: WritableDb, doc: number, document: SearchDocument): void {
  const { kind, id, scope, owner, law, article, standing, title, words, body, extra, serves } =
    document;
  const plain = (text: string) => compact(fold(text));
  run(
    db,
    sql`insert into search_doc (doc, kind, id, scope, owner, law, article, standing, title, words, body, serves)
        values (${doc}, ${kind}, ${id}, ${scope}, ${owner}, ${law ?? null}, ${article ?? null}, ${standing},
                ${plain(title)}, ${words.map(plain).join('\n')}, ${plain(body)}, ${serves?.join(' ') ?? ''})`,
  );
  run(
    db,
    sql`insert into search_text (doc, title, words, extra, body)
        values (${doc}, ${title}, ${JSON.stringify(words)}, ${JSON.stringify(extra)}, ${body})`,
  );
}

/** The name of an article's law is left out: it would stand in the index once for each article. */
function insertTokens(db: WritableDb, doc: number, document: SearchDocument): void {
  const { kind, title, words, body } = document;
  const isArticle = kind === 'law-article';
  const head = fold((isArticle ? words : [title, ...words]).join(' | '));
  const sounds = isArticle ? '' : ` ${soundGrams(head)}`;
  run(db, sql`insert into search_head (rowid, tokens) values (${doc}, ${gramsOf(head) + sounds})`);
  run(db, sql`insert into search_body (rowid, tokens) values (${doc}, ${gramsOf(fold(body))})`);
}

function freeNumber(db: WritableDb, { kind, law }: SearchDocument): number {
  const slot = slotOf(kind, kind === 'law-article' && !isCited(db, law ?? ''));
  const known = first<{ last: number }>(
    db,
    sql`select last from search_number where slot = ${slot}`,
  );
  const doc = nextNumber(slot, known?.last);
  run(db, sql`insert or replace into search_number (slot, last) values (${slot}, ${doc})`);
  return doc;
}

function isCited(db: ReadableDb, law: string): boolean {
  return first(db, sql`select 1 from search_cited where law = ${law} and times > 0`) !== undefined;
}

/** Content is checked when it comes in; should a name be missing all the same, the outlet is found by its code. */
function nameOrCode(
  { profile, divisions }: { readonly profile: Profile; readonly divisions: DivisionNames },
  outlet: StationBody,
): string {
  try {
    return outletName(profile.naming, divisions, outlet);
  } catch (error) {
    if (!(error instanceof NamingError)) throw error;
    return outlet.code;
  }
}
