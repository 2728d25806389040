import type { BeforeStep } from './journal.ts';
import type { SettingsPlace } from './settings-parts.ts';

/** What moves in, and where to. */
export interface MoveInOrder extends SettingsPlace {
  readonly dataDir: string;
  /** The folder on the stick. */
  readonly folder: string;
  readonly programVersion: string;
  readonly now: number;
  /** Data of its own that this computer has is kept beside what moves in; without it nothing is done. */
  readonly replace: boolean;
  /** Somebody named this data folder, so that its data are replaced also when they are another station's. */
  readonly isFolderNamed: boolean;
  readonly beforeStep?: BeforeStep | undefined;
}
