import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { HostOptions } from '#station/host.ts';
import { writeSampleLaws } from '../laws/sample-laws.ts';

const ROOT = join(import.meta.dirname, '../..');

/** Options of a host on the Wuhua profile and a data folder of its own. */
export interface TemporaryHost {
  readonly options: HostOptions;
  readonly remove: () => void;
}

/** Its data folder holds the sample laws, as after an import. */
export function temporaryHost(): TemporaryHost {
  const dataDir = mkdtempSync(join(tmpdir(), 'station-'));
  writeSampleLaws(dataDir);
  return {
    options: {
      dataDir,
      profileDir: join(ROOT, 'assets/profiles/wuhua'),
      programVersion: '0.0.0-test',
    },
    remove: () => rmSync(dataDir, { recursive: true, force: true }),
  };
}
