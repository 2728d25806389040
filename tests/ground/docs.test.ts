import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { envelopeSchema } from '#shared/content/envelope.ts';
import { CONTENT_KINDS } from '#shared/content/kinds/index.ts';
import { STATION_ERROR_KINDS } from '#shared/contract/errors.ts';
import { profileSchema } from '#shared/profile/profile.ts';
import { readBarePack } from '#station/packs/profile-pack.ts';

const ROOT = join(import.meta.dirname, '../..');
const WRITTEN = ['.', 'docs', 'src', 'assets', 'build', 'tests'];

/** Every Markdown file that people wrote, from the folder of the repository. */
function documents(): string[] {
  return WRITTEN.flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: folder !== '.', encoding: 'utf8' })
      .filter((name) => name.endsWith('.md'))
      .map((name) => join(folder, name)),
  );
}

const read = (file: string) => readFileSync(join(ROOT, file), 'utf8');
const content = read('docs/content.md');

/** The part of docs/content.md below a heading, up to the next of its level or above. */
function section(heading: string): string {
  const [, below = ''] = content.split(`\n${heading}`);
  const level = /^#+/.exec(heading)?.[0].length ?? 1;
  return below.split(new RegExp(`\n#{1,${level}} `))[0] ?? '';
}

interface JsonSchema {
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly items?: JsonSchema;
}

interface Field {
  readonly path: string;
  readonly must: boolean;
}

/** Fields of a schema as docs/content.md writes them: `materials[].name`. */
function fieldsOf(schema: z.ZodType): Field[] {
  const options = { unrepresentable: 'any', io: 'input' } as const;
  return fieldsBelow(z.toJSONSchema(schema, options) as JsonSchema, '');
}

function fieldsBelow({ properties = {}, required = [] }: JsonSchema, before: string): Field[] {
  return Object.entries(properties).flatMap(([name, inner]) => {
    const path = before + name;
    return [
      { path, must: required.includes(name) },
      ...fieldsBelow(inner, `${path}.`),
      ...fieldsBelow(inner.items ?? {}, `${path}[].`),
    ];
  });
}

/** What the document tells once for all kinds: ids of items, citations, opening periods. */
const TOLD_ONCE = /\[\]\.id$|[bB]asis\[\]\.|law\[\]\.|periods\[\]\./;

function tableRow({ path, must }: Field): string {
  return `| \`${path}\`${must ? ' \\*' : ''} |`;
}

describe('docs/content.md tells', () => {
  test.each(Object.values(CONTENT_KINDS).map((kind) => [kind.kind, kind] as const))(
    'every field of %s and no other',
    (name, kind) => {
      const told = section(`### \`${name}\` ${kind.label}\n`);
      const fields = fieldsOf(kind.body as z.ZodType);
      const expected = fields.filter(({ path }) => !TOLD_ONCE.test(path)).map(tableRow);
      expect(expected.filter((row) => !told.includes(row))).toEqual([]);
      const rows = [...told.matchAll(/^\| `([^`]+)`/gm)].map((match) => match[1] ?? '');
      const known = fields.map(({ path }) => path);
      const blocks = ['heading', 'fields', 'paragraph', 'choice', 'table', 'signature', 'note'];
      const allowed = name === 'form-sample' ? [...known, ...blocks, 'type'] : known;
      expect(rows.filter((row) => !allowed.includes(row))).toEqual([]);
    },
  );

  test.each([
    ['of the envelope', '### The envelope', envelopeSchema],
    ['of a profile', '## `profile.yaml`', profileSchema],
  ])('every field %s', (_name, heading, schema) => {
    const told = section(heading);
    const fields = fieldsOf(schema).filter(({ path }) => !/[.[]/.test(path) && path !== 'kind');
    expect(fields.filter(({ path }) => !told.includes(`\`${path}\``))).toEqual([]);
  });
});

test('every link of a document leads somewhere', () => {
  const dead = documents().flatMap((file) =>
    [...read(file).matchAll(/\]\((?!https?:)([^)#]+)/g)]
      .map((match) => join(dirname(file), match[1] ?? ''))
      .filter((target) => !existsSync(join(ROOT, target)))
      .map((target) => `${file}: ${relative('.', target)}`),
  );
  expect(dead).toEqual([]);
});

test('every npm command of a document exists', () => {
  const { scripts } = z
    .object({ scripts: z.record(z.string(), z.string()) })
    .parse(JSON.parse(read('package.json')));
  const named = documents().flatMap((file) =>
    [...read(file).matchAll(/npm (?:run )?(start|test|(?<=run )[a-z]+)/g)].map(
      (match) => match[1] ?? '',
    ),
  );
  expect(named.filter((name) => !Object.hasOwn(scripts, name))).toEqual([]);
});

describe('folder notes', () => {
  const folders = documents()
    .filter((file) => /(?:^|\/)README\.md$/.test(file) && dirname(file) !== '.')
    .map(dirname);

  test.each([
    'docs',
    'docs/decisions',
    'src/main/cli',
    'src/main/station',
    'src/renderer',
    'tests',
  ])('are there for %s', (folder) => expect(folders).toContain(folder));

  test.each(folders)('of %s name each of its folders', (folder) => {
    const told = read(join(folder, 'README.md'));
    const missing = readdirSync(join(ROOT, folder), { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map(({ name }) => name)
      .filter((name) => !new RegExp(`[\`( /]${name}(?:/|\`)`).test(told));
    expect(missing).toEqual([]);
  });
});

describe('counts that documents tell', () => {
  const { records } = readBarePack(join(ROOT, 'assets/starter'));
  const count = (kind: string) => records.filter(({ record }) => record.kind === kind).length;

  test.each([
    ['README.md', () => `**guides**: ${count('service')} nationwide`],
    ['README.md', () => `**questions** (${count('faq')})`],
    ['README.md', () => `**forms** (${count('form-sample')},`],
    ['assets/starter/README.md', () => `${count('service')} guides, ${count('faq')} questions`],
    ['assets/starter/README.md', () => `${count('form-sample')} form samples`],
    ['assets/starter/README.md', () => `${count('synonym')} groups of everyday words`],
  ])('in %s are those of the starter pack', (file, told) => expect(read(file)).toContain(told()));
});

describe('docs/architecture.md', () => {
  const told = read('docs/architecture.md');

  test('names every way in which a call can fail', () => {
    expect(STATION_ERROR_KINDS.filter((kind) => !told.includes(`\`${kind}\``))).toEqual([]);
  });

  test.each(['cache', 'station'])('names every step of the %s database', (name) => {
    const steps = readdirSync(join(ROOT, 'src/main/station/store/migrations', name));
    const numbers = steps.map((step) => step.slice(0, 3));
    expect(numbers.length).toBeGreaterThan(0);
    const ladders = told.split('\n').find((line) => line.startsWith('| ladder |')) ?? '';
    const [, , cache = '', station = ''] = ladders.split('|');
    const ladder = name === 'cache' ? cache : station;
    expect([...ladder.matchAll(/\d{3}/g)].map(([number]) => number)).toEqual(numbers);
  });
});
