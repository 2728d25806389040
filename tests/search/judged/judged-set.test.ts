import { expect, test } from 'vitest';
import type { SynonymBody } from '#shared/content/kinds/synonym.ts';
import { chineseNumber } from '#shared/laws/chinese-number.ts';
import { PROFILES, type ProfileId, shippedPack } from '../../real-content.ts';
import { heldOutQueries, type JudgedAnswer, judgedQueries, QUERY_KINDS } from './judged-set.ts';
import { type LawCopy, lawFolder, readLawCopy } from './law-copy.ts';

const QUERIES = judgedQueries();
const HELD_OUT = heldOutQueries();
const LAWS = lawFolder();

/** Fewer of a kind would let one odd query move its figure by more than four in a hundred. */
const LEAST_OF_A_KIND = 25;
const LEAST_ARTICLES = 80;

test('every answer that is a record stands in the pack of its profile', () => {
  const records = new Map(PROFILES.map((id) => [id, recordsOf(id)]));
  const missing = [...QUERIES, ...HELD_OUT].flatMap(({ query, profile, answers }) =>
    answers
      .filter((answer) => answer.kind !== 'law-article')
      .map((answer) => `${answer.kind} ${answer.id}`)
      .filter((record) => !records.get(profile)?.has(record))
      .map((record) => `${query} (${profile}): ${record}`),
  );
  expect(missing).toEqual([]);
});

test.runIf(LAWS !== undefined)('every answer that is an article stands in the newest text', () => {
  const copy = readLawCopy(LAWS ?? '');
  const missing = [...QUERIES, ...HELD_OUT].flatMap(({ query, answers }) =>
    answers.filter((answer) => !hasArticle(copy, answer)).map((answer) => ({ query, answer })),
  );
  expect(missing).toEqual([]);
});

test.runIf(LAWS !== undefined)(
  'every article that a synonym names stands in the newest text',
  () => {
    const copy = readLawCopy(LAWS ?? '');
    const names = shippedPack('wuhua').records.flatMap(({ record }) =>
      record.kind === 'synonym' ? ((record.body as SynonymBody).legal ?? []) : [],
    );
    const named = names.flatMap((name) => {
      const [, law = '', article = ''] = /^(.+)第(\d+条?(?:之.)?)$/u.exec(name) ?? [];
      return law === ''
        ? []
        : [{ law: `中华人民共和国${law}`, article: article.replace('条', '') }];
    });
    expect(named.length).toBeGreaterThan(600);
    const missing = named.filter((one) => !hasArticle(copy, { kind: 'law-article', ...one }));
    expect(missing).toEqual([]);
  },
);

test('no query is asked twice of one place, or begins or ends with a space', () => {
  const asked = QUERIES.map(({ query, profile }) => `${profile}: ${query}`);
  expect(asked.filter((query, index) => asked.indexOf(query) !== index)).toEqual([]);
  expect(QUERIES.filter(({ query }) => query !== query.trim())).toEqual([]);
});

test('no query is held out and judged', () => {
  const judged = new Set(QUERIES.map(({ query, profile }) => `${profile}: ${query}`));
  const held = HELD_OUT.map(({ query, profile }) => `${profile}: ${query}`);
  expect(held.filter((query, at) => judged.has(query) || held.indexOf(query) !== at)).toEqual([]);
  expect(HELD_OUT.length).toBeGreaterThanOrEqual(100);
});

test('no query names an answer twice', () => {
  const twice = QUERIES.filter(
    ({ answers }) => new Set(answers.map((answer) => JSON.stringify(answer))).size < answers.length,
  );
  expect(twice).toEqual([]);
});

test('there are enough queries of every kind', () => {
  for (const kind of QUERY_KINDS) {
    const count = QUERIES.filter((query) => query.kind === kind).length;
    expect(count, kind).toBeGreaterThanOrEqual(LEAST_OF_A_KIND);
  }
  expect(QUERIES.length).toBeGreaterThanOrEqual(360);
});

test('every guide and every frequent question of the starter pack is asked for', () => {
  const answered = new Set(QUERIES.flatMap(({ answers }) => answers.map(nameOf)));
  const wanted = [...recordsOf('wuhua')].filter((record) => /^(service|faq) /.test(record));
  expect(wanted.filter((record) => !answered.has(record))).toEqual([]);
});

test('queries for statutes ask for many different articles and for nothing else', () => {
  const answers = QUERIES.filter(({ kind }) => kind === 'article').flatMap(
    (query) => query.answers,
  );
  expect(answers.filter((answer) => answer.kind !== 'law-article')).toEqual([]);
  expect(new Set(answers.map(nameOf)).size).toBeGreaterThanOrEqual(LEAST_ARTICLES);
});

function recordsOf(profile: ProfileId): Set<string> {
  return new Set(shippedPack(profile).records.map(({ record }) => `${record.kind} ${record.id}`));
}

function nameOf(answer: JudgedAnswer): string {
  return answer.kind === 'law-article'
    ? `${answer.law} ${answer.article}`
    : `${answer.kind} ${answer.id}`;
}

function hasArticle(copy: LawCopy, answer: JudgedAnswer): boolean {
  if (answer.kind !== 'law-article') return true;
  const [number = '', inserted] = answer.article.split('之');
  const printed = `第${chineseNumber(Number(number))}条${inserted === undefined ? '' : `之${inserted}`}`;
  return copy.get(answer.law)?.has(printed) ?? false;
}
