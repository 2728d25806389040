import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type LawFile, lawFolder } from '../../../src/main/station/laws/law-segments.ts';
import { socketTransport } from '../../../src/renderer/station-client/socket-transport.ts';
import type { StationClient } from '../../../src/renderer/station-client/station-client.ts';
import { connectStation } from '../../../src/renderer/station-client/station-client.ts';
import { writeOlderSegment, writeSampleLaws } from '../../laws/sample-laws.ts';

const ROOT = process.env.KIOSK_TEST_PROGRAM ?? join(import.meta.dirname, '../../..');
const SHELL = join(ROOT, 'out/main/browser-shell.js');
const NODE = join(ROOT, 'node_modules/node/bin/node');

export interface StationSettings {
  readonly profile: string;
  /** Code of the outlet; the profile's default when absent. */
  readonly station?: string;
  /** Where the station's clock starts; a Monday morning when absent. */
  readonly startAt?: string;
  /** Law texts beside the sample ones. */
  readonly laws?: readonly LawFile[];
  /** For the shell and its host, beside this process's own. */
  readonly environment?: Readonly<Record<string, string>>;
}

/** A station host that serves its pages, as `npm start -- --shell none` runs it. */
export interface RunningStation {
  readonly url: string;
  readonly shellPid: number;
  readonly dataDir: string;
  /** The same calls as the pages', to know what they must show. */
  readonly client: StationClient;
  readonly close: () => Promise<void>;
}

/** 10:24 on a working Monday: open, with people on duty. */
export const WORKING_MONDAY = '2026-11-23T10:24:00+08:00';

/** Starts a host on a data folder of its own, with the sample laws in it, and waits until it serves. */
export async function startStation(settings: StationSettings): Promise<RunningStation> {
  const dataDir = mkdtempSync(join(tmpdir(), 'kiosk-e2e-'));
  writeSampleLaws(dataDir);
  if (settings.laws !== undefined) writeOlderSegment(lawFolder(dataDir), settings.laws);
  const child = spawn(NODE, [SHELL, ...stationArguments(settings, dataDir)], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...settings.environment },
  });
  const url = await announcedUrl(child);
  const connection = connectStation(socketTransport(`${url.replace('http', 'ws')}/rpc`));
  return {
    url,
    shellPid: child.pid ?? 0,
    dataDir,
    client: connection.client,
    close: async () => {
      connection.close();
      if (child.exitCode !== null || child.signalCode !== null) return;
      const ended = new Promise((resolve) => child.once('exit', resolve));
      child.kill('SIGTERM');
      await ended;
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

function stationArguments(
  { profile, station, startAt = WORKING_MONDAY }: StationSettings,
  dataDir: string,
): string[] {
  return [
    ...['--shell', 'none', '--port', '0', '--data', dataDir, '--profile', profile],
    ...['--start-at', startAt],
    ...(station === undefined ? [] : ['--station', station]),
  ];
}

function announcedUrl(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let said = '';
    child.stderr?.on('data', (data) => {
      said += String(data);
    });
    child.once('exit', () => reject(new Error(`the station did not start: ${said}`)));
    child.stdout?.once('data', (data) => {
      resolve((JSON.parse(String(data)) as { url: string }).url);
    });
  });
}
