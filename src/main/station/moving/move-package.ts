import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { BackupFlaw } from '../backup/backup-file.ts';

/** Counted up when the folder on the stick changes its form. */
export const MOVE_FORMAT = 1;
export const MANIFEST = 'manifest.json';
/** The manifest's SHA-256, written last: without it the folder is not whole. */
export const SEAL = 'manifest.json.sha256';
/** Written when the folder was put in place somewhere: one terminal must not become two. */
export const USED = 'used.json';
export const EXPLANATION = '说明.txt';

/** What of the data folder moves, beside what is in the backup. */
export const MOVED_FILES = ['queue-numbers.json', 'district/terminal-key.pem'] as const;
/** Whole folders: imported laws, recordings of the hall voice, films. */
export const MOVED_FOLDERS = ['laws', 'voice', 'media'] as const;
export const BACKUP = 'data/station.kioskbackup';
export const CACHE = 'data/cache.sqlite';

const SEGMENT = String.raw`(?!\.{1,2}(?:/|$))[^/\\\0]+`;
/** Closed, so that no stick can write anywhere else. */
const NAME = new RegExp(
  `^(?:data/(?:station\\.kioskbackup|cache\\.sqlite|${MOVED_FILES.join('|').replaceAll('.', '\\.')}` +
    `|(?:${MOVED_FOLDERS.join('|')})(?:/${SEGMENT})+)` +
    `|settings/(?:machine\\.conf|starter(?:/${SEGMENT})+|profiles/${SEGMENT}(?:/${SEGMENT})+)|${EXPLANATION})$`,
);
const SETTINGS_NAME = new RegExp(`^settings/(?:starter|profiles/${SEGMENT}/${SEGMENT})$`);

export const moveManifestSchema = z.object({
  format: z.literal(MOVE_FORMAT),
  /** Names this move, on both computers. */
  id: z.uuid(),
  /** Epoch milliseconds. */
  at: z.number(),
  programVersion: z.string(),
  /** Code of the outlet; absent when the terminal was never started. */
  station: z.string().optional(),
  /** Name of the deployment's folder. */
  profile: z.string().optional(),
  databaseVersion: z.int().min(0),
  /** Rows of each table of `station.sqlite`. */
  counts: z.record(z.string(), z.int()),
  files: z.array(
    z.object({
      name: z.string().regex(NAME),
      bytes: z.int().min(0),
      sha256: z.string().regex(/^[0-9a-f]{64}$/),
      /** Epoch milliseconds. */
      modifiedAt: z.number(),
    }),
  ),
  /** Parts of a deployment that are links to what the program brings, by their path below its `assets`. */
  links: z.array(
    z.object({
      name: z.string().regex(SETTINGS_NAME),
      to: z.string().regex(new RegExp(`^${SEGMENT}(?:/${SEGMENT})*$`)),
    }),
  ),
});
export type MoveManifest = z.infer<typeof moveManifestSchema>;
export type MovedFile = MoveManifest['files'][number];

/** Which move a folder is of, by its own word; undefined when it has none. */
export const moveIdIn = (folder: string): string | undefined => wordIn(folder, 'id');

/** Which deployment a folder is of, by its own word; undefined when it names none. */
export const profileIn = (folder: string): string | undefined => wordIn(folder, 'profile');

function wordIn(folder: string, name: string): string | undefined {
  const path = join(folder, MANIFEST);
  if (!existsSync(path)) return undefined;
  try {
    const words = z.record(z.string(), z.unknown()).parse(JSON.parse(readFileSync(path, 'utf8')));
    return z.string().safeParse(words[name]).data;
  } catch {
    return undefined;
  }
}

/** Why a move is not made; nothing has changed then. */
export type MoveFlaw =
  | Exclude<BackupFlaw, 'no-backup'>
  /** Not a folder of a move. */
  | 'no-move'
  /** A file of it is missing, or the folder was never finished. */
  | 'incomplete'
  /** It was put in place on another computer already. */
  | 'used'
  /** It is in place on this computer already. */
  | 'in-place'
  /** This computer has data of its own. */
  | 'own-data'
  /** What it has is of another station; `about` names both. */
  | 'other-station'
  /** Nobody said where settings are on this computer. */
  | 'no-settings-folder'
  /** This terminal has moved already. */
  | 'moved-before'
  /** A move to this computer was broken off and has to be finished first. */
  | 'unfinished'
  /** The stick was lost while the last file was written: nobody knows whether the folder is whole. This terminal is out of service. */
  | 'unsure'
  /** This terminal has not moved, so there is nothing to undo. */
  | 'not-moved'
  /** The folder is of another move. */
  | 'other-move';

/** A move that cannot be made. `about` names what is to blame: a file, a version, a data folder, two stations. */
export class MoveError extends Error {
  readonly flaw: MoveFlaw;
  readonly about: string;
  constructor(flaw: MoveFlaw, about = '', options?: ErrorOptions) {
    super(`${flaw} ${about}`, options);
    this.name = 'MoveError';
    this.flaw = flaw;
    this.about = about;
  }
}
