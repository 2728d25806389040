import { DISTRICT_PATHS } from '#shared/contract/district.ts';
import { OFFICE_HEADER } from '#shared/contract/office.ts';
import { SERVICE_PREFIX } from '#shared/contract/services.ts';
import { districtErrorSchema } from '#shared/operations/district-error.ts';
import { program } from '../office/sample-services.ts';
import type { FakeTerminal, SampleServer } from '../sample-server.ts';
import { everyRole, SECRET, twoDistricts } from './two-districts.ts';

type Schema = Readonly<Record<string, unknown>>;

interface Route {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly parameters: readonly { readonly name: string; readonly in: string }[];
  readonly body: Schema | undefined;
}

/** What a run found. */
export interface FuzzFigures {
  readonly requests: number;
  readonly routes: number;
  /** How many answers of each status. */
  readonly statuses: Readonly<Record<string, number>>;
  /** Requests that were answered as they must not be. */
  readonly faults: readonly string[];
}

/** Numbers that look like chance and are the same for the same seed (mulberry32). */
export function chance(seed: number) {
  let state = seed;
  const next = () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (limit: number) => Math.floor(next() * limit);
  const pick = <Value>(values: readonly Value[]) => values[below(values.length)] as Value;
  return { next, below, pick };
}
export type Chance = ReturnType<typeof chance>;

/** What breaks programs that trust their input. */
const NASTY: readonly unknown[] = [
  ...[
    null,
    true,
    -1,
    0,
    1e308,
    2 ** 53,
    -0.5,
    '',
    ' ',
    '\u0000',
    '\uD800',
    '\u202E',
    "' or 1=1 --",
  ],
  ...[
    '%00',
    '../../etc/passwd',
    '{{7*7}}',
    '=1+1',
    '__proto__',
    'constructor',
    'NaN',
    '𠮷'.repeat(50),
  ],
  ...[
    'x'.repeat(5_000),
    [],
    [[]],
    {},
    { id: 'a' },
    { __proto__: null },
    [null],
    Array(300).fill({}),
  ],
  ...['9999-99-99', '0000-01-01T00:00:00Z', '+275760-09-13T00:00:00Z', '530102', '00', '620104001'],
];

/** How a request gets to the server: handed to it, or over a line. */
type Deliver = (made: {
  readonly method: 'GET' | 'POST';
  readonly url: string;
  readonly payload: string | undefined;
  readonly headers: Record<string, string>;
  readonly remoteAddress: string;
}) => Promise<{ readonly statusCode: number; readonly body: string }>;

/** Sends requests made from the server's own description, with and without faults in them, as everybody who may ask. */
export async function fuzzDistrict(
  server: SampleServer,
  requests: number,
  seed: number,
  deliver: Deliver = ({ payload, ...made }) =>
    server.app.inject({ ...made, ...(payload === undefined ? {} : { payload }) }),
): Promise<FuzzFigures> {
  const random = chance(seed);
  const { own, foreign } = await twoDistricts(server);
  const pages = [...(await everyRole(server)).values()].map(({ cookie }) => cookie);
  // With every right, so that requests get behind the door; which right opens what is for the matrix.
  const { key } = await program(server, ['content', 'inbox']);
  const document = (await server.app.inject('/openapi.json')).json<Schema>();
  const routes = routesOf(document);
  const known = [
    ...[
      own.draft.id,
      own.conflict,
      own.submission,
      own.service.id,
      own.terminal.id,
      own.outlet,
      'notice.kept',
      'notice',
    ],
    ...[
      foreign.draft.id,
      foreign.conflict,
      foreign.submission,
      foreign.service.id,
      foreign.terminal.id,
      foreign.outlet,
    ],
  ];
  const statuses: Record<string, number> = {};
  const faults: string[] = [];
  for (let sent = 0; sent < requests; sent += 1) {
    const route = random.pick(routes);
    // Nobody may end the log-ins or terminals that the rest of the run needs.
    if (route.path.endsWith('/log-out')) continue;
    const made = requestOf(route, document, random, known);
    const headers = headersFor(made, own.terminal, random, { pages, key });
    const answer = await deliver({
      ...{ method: made.method, url: made.url, payload: made.payload, headers },
      // Each from another address: limits must not hide what lies behind them.
      remoteAddress: `10.${random.below(250)}.${random.below(250)}.${random.below(250)}`,
    });
    statuses[answer.statusCode] = (statuses[answer.statusCode] ?? 0) + 1;
    const fault = faultOf(answer);
    if (fault !== undefined && faults.length < 10)
      faults.push(`${fault}: ${made.method} ${made.url} ${made.payload?.slice(0, 500) ?? ''}`);
  }
  for (const fault of server.faults) faults.push(String(fault));
  return { requests, routes: routes.length, statuses, faults };
}

function faultOf(answer: { statusCode: number; body: string }): string | undefined {
  if (answer.statusCode >= 500) return `status ${answer.statusCode}`;
  if (answer.body.includes(SECRET)) return 'foreign data';
  const isError = answer.statusCode >= 400;
  if (isError && !districtErrorSchema.safeParse(JSON.parse(answer.body)).success)
    return `no error of the protocol: ${answer.body.slice(0, 200)}`;
  return undefined;
}

function routesOf(document: Schema): Route[] {
  const paths = document.paths as Record<string, Record<string, Record<string, unknown>>>;
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({
      path,
      method: method.toUpperCase() as Route['method'],
      parameters: (operation.parameters ?? []) as Route['parameters'],
      body: bodyOf(operation),
    })),
  );
}

