import { z } from 'zod';
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
  filled: z.literal('true').optional(),
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
  const parsed = startSchema.safeParse(
    Object.fromEntries(new URLSearchParams(hash.replace(/^#/, ''))),
  );
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
