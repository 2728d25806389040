import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const PROFILES = join(import.meta.dirname, '../../assets/profiles');

/** A profile whose tickets are printed at these addresses, in a folder of its own. */
export interface PrintingProfile {
  readonly folder: string;
  readonly remove: () => void;
}

/** Copies a shipped profile and gives it ticket printers, first the one to be used: of doubles, so that faults can be planted. */
export function profileWithPrinter(name: string, ...addresses: string[]): PrintingProfile {
  const parent = mkdtempSync(join(tmpdir(), 'profiles-'));
  cpSync(PROFILES, parent, { recursive: true });
  const file = join(parent, name, 'profile.yaml');
  const printers = addresses.map(
    (address, at) => `{ name: ${at + 1}号取号机, address: "${address}" }`,
  );
  const settings = `printer: { document: none, tickets: [${printers.join(', ')}] }`;
  writeFileSync(file, readFileSync(file, 'utf8').replace(/^printer: .*$/m, settings));
  return { folder: join(parent, name), remove: () => rmSync(parent, { recursive: true }) };
}
