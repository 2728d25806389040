import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

/** Ways in which people ask; one or more files beside this one each. */
export const QUERY_KINDS = [
  'pinyin',
  'initials',
  'mixed',
  'typo',
  'everyday',
  'short',
  'article',
  'name',
  'phone',
  'title',
  'long',
  'question',
] as const;

/** The number as a law prints it, in digits: 1079, or 133之一 for 第一百三十三条之一. */
const articleNumberSchema = z.string().regex(/^[1-9]\d{0,3}(之[一二三四五六七八九十])?$/);

const answerSchema = z.union([
  z.strictObject({
    kind: z.literal('law-article'),
    /** The title in the first line of the text: 中华人民共和国民法典. */
    law: z.string(),
    article: articleNumberSchema,
  }),
  z.strictObject({
    kind: z.enum([
      'service',
      'faq',
      'person',
      'station',
      'grid',
      'hotline',
      'form-sample',
      'notice',
      'article',
      'legal-case',
      'media',
    ]),
    id: z.string(),
  }),
]);
export type JudgedAnswer = z.infer<typeof answerSchema>;

const querySchema = z.strictObject({
  query: z.string().min(1).max(200),
  kind: z.enum(QUERY_KINDS),
  /** Whose people, places and numbers are meant. */
  profile: z.enum(['wuhua', 'bozhou', 'xigu', 'jilin', 'changzhou']).default('wuhua'),
  answers: z.array(answerSchema).min(1),
});
export type JudgedQuery = z.infer<typeof querySchema>;

/** The whole judged set, by file name and then as written. Throws when a file has another shape. */
export function judgedQueries(): JudgedQuery[] {
  return queriesIn(import.meta.dirname);
}

/** Queries that nobody tunes the search to. */
export function heldOutQueries(): JudgedQuery[] {
  return heldOutSets().flatMap(({ queries }) => queries);
}

const SETS = [
  'held-out',
  'second',
  'third',
  'fourth',
  'fifth',
  'sixth',
  'seventh',
  'eighth',
  'stories',
  'ninth',
  'tenth',
];

/** The same, by the set that each belongs to, the oldest first. */
export function heldOutSets(): { name: string; queries: JudgedQuery[] }[] {
  const folder = join(import.meta.dirname, '..', 'held-out');
  return SETS.map((name) => ({
    name,
    queries: queriesOf(join(folder, `${name}.json`)),
  }));
}

function queriesIn(folder: string): JudgedQuery[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .sort()
    .flatMap((name) => queriesOf(join(folder, name)));
}

function queriesOf(path: string): JudgedQuery[] {
  return z.array(querySchema).parse(JSON.parse(readFileSync(path, 'utf8')));
}