function bodyOf(operation: Record<string, unknown>): Schema | undefined {
  const body = operation.requestBody as
    | { content?: Record<string, { schema?: Schema }> }
    | undefined;
  return body?.content?.['application/json']?.schema;
}

interface Made {
  readonly method: 'GET' | 'POST';
  readonly url: string;
  readonly path: string;
  readonly payload: string | undefined;
}

function requestOf(route: Route, document: Schema, random: Chance, known: readonly string[]): Made {
  const word = () =>
    encodeURIComponent(
      textual(random.next() < 0.6 ? random.pick(known) : random.pick(NASTY)),
    ).slice(0, 1_500) || 'x';
  const path = route.path.replaceAll(/\{\w+\}/g, word);
  const query = route.parameters
    .filter((parameter) => parameter.in === 'query' && random.next() < 0.4)
    .map(({ name }) => `${name}=${word()}`);
  const url = query.length > 0 ? `${path}?${query.join('&')}` : path;
  const value =
    route.body === undefined ? {} : spoilt(sampleOf(route.body, document, random, known), random);
  return { method: route.method, url, path, payload: payloadOf(route, value, random) };
}

function payloadOf(route: Route, value: unknown, random: Chance): string | undefined {
  if (route.method === 'GET') return undefined;
  const text = JSON.stringify(value) ?? 'null';
  const luck = random.next();
  if (luck < 0.02) return text.slice(0, random.below(text.length + 1));
  if (luck < 0.03) return '['.repeat(50_000);
  if (luck < 0.04) return `{"__proto__":{"roles":["technician"]},"a":${text}}`;
  return text;
}

function textual(value: unknown): string {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
  return text.toWellFormed();
}

/** A value that fits a schema more or less. */
function sampleOf(
  schema: Schema,
  document: Schema,
  random: Chance,
  known: readonly string[],
  depth = 0,
): unknown {
  const inner = (part: unknown) => sampleOf(part as Schema, document, random, known, depth + 1);
  if (depth > 8) return null;
  if (typeof schema.$ref === 'string') return inner(referred(document, schema.$ref));
  if ('const' in schema) return schema.const;
  if (Array.isArray(schema.enum)) return random.pick(schema.enum);
  const choice = schema.anyOf ?? schema.oneOf;
  if (Array.isArray(choice)) return inner(random.pick(choice));
  if (schema.type === 'object' || schema.properties !== undefined)
    return Object.fromEntries(
      Object.entries((schema.properties ?? {}) as Record<string, unknown>)
        .filter(([name]) => isRequired(schema, name) || random.next() < 0.5)
        .map(([name, part]) => [name, inner(part)]),
    );
  if (schema.type === 'array')
    return Array.from({ length: random.below(3) + 1 }, () => inner(schema.items ?? {}));
  if (schema.type === 'integer' || schema.type === 'number') return random.below(4) + 1;
  if (schema.type === 'boolean') return random.next() < 0.5;
  if (schema.type === 'string') return textOf(schema, random, known);
  return random.pick([...NASTY, ...known]);
}

function textOf(schema: Schema, random: Chance, known: readonly string[]): unknown {
  if (schema.format === 'date-time') return '2026-11-22T09:00:00+08:00';
  if (schema.format === 'uuid') return random.pick(known.filter((text) => text.length === 36));
  const texts = [
    '/body/title',
    '530102001',
    '测试内容',
    'a'.repeat(43),
    'ABCDEFGH2345',
    '123456',
    'AAAA',
  ];
  return random.pick([
    ...texts,
    ...known,
    'f'.repeat(64),
    '0'.repeat(128),
    '0123456789abcdef',
    'health',
  ]);
}

function isRequired(schema: Schema, name: string): boolean {
  return Array.isArray(schema.required) && schema.required.includes(name);
}

function referred(document: Schema, ref: string): unknown {
  return ref
    .split('/')
    .slice(1)
    .reduce<unknown>((at, step) => (at as Record<string, unknown>)[step], document);
}

/** The same value with something nasty in one place, half of the time. */
function spoilt(value: unknown, random: Chance): unknown {
  if (random.next() < 0.5 || typeof value !== 'object' || value === null) return value;
  const keys = Object.keys(value);
  if (keys.length === 0) return random.pick(NASTY);
  const key = random.pick(keys);
  const copy = structuredClone(value) as Record<string, unknown>;
  const luck = random.next();
  if (luck < 0.2) delete copy[key];
  else if (luck < 0.3) copy[`${key}x`] = 1;
  else if (luck < 0.7) copy[key] = random.pick(NASTY);
  else copy[key] = spoilt(copy[key], random);
  return copy;
}

function headersFor(
  { method, path, payload = '' }: Made,
  terminal: FakeTerminal,
  random: Chance,
  known: { readonly pages: readonly string[]; readonly key: string },
): Record<string, string> {
  const common = { 'content-type': 'application/json', [OFFICE_HEADER]: '1' };
  if (random.next() < 0.05) return common;
  if (path.startsWith(SERVICE_PREFIX)) return { ...common, authorization: `Bearer ${known.key}` };
  const isTerminals = Object.values<string>(DISTRICT_PATHS).includes(path);
  return isTerminals
    ? { ...common, ...terminal.headers(method, path, payload) }
    : { ...common, cookie: random.pick(known.pages) };
}
