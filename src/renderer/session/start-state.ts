import type { Display } from '#shared/access/display.ts';
import { panelDisplay } from '#shared/access/panels.ts';
import { PAGE_LANGUAGES } from '#shared/content/languages.ts';
import type { Route } from './route.ts';
import { FRESH_SESSION, type Session } from './session.ts';

/** What a route may name. */
const ROUTE_FIELDS = [
  ...['page', 'id', 'category', 'topic', 'item', 'code', 'text', 'role', 'place', 'group', 'day'],
  ...['guide', 'job', 'level', 'node'],
];

/** Everything else that the address may say, each with the values that it may have. */
const CHOICES = {
  language: [...PAGE_LANGUAGES, 'x-rtl'],
  zoom: ['1', '1.5', '2'],
  contrast: ['more'],
  reach: ['low'],
  voice: ['on'],
  filled: ['true'],
} as const;
type Choices = { [Name in keyof typeof CHOICES]?: (typeof CHOICES)[Name][number] };

/**
 * The state that the address names behind `#`, for pictures, tests and previews: `#page=guide&id=…&zoom=2`. Read at the
 * start and when it changes; a kiosk is started without, and nothing on the pages writes it. An address that says what it may not is a
 * fresh visit.
 */
export function startState(hash: string): Session {
  const fields = fieldsOf(hash);
  const choices = choicesOf(fields);
  const at = fields.get('at') ?? undefined;
  if (choices === undefined || !/^\d{1,9}$/.test(at ?? '0')) return FRESH_SESSION;
  const page = fields.get('page') ?? 'home';
  return {
    trail: page === 'home' ? FRESH_SESSION.trail : [{ page: 'home' }, routeOf(fields, choices, at)],
    language: choices.language ?? 'zh-CN',
    zoom: Number(choices.zoom ?? 1) as Session['zoom'],
    contrast: choices.contrast !== undefined,
    lowReach: choices.reach !== undefined,
    voice: choices.voice !== undefined,
  };
}

/** Undefined when one of them has a value that it may not have. */
function choicesOf(fields: URLSearchParams): Choices | undefined {
  const named = Object.entries(CHOICES).flatMap(([name, values]) => {
    const value = fields.get(name);
    return value === null ? [] : [{ name, value, isKnown: values.some((one) => one === value) }];
  });
  if (!named.every(({ isKnown }) => isKnown)) return undefined;
  return Object.fromEntries(named.map(({ name, value }) => [name, value])) as Choices;
}

/** A page that there is not shows as home does; it is the page's own business what else it needs. */
function routeOf(fields: URLSearchParams, { filled }: Choices, at: string | undefined): Route {
  const named = ROUTE_FIELDS.flatMap((name) => {
    const value = fields.get(name);
    return value === null ? [] : [[name, value]];
  });
  return {
    ...Object.fromEntries(named),
    ...(filled === undefined ? {} : { filled: true }),
    ...(at === undefined ? {} : { at: Number(at) }),
  } as Route;
}

/** The panel that the address names (`#panel=43`, `#panel=32-4k`), for pictures and tests of screens that are not here. */
export function startDisplay(hash: string): Display | undefined {
  return panelDisplay(fieldsOf(hash).get('panel') ?? '');
}

/** When publicity is shown: after quiet minutes, at once (`#attract=now`), or never where the address names a state. */
export type StartAttract = 'when-quiet' | 'now' | 'never';

export function startAttract(hash: string): StartAttract {
  const fields = fieldsOf(hash);
  if (fields.get('attract') === 'now') return 'now';
  return fields.size === 0 ? 'when-quiet' : 'never';
}

function fieldsOf(hash: string): URLSearchParams {
  return new URLSearchParams(hash.replace(/^#/, ''));
}
