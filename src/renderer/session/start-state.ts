import { z } from 'zod';
import type { Display } from '#shared/access/display.ts';
import { panelDisplay } from '#shared/access/panels.ts';
import { pageLanguageSchema } from '#shared/contract/views.ts';
import type { Route } from './route.ts';
import { FRESH_SESSION, type Session } from './session.ts';

const startSchema = z.object({
  page: z.string().optional(),
  id: z.string().optional(),
  category: z.string().optional(),
  topic: z.string().optional(),
  item: z.string().optional(),
  code: z.string().optional(),
  text: z.string().optional(),
  role: z.string().optional(),
  place: z.string().optional(),
  group: z.string().optional(),
  guide: z.string().optional(),
  job: z.string().optional(),
  level: z.string().optional(),
  node: z.string().optional(),
  filled: z.literal('true').optional(),
  at: z.coerce.number().int().min(0).optional(),
  language: z.union([pageLanguageSchema, z.literal('x-rtl')]).optional(),
  zoom: z.enum(['1', '1.5', '2']).optional(),
  contrast: z.literal('more').optional(),
  reach: z.literal('low').optional(),
});

/**
 * The state that the address names behind `#`, for pictures, tests and previews: `#page=guide&id=…&zoom=2`. Read once at
 * the start; a kiosk is started without, and nothing on the pages writes it.
 */
export function startState(hash: string): Session {
  const parsed = startSchema.safeParse(Object.fromEntries(fieldsOf(hash)));
  if (!parsed.success) return FRESH_SESSION;
  const { language, zoom, contrast, reach, filled, ...route } = parsed.data;
  const target = { ...route, ...(filled === undefined ? {} : { filled: true }) };
  return {
    trail:
      route.page === undefined || route.page === 'home'
        ? FRESH_SESSION.trail
        : [{ page: 'home' }, target as Route],
    language: language ?? 'zh-CN',
    zoom: zoom === undefined ? 1 : (Number(zoom) as Session['zoom']),
    contrast: contrast !== undefined,
    lowReach: reach !== undefined,
  };
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
