import { createHash, randomUUID } from 'node:crypto';
import {
  appendFileSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createRouterClient } from '@orpc/server';
import { terminalContext } from '#station/access/caller.ts';
import { keepEnrolment } from '#station/district/enrolled.ts';
import { districtFolder } from '#station/district/open-sync.ts';
import { terminalKey } from '#station/district/terminal-key.ts';
import { type Host, startHost } from '#station/host.ts';
import { ownCertificate } from '#station/lan/certificate.ts';
import type { moveIn } from '#station/moving/move-in.ts';
import type { moveOut } from '#station/moving/move-out.ts';
import { addPerson } from '#station/staff/people.ts';
import { closeDatabase, openDatabase } from '#station/store/open-database.ts';
import { writeSetting } from '#station/store/settings.ts';
import { writeSampleLaws } from '../../laws/sample-laws.ts';

/** Monday morning, when the hall is open. */
export const NOW = Date.parse('2026-11-23T09:30:00+08:00');
const ASSETS = join(import.meta.dirname, '../../../assets');
const PROFILE = 'wuhua';
/** What this station wrote into its own settings. */
export const OWN_TITLE = '本站自己改过的部署';

/** A computer with the program installed: its data folder and its settings, as a package lays them. */
export interface Computer {
  readonly dataDir: string;
  readonly settingsDir: string;
  readonly shippedDir: string;
  readonly profileDir: string;
}

/** Makes computers below a folder, and starts hosts on them. */
export function movingTown() {
  const root = mkdtempSync(join(tmpdir(), 'moving-'));
  const hosts = new Set<Host>();
  const computer = (name: string): Computer => {
    const settingsDir = join(root, name, 'etc');
    const profileDir = join(settingsDir, 'profiles', PROFILE);
    const dataDir = join(root, name, 'data');
    mkdirSync(profileDir, { recursive: true });
    mkdirSync(dataDir, { recursive: true });
    symlinkSync(join(ASSETS, 'starter'), join(settingsDir, 'starter'));
    for (const part of ['content', 'divisions.yaml'])
      symlinkSync(join(ASSETS, 'profiles', PROFILE, part), join(profileDir, part));
    const settings = readFileSync(join(ASSETS, 'profiles', PROFILE, 'profile.yaml'), 'utf8');
    writeFileSync(join(profileDir, 'profile.yaml'), settings);
    writeFileSync(join(settingsDir, 'machine.conf'), `# ${name}\nMAIN_DISPLAY=""\n`);
    return { dataDir, settingsDir, profileDir, shippedDir: ASSETS };
  };
  const start = async ({ dataDir, profileDir }: Computer): Promise<Host> => {
    const host = await startHost({
      ...{ dataDir, profileDir, programVersion: '1.2.3', now: () => NOW },
    });
    hosts.add(host);
    return host;
  };
  const stop = async () => {
    for (const host of hosts) await host.close();
    hosts.clear();
  };
  return {
    root,
    stick: join(root, 'stick', 'kiosk-move'),
    computer,
    start,
    stop,
    remove: async () => {
      await stop();
      rmSync(root, { recursive: true, force: true });
    },
  };
}
export type MovingTown = ReturnType<typeof movingTown>;

/** Takes a number; gives it as it is on the slip. */
export async function takeNumber(host: Host): Promise<string> {
  const client = createRouterClient(host.router, { context: terminalContext() });
  const answer = await client.queue.take({
    ...{ language: 'zh-CN', line: 'advice', operation: randomUUID() },
  });
  if (answer.outcome !== 'issued') throw new Error(`no number: ${answer.because}`);
  return answer.ticket.number;
}

/** A station that has worked: numbers, staff, something for the district, settings, keys, laws, recordings, a changed deployment. */
export async function workedStation(town: MovingTown): Promise<Computer & { last: string }> {
  const old = town.computer('old');
  const { dataDir, profileDir, settingsDir } = old;
  const profile = join(profileDir, 'profile.yaml');
  const text = readFileSync(profile, 'utf8').replace(/^title:.*$/m, `title: ${OWN_TITLE}`);
  writeFileSync(profile, text);
  appendFileSync(join(settingsDir, 'machine.conf'), 'HALL_DISPLAY="HDMI-1"\n');
  writeSampleLaws(dataDir);
  const host = await town.start(old);
  let last = '';
  for (let at = 0; at < 3; at += 1) last = await takeNumber(host);
  await town.stop();
  const db = openDatabase(join(dataDir, 'station.sqlite'), 'station');
  const person = { account: 'zhang01', name: '张示例', roles: ['station-head' as const] };
  await addPerson({ db, actor: 'technician', now: NOW }, person);
  db.write
    .prepare('insert into outbox (id, type, payload, created_at) values (?, ?, ?, ?)')
    .run(randomUUID(), 'booking', '{}', NOW);
  writeSetting(db, 'sample', { of: 'a setting' }, NOW);
  const district = { name: '示例区', api: 'https://district.invalid', root: '', sealing: '' };
  const answer = { terminal: randomUUID(), outlet: '530102001', district };
  keepEnrolment(db, answer as unknown as Parameters<typeof keepEnrolment>[1], 'technician', NOW);
  closeDatabase(db);
  terminalKey(districtFolder(dataDir));
  await ownCertificate(join(dataDir, 'lan'), ['kiosk.office'], NOW);
  mkdirSync(join(dataDir, 'voice'));
  writeFileSync(join(dataDir, 'voice', 'please.wav'), 'please');
  return { ...old, last };
}

/** The order by which this station moves out. */
export const outOrder = (from: Computer, folder: string): Parameters<typeof moveOut>[0] => ({
  ...{ ...from, folder, programVersion: '1.2.3', now: NOW, call: 'legal-kiosk-admin' },
  ...{ addresses: ['192.168.1.20'], provision: ['--hall'], where: [] },
});

/** The order by which it moves in. */
export const inOrder = (
  to: Computer,
  folder: string,
  more: Partial<Parameters<typeof moveIn>[0]> = {},
): Parameters<typeof moveIn>[0] => ({
  ...{ ...to, folder, programVersion: '1.2.3', now: NOW + 60_000, replace: false },
  isFolderNamed: false,
  ...more,
});

/** Every file below some folders, by name, with what is in it; what SQLite lays beside a database is left out. */
export function contentsOf(...folders: readonly string[]): Record<string, string> {
  const entries = folders.flatMap((folder, at) => below(folder, String(at)));
  return Object.fromEntries(entries.filter(([name]) => !/instance\.lock|-wal$|-shm$/.test(name)));
}

function below(path: string, name: string): [string, string][] {
  if (!existsSync(path) && !lstatSync(path, { throwIfNoEntry: false })) return [];
  const stat = lstatSync(path);
  if (stat.isSymbolicLink()) return [[name, `-> ${readlinkSync(path)}`]];
  if (stat.isDirectory())
    return readdirSync(path)
      .sort()
      .flatMap((entry) => below(join(path, entry), `${name}/${entry}`));
  return [[name, createHash('sha256').update(readFileSync(path)).digest('hex')]];
}
