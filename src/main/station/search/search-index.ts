import type { ContentRecord } from '#shared/content/envelope.ts';
import type { StationBody } from '#shared/content/kinds/station.ts';
import { NATIONAL_SCOPE } from '#shared/content/scope.ts';
import { type SearchKind, searchKindSchema } from '#shared/contract/search.ts';
import type { Profile } from '#shared/profile/profile.ts';
import { fold } from '#shared/search/fold-text.ts';
import { gramsOf } from '#shared/search/grams.ts';
import { soundGrams } from '#shared/sound/sound-grams.ts';
import { type DivisionNames, NamingError, outletName } from '#shared/stations/naming.ts';
import {
  all,
  first,
  type ReadableDb,
  run,
  sql,
  transaction,
  type WritableDb,
} from '../store/sql.ts';
import { lawDocument, lawPartDocuments, lawParts } from './law-documents.ts';
import { documentOf, type IndexContext, type SearchDocument } from './search-document.ts';

/** Counted up when documents are made otherwise than before: an older index is made anew. */
const INDEX_RULES = '2';

/** Documents of a kind have the numbers from `kind's place × BAND`. */
const BAND = 2 ** 40;

/** Up to so many changes are indexed with the content itself; more are left to `catchUp`. */
const LITTLE = 100;

/** The numbers that documents of a kind have, both ends included. */
export function bandOf(kind: SearchKind): readonly [number, number] {
  const from = (searchKindSchema.options.indexOf(kind) + 1) * BAND;
  return [from, from + BAND - 1];
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
    sql`select owner, scope, title from search_doc where kind = 'station'`,
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
  // Parts of laws come first: what is begun is brought to an end.
  const waiting = all<Pending>(
    db,
    sql`select source, owner, part from search_pending order by source = 'law-part' desc limit ${limit}`,
  );
  let room = DOCUMENTS_OF_STEP;
  for (const pending of waiting) {
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

/** So many documents and no more are made before other work has its turn. */
const DOCUMENTS_OF_STEP = 60;

/** Replaces what the index has of an owner by what it is now; returns how many documents that are. */
function indexOwner(db: WritableDb, pending: Pending, context: IndexContext): number {
  const { source, owner, part } = pending;
  if (source !== 'law-part') dropDocuments(db, owner, source === 'law' ? NATIONAL_SCOPE : part);
  if (source === 'law')
    for (const position of lawParts(db, owner))
      run(
        db,
        sql`insert or ignore into search_pending (source, owner, part) values ('law-part', ${owner}, ${String(position)})`,
      );
  const documents = documentsOf(db, pending, context);
  for (const document of documents) insertDocument(db, document);
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
  const row = first<{ envelope: string }>(
    db,
    sql`select envelope from record where id = ${owner} and scope = ${part}`,
  );
  const document =
    row === undefined ? undefined : documentOf(JSON.parse(row.envelope) as ContentRecord, context);
  return document === undefined ? [] : [document];
}

function dropDocuments(db: WritableDb, owner: string, scope: string): void {
  for (const { doc } of all<{ doc: number }>(
    db,
    sql`select doc from search_doc where owner = ${owner} and scope = ${scope}`,
  )) {
    for (const table of ['search_head', 'search_body'])
      db.write.prepare(`delete from ${table} where rowid = ?`).run(doc);
    run(db, sql`delete from search_citation where doc = ${doc}`);
    run(db, sql`delete from search_doc where doc = ${doc}`);
  }
}

/** Whether everything that can be read can be found. */
export function isCaughtUp(db: ReadableDb): boolean {
  return first(db, sql`select 1 from search_pending limit 1`) === undefined;
}

/** Makes the index anew when this program makes documents otherwise than the one that filled it. */
export function assureIndexRules(db: WritableDb): void {
  const known = first<{ version: string }>(db, sql`select version from search_rules`);
  if (known?.version === INDEX_RULES) return;
  transaction(db, () => {
    for (const table of ['search_head', 'search_body'])
      db.write.prepare(`insert into ${table} (${table}) values ('delete-all')`).run();
    for (const table of ['search_doc', 'search_citation', 'search_rules'])
      db.write.prepare(`delete from ${table}`).run();
    run(
      db,
      sql`insert or ignore into search_pending (source, owner, part) select 'record', id, scope from record`,
    );
    run(db, sql`insert into search_rules (version) values (${INDEX_RULES})`);
  });
}

function insertDocument(db: WritableDb, document: SearchDocument): void {
  const doc = nextNumber(db, document.kind);
  const { kind, id, scope, shownIn, effectiveFrom, validUntil, law, article, extra } = document;
  run(
    db,
    sql`insert into search_doc (doc, kind, id, scope, owner, shown_in, effective_from, valid_until, law, article, title, words, extra, body)
        values (${doc}, ${kind}, ${id}, ${scope}, ${document.owner}, ${shownIn}, ${effectiveFrom}, ${validUntil ?? null}, ${law ?? null}, ${article ?? null},
                ${document.title}, ${JSON.stringify(document.words)}, ${JSON.stringify(extra)}, ${document.body})`,
  );
  insertTokens(db, doc, document);
  for (const [position, citation] of document.citations.entries())
    run(
      db,
      sql`insert into search_citation (doc, position, law, article) values (${doc}, ${position}, ${citation.law}, ${citation.article})`,
    );
}

/** The name of an article's law is left out: it would stand in the index once for each article. */
function insertTokens(db: WritableDb, doc: number, document: SearchDocument): void {
  const isArticle = document.kind === 'law-article';
  const title = isArticle ? '' : fold(document.title);
  const words = fold(document.words.join(' | '));
  const sounds = isArticle ? undefined : soundGrams(`${title} ${words}`);
  run(
    db,
    sql`insert into search_head (rowid, title, words, syllables, initials)
        values (${doc}, ${gramsOf(title)}, ${gramsOf(words)}, ${sounds?.syllables ?? ''}, ${sounds?.initials ?? ''})`,
  );
  run(
    db,
    sql`insert into search_body (rowid, body) values (${doc}, ${gramsOf(fold(document.body))})`,
  );
}

function nextNumber(db: WritableDb, kind: SearchKind): number {
  const [from, to] = bandOf(kind);
  const last = first<{ last: number | null }>(
    db,
    sql`select max(doc) as last from search_doc where doc between ${from} and ${to}`,
  )?.last;
  return (last ?? from) + 1;
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
