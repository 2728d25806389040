import { z } from 'zod';
import { defineKind } from '../kind.ts';
import { scopeSchema } from '../scope.ts';
import { itemId } from './parts.ts';
import { businessLineSchema } from './service.ts';

/** Levels of outlets: city (optional), district or county centre, township or street station, community workroom, police post, notary office. */
export const outletLevelSchema = z.enum([
  'city-centre',
  'centre',
  'station',
  'workroom',
  'point',
  'police-post',
  'notary-office',
]);
export type OutletLevel = z.infer<typeof outletLevelSchema>;

/**
 * Whether someone leads there each day (带班领导). Workrooms and points are asked for an adviser, a police post is manned
 * by the police on duty, and a notary office is led by its own head.
 */
export function isLed(level: OutletLevel): boolean {
  return level === 'city-centre' || level === 'centre' || level === 'station';
}

const windowSchema = z.strictObject({
  id: itemId,
  /** As it stands above the window: "1号窗口", "调解室". */
  label: z.string().min(1).max(10),
  name: z.string().min(2).max(16),
  lines: z.array(businessLineSchema).min(1),
  /** A low counter that a wheelchair can drive under (无障碍环境建设法 art. 40). */
  accessible: z.boolean().default(false),
});

/** Metres from the corner that is at the top and at the start of the line. */
const metres = z.number().min(0).max(200);

/** A plan of the hall, drawn by the page: rooms as rectangles in metres, where one comes in, where the terminal stands. */
const floorPlanSchema = z.strictObject({
  width: z.number().min(3).max(200),
  depth: z.number().min(3).max(200),
  rooms: z
    .array(
      z.strictObject({
        id: itemId,
        name: z.string().min(1).max(10),
        x: metres,
        y: metres,
        width: z.number().min(0.5).max(200),
        depth: z.number().min(0.5).max(200),
        /** Drawn stronger: what visitors look for. */
        main: z.boolean().default(false),
      }),
    )
    .min(1),
  entrance: z.strictObject({ x: metres, y: metres }),
  terminal: z.strictObject({ x: metres, y: metres }).optional(),
});
export type FloorPlan = z.infer<typeof floorPlanSchema>;

export const stationBodySchema = z.strictObject({
  /** Division code, with a suffix for an outlet that is not the division's only one. */
  code: scopeSchema,
  level: outletLevelSchema,
  /** For outlets whose suffix needs a name of its own: 便民警务站 by its place. */
  place: z.string().max(20).optional(),
  address: z.string().max(60).optional(),
  phone: z
    .string()
    .regex(/^[0-9*-]{5,20}$/, '要写成电话号码：5 到 20 位数字和短横线，加引号')
    .optional(),
  gettingThere: z.string().max(80).optional(),
  /** Divisions that it serves beside its own, by code: a notary office has its districts. */
  serves: z.array(scopeSchema).default([]),
  floorPlan: floorPlanSchema.optional(),
  windows: z.array(windowSchema).default([]),
  barrierFree: z.array(z.string().max(30)).default([]),
  web: z
    .strictObject({ name: z.string().max(24), url: z.url({ protocol: /^https?$/ }) })
    .optional(),
});
export type StationBody = z.infer<typeof stationBodySchema>;

/** An outlet of any level. Its name is not written here: it follows from the code by the profile's naming rule. */
export const stationKind = defineKind<StationBody>({
  kind: 'station',
  label: '服务网点',
  body: stationBodySchema as z.ZodType<StationBody>,
  scopeRule: 'any',
  reviewEveryDays: 365,
  mustEnd: false,
  particulars: [
    { id: 'address', label: '地址', isPresent: (body) => body.address !== undefined },
    { id: 'phone', label: '电话', isPresent: (body) => body.phone !== undefined },
    {
      id: 'windows',
      label: '窗口',
      isPresent: (body) =>
        body.windows.length > 0 || body.level === 'point' || body.level === 'notary-office',
    },
  ],
  title: (body) => body.code,
  search: (body) => ({
    title: body.code,
    words: [],
    text: `${body.address ?? ''} ${body.gettingThere ?? ''}`,
  }),
  references: () => [],
});
