import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const ASSETS = join(import.meta.dirname, '../../assets');

/** A profile whose tickets are printed at these addresses, in a folder of its own. */
export interface PrintingProfile {
  readonly folder: string;
  readonly remove: () => void;
}

/** Copies a shipped profile, with the starter pack beside it, and gives it ticket printers, first the one to be used: of doubles, so that faults can be planted. */
export function profileWithPrinter(name: string, ...addresses: string[]): PrintingProfile {
  const parent = mkdtempSync(join(tmpdir(), 'profiles-'));
  const folder = join(parent, 'profiles', name);
  cpSync(join(ASSETS, 'profiles'), join(parent, 'profiles'), { recursive: true });
  symlinkSync(join(ASSETS, 'starter'), join(parent, 'starter'));
  const file = join(folder, 'profile.yaml');
  const printers = addresses.map(
    (address, at) => `{ name: ${at + 1}号取号机, address: "${address}" }`,
  );
  const settings = `printer: { document: none, tickets: [${printers.join(', ')}] }`;
  writeFileSync(file, readFileSync(file, 'utf8').replace(/^printer: .*$/m, settings));
  return { folder, remove: () => rmSync(parent, { recursive: true }) };
}
