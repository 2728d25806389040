import { resolve } from 'node:path';
import { z } from 'zod';
import { divisionsSchema, profileSchema } from '#shared/profile/profile.ts';
import type { ProfileSettings } from '../packs/profile-pack.ts';
import { first, type ReadableDb, run, sql, transaction, type WritableDb } from '../store/sql.ts';

const settingsSchema = z.object({ profile: profileSchema, divisions: divisionsSchema });

/** Keeps the settings that go with the records in the cache. */
export function keepSettings(db: WritableDb, folder: string, settings: ProfileSettings): void {
  const divisions = [...settings.divisions].map(([code, name]) => ({ code, name }));
  const text = JSON.stringify({ profile: settings.profile, divisions });
  if (storedText(db, folder) === text) return;
  transaction(db, () => {
    run(db, sql`delete from deployment`);
    run(db, sql`insert into deployment (folder, settings) values (${resolve(folder)}, ${text})`);
  });
}

/** The settings of the records in the cache, if they came from this folder. */
export function keptSettings(db: ReadableDb, folder: string): ProfileSettings | undefined {
  return settingsIn(storedText(db, folder));
}

/** The settings of the records in the cache, whatever folder they came from. */
export function lastSettings(db: ReadableDb): ProfileSettings | undefined {
  return settingsIn(
    first<{ settings: string }>(db, sql`select settings from deployment`)?.settings,
  );
}

/** The folder that the records in the cache came from. */
export function lastFolder(db: ReadableDb): string | undefined {
  return first<{ folder: string }>(db, sql`select folder from deployment`)?.folder;
}

function settingsIn(text: string | undefined): ProfileSettings | undefined {
  if (text === undefined) return undefined;
  const kept = settingsSchema.safeParse(readable(text));
  if (!kept.success) return undefined;
  const { profile, divisions } = kept.data;
  return { profile, divisions: new Map(divisions.map(({ code, name }) => [code, name])) };
}

/** Undefined when the text has rotted: the files have the settings, too. */
function readable(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function storedText(db: ReadableDb, folder: string): string | undefined {
  return first<{ settings: string }>(
    db,
    sql`select settings from deployment where folder = ${resolve(folder)}`,
  )?.settings;
}
