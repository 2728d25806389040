import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type RunningStation, startStation } from '../e2e/browser/station.ts';
import { type PrinterFaults, startPrinterDouble } from '../printing/printer-double.ts';
import { profileWithPrinter } from '../printing/profile-with-printer.ts';
import {
  startPrinterDouble as startPaperPrinter,
  startPrivateCups,
} from '../station/papers/private-cups.ts';

/** What a picture's station has beside a shipped profile. Pictures of one `name` share a station. */
export interface Outfit {
  readonly name: string;
  /** A ticket printer with these faults. */
  readonly tickets?: Partial<PrinterFaults>;
  /** A printer for papers: one that works, or one whose print system is away. */
  readonly papers?: 'ready' | 'away';
  /** Changes the copy of the profile before the station starts. */
  readonly change?: (folder: string) => void;
  readonly environment?: Readonly<Record<string, string>>;
  /** What happened at the station before the page is opened. */
  readonly prepare?: (station: RunningStation, profileFolder: string) => Promise<void>;
}

/** A station for pictures. */
export interface ShotHost extends RunningStation {
  /** The print system goes away, the page stays. */
  readonly endPrinting: () => Promise<void>;
}

interface Wanted {
  readonly profile: string;
  readonly station?: string;
  readonly startAt: string;
  readonly outfit?: Outfit;
}

/** Starts a station as a picture wants it; `close` ends its printers and removes its profile, too. */
export async function startShotHost({ outfit, ...settings }: Wanted): Promise<ShotHost> {
  const nothing = async () => {};
  if (outfit === undefined) return { ...(await startStation(settings)), endPrinting: nothing };
  const ends: (() => unknown)[] = [];
  const addresses: string[] = [];
  if (outfit.tickets !== undefined) {
    const printer = await startPrinterDouble(outfit.tickets);
    ends.push(() => printer.close());
    addresses.push(printer.address);
  }
  const profile = profileWithPrinter(settings.profile, ...addresses);
  ends.push(() => profile.remove());
  outfit.change?.(profile.folder);
  const papers = outfit.papers && (await paperPrinter(profile.folder, outfit.papers));
  if (papers !== undefined) ends.push(papers.end);
  const station = await startStation({
    ...settings,
    profile: profile.folder,
    environment: { ...outfit.environment, ...papers?.environment },
  });
  await outfit.prepare?.(station, profile.folder);
  return {
    ...station,
    endPrinting: papers?.away ?? nothing,
    close: async () => {
      await station.close();
      for (const end of ends.toReversed()) await end();
    },
  };
}

/** Writes a printer into the profile, and starts a print system of its own for it. */
async function paperPrinter(folder: string, state: 'ready' | 'away') {
  changeFile(join(folder, 'profile.yaml'), 'document: none', 'document: "cups:desk"');
  const cups = await startPrivateCups();
  const printer = await startPaperPrinter('takes');
  cups.addQueue('desk', printer.port);
  let isThere = true;
  const away = async () => {
    if (isThere) await cups.stop();
    isThere = false;
  };
  if (state === 'away') await away();
  return {
    environment: { CUPS_SERVER: cups.server },
    away,
    end: async () => {
      await away();
      await printer.close();
    },
  };
}

/** Puts another text in place of every one of a file; the file must have it. */
export function changeFile(file: string, from: string | RegExp, to: string): void {
  const before = readFileSync(file, 'utf8');
  const after = before.replaceAll(from, to);
  if (after === before) throw new Error(`${file} has no ${String(from)}`);
  writeFileSync(file, after);
}
