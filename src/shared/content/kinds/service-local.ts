import { z } from 'zod';
import { defineKind } from '../kind.ts';

/**
 * What a station itself has to say about a guide: where to go here, whom to ring, when. The guide is the district's and stays
 * so; the station's lines stand beside it and are lost by none of its changes.
 */
export const serviceLocalBodySchema = z.strictObject({
  /** The guide that it belongs to. */
  service: z.string().startsWith('service.'),
  /** Code of the outlet it is for. */
  station: z.string(),
  /** Where to go here: "二楼 3 号窗口". */
  where: z.string().max(40).default(''),
  phone: z
    .string()
    .regex(/^[0-9*-]{5,20}$/, '要写成电话号码：5 到 20 位数字和短横线，加引号')
    .optional(),
  /** When it is done here, where that is not all day. */
  when: z.string().max(60).default(''),
  note: z.string().max(120).default(''),
});
export type ServiceLocalBody = z.infer<typeof serviceLocalBodySchema>;

export const serviceLocalKind = defineKind<ServiceLocalBody>({
  kind: 'service-local',
  label: '指南的本站信息',
  body: serviceLocalBodySchema as z.ZodType<ServiceLocalBody>,
  scopeRule: 'station',
  reviewEveryDays: 180,
  mustEnd: false,
  particulars: [
    { id: 'where', label: '到哪里办', isPresent: (body) => body.where !== '' },
    { id: 'phone', label: '咨询电话', isPresent: (body) => body.phone !== undefined },
  ],
  title: (body) => body.service,
  search: () => ({ title: '', words: [], text: '' }),
  references: (body) => [body.service],
});
