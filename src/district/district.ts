import type { DistrictKeys } from './keys/district-keys.ts';
import type { Database } from './store/sql.ts';

/** What the office configured once. */
export interface DistrictSettings {
  /** How people know the district: "昆明市五华区司法局". */
  readonly name: string;
  /** Address under which terminals and people reach the server, without a path. */
  publicUrl: string;
  /** Folder of the feed, with `metadata` and `targets`. */
  readonly feedFolder: string;
  /** Folder of the files that editors handed in; nothing of it is to be read from outside. */
  readonly mediaFolder: string;
  /** Folder of deployments, beside which the starter pack lies; previews show them. */
  readonly profilesFolder: string;
  /** File of the trail's hashes, outside the database. */
  readonly trailHeads: string;
}

/** What every part of the server works with. */
export interface District {
  readonly database: Database;
  readonly keys: DistrictKeys;
  readonly settings: DistrictSettings;
  readonly now: () => number;
  /** Called after a commit that changed what is published. */
  readonly contentChanged: () => void;
}

/** An instant as the protocol writes it. */
export function timeText(at: number): string {
  return new Date(at).toISOString();
}
