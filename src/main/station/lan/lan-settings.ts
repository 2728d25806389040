import { isIP } from 'node:net';
import { z } from 'zod';
import { writeAudit } from '../store/audit.ts';
import { readSetting, writeSetting } from '../store/settings.ts';
import { type ReadableDb, transaction, type WritableDb } from '../store/sql.ts';

const SETTING = 'lan';
export const LAN_PORT = 7443;

export const lanSettingsSchema = z.object({
  on: z.boolean().default(false),
  /** Address of this computer to serve on; `0.0.0.0` is every one. */
  bind: z
    .string()
    .refine((text) => isIP(text) !== 0, { error: '要写本机的 IP 地址' })
    .default('0.0.0.0'),
  port: z.int().min(1).max(65_535).default(LAN_PORT),
  /** Names under which the terminal is known on the network, beside its addresses. */
  names: z
    .array(z.string().regex(/^[a-z0-9](?:[a-z0-9.-]{0,61}[a-z0-9])?$/, '要写主机名'))
    .max(8)
    .default([]),
  /** Files of a certificate from elsewhere, instead of the station's own. */
  certificate: z.object({ certificate: z.string(), key: z.string() }).optional(),
});
export type LanSettings = z.infer<typeof lanSettingsSchema>;

/** The settings; serving is off until a technician has said otherwise, also when what is stored cannot be read. */
export function readLanSettings(db: ReadableDb): LanSettings {
  return (
    lanSettingsSchema.safeParse(readSetting(db, SETTING) ?? {}).data ?? lanSettingsSchema.parse({})
  );
}

/** Changes the settings; a running host takes them up within seconds. */
export function changeLanSettings(
  db: WritableDb,
  settings: LanSettings,
  now: number,
  actor = 'technician',
): void {
  transaction(db, () => {
    writeSetting(db, SETTING, settings, now);
    const action = settings.on ? 'lan-switched-on' : 'lan-switched-off';
    writeAudit(db, {
      at: now,
      actor,
      action,
      subject: `${settings.bind}:${settings.port}`,
    });
  });
}
