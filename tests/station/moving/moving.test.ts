import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { censusOf } from '#station/backup/make-backup.ts';
import { finishMove, finishMoveAtStart, finishSettings } from '#station/moving/journal.ts';
import { finishMoveIn, moveIn } from '#station/moving/move-in.ts';
import { moveOut, undoMove } from '#station/moving/move-out.ts';
import { EXPLANATION, MANIFEST, SEAL, USED } from '#station/moving/move-package.ts';
import { movedMark } from '#station/moving/moved-mark.ts';
import { lockDataFolder } from '#station/store/instance-lock.ts';
import { closeDatabase, openDatabase } from '#station/store/open-database.ts';
import { readSetting, writeSetting } from '#station/store/settings.ts';
import { all, sql } from '#station/store/sql.ts';
import {
  type Computer,
  contentsOf,
  inOrder,
  type MovingTown,
  movingTown,
  NOW,
  OWN_TITLE,
  outOrder,
  takeNumber,
  workedStation,
} from './moving-station.ts';

const IS_ROOT = process.geteuid?.() === 0;
/** The number after a number. */
const next = (number: string) => {
  const count = Number(number.slice(1)) + 1;
  return `${number.slice(0, 1)}${String(count).padStart(number.length - 1, '0')}`;
};

/** One station that has worked, kept as files, so that each test has it fresh. */
let town: MovingTown;
let worked: Computer & { last: string };
beforeAll(async () => {
  town = movingTown();
  worked = await workedStation(town);
  mkdirSync(join(town.root, 'stick'));
  cpSync(join(town.root, 'old'), join(town.root, 'kept'), {
    ...{ recursive: true, verbatimSymlinks: true, preserveTimestamps: true },
  });
}, 120_000);
afterAll(() => town.remove());

let fresh: Computer;
beforeEach(() => {
  for (const name of ['old', 'new', 'stick'])
    rmSync(join(town.root, name), { recursive: true, force: true });
  cpSync(join(town.root, 'kept'), join(town.root, 'old'), {
    ...{ recursive: true, verbatimSymlinks: true, preserveTimestamps: true },
  });
  mkdirSync(join(town.root, 'stick'));
  fresh = town.computer('new');
});
afterEach(() => town.stop());

const goOut = () => moveOut(outOrder(worked, town.stick));
const goIn = (more = {}) => moveIn(inOrder(fresh, town.stick, more));
/** Files by their path in their folder. */
const withoutPlace = (files: Record<string, string>) =>
  Object.fromEntries(Object.entries(files).map(([name, text]) => [name.slice(2), text]));
const newPlace = () => contentsOf(fresh.dataDir, fresh.settingsDir);
const oldPlace = () => contentsOf(worked.dataDir, worked.settingsDir);

describe('a terminal that moves to another computer', () => {
  test('is all there, count for count, goes on with the next number, and starts no more on the old one', async () => {
    const { manifest } = await goOut();
    const moved = await goIn();
    expect(moved.counts).toEqual(manifest.counts);
    expect(manifest.counts).toMatchObject({ staff_person: 1, queue_ticket: 3, outbox: 1 });
    const host = await town.start(fresh);
    expect(await takeNumber(host)).toBe(next(worked.last));
    await town.stop();
    const db = openDatabase(join(fresh.dataDir, 'station.sqlite'), 'station');
    expect(readSetting(db, 'district')).toMatchObject({ outlet: '530102001' });
    const acts = all<{ subject: string }>(
      db,
      sql`select subject from audit where action = 'move-out-begun'`,
    );
    expect(acts).toEqual([{ subject: 'kiosk-move' }]);
    closeDatabase(db);
    await expect(town.start(worked)).rejects.toMatchObject({
      kind: 'moved',
      message: expect.stringContaining('move-out --undo') as string,
    });
  });

  test('takes its keys, certificate, laws, recordings and settings along, byte for byte', async () => {
    const before = { data: contentsOf(worked.dataDir), etc: contentsOf(worked.settingsDir) };
    await goOut();
    await goIn();
    const now = { data: contentsOf(fresh.dataDir), etc: contentsOf(fresh.settingsDir) };
    const same = /\/(?:lan|district|laws|voice)\/|queue-numbers/;
    const those = (files: Record<string, string>) =>
      Object.fromEntries(Object.entries(files).filter(([name]) => same.test(name)));
    expect(those(now.data)).toEqual(those(before.data));
    expect(Object.keys(those(now.data)).length).toBeGreaterThan(5);
    expect(now.etc).toMatchObject(before.etc);
    const profile = join(fresh.profileDir, 'profile.yaml');
    expect(readFileSync(profile, 'utf8')).toContain(OWN_TITLE);
    const modes = [profile, join(fresh.dataDir, 'district/terminal-key.pem')];
    expect(modes.map((path) => statSync(path).mode & 0o777)).toEqual([0o644, 0o600]);
  });

  test('a deployment of the station’s own moves whole, its own parts as files and the program’s as links', async () => {
    const own = join(worked.settingsDir, 'profiles', 'own-place');
    cpSync(worked.profileDir, own, { recursive: true, verbatimSymlinks: true });
    rmSync(join(own, 'divisions.yaml'));
    const divisions = readFileSync(join(worked.profileDir, 'divisions.yaml'));
    writeFileSync(join(own, 'divisions.yaml'), divisions);
    await moveOut({ ...outOrder(worked, town.stick), profileDir: own });
    await goIn();
    const profileDir = join(fresh.settingsDir, 'profiles', 'own-place');
    expect(statSync(join(profileDir, 'content')).isDirectory()).toBe(true);
    await town.start({ ...fresh, profileDir });
  });

  test('writes only what its owner may read, and says in words what to do', async () => {
    await goOut();
    const names = readdirSync(town.stick, { recursive: true, encoding: 'utf8' });
    const modes = names.map((name) => statSync(join(town.stick, name)).mode & 0o077);
    expect(new Set(modes)).toEqual(new Set([0]));
    const words = readFileSync(join(town.stick, '说明.txt'), 'utf8');
    expect(words).toContain('legal-kiosk-admin move-in /media/usb/kiosk-move');
    expect(words).toContain('192.168.1.20');
    expect(words).toContain('provision --hall');
    expect(words).toContain('stick open-to-write 60');
    expect(words).toContain('/media/legal-kiosk/');
  });
});

describe('the explanation is for people:', () => {
  const explanationPath = () => join(town.stick, EXPLANATION);

  test.each([
    ['a note in it', () => writeFileSync(explanationPath(), '旧电脑在二楼', { flag: 'a' })],
    ['a garbled name', () => renameSync(explanationPath(), join(town.stick, 'Ëµ├≈.txt'))],
  ])('%s keeps no terminal from moving', async (_, change) => {
    await goOut();
    change();
    expect((await goIn()).counts).toMatchObject({ queue_ticket: 3 });
  });

  test('a folder that lists it, as programs wrote before, moves with a note, too', async () => {
    const { manifest } = await goOut();
    expect(manifest.files.map(({ name }) => name)).not.toContain(EXPLANATION);
    const listed = { name: EXPLANATION, bytes: 1, sha256: '0'.repeat(64), modifiedAt: NOW };
    const text = JSON.stringify({ ...manifest, files: [...manifest.files, listed] });
    writeFileSync(join(town.stick, MANIFEST), text);
    writeFileSync(join(town.stick, SEAL), createHash('sha256').update(text).digest('hex'));
    expect((await goIn()).counts).toMatchObject({ queue_ticket: 3 });
  });
});

describe('the old computer', () => {
  test('is used again after the move is undone, and the folder on the stick is void', async () => {
    await goOut();
    expect(await undoMove(worked.dataDir, town.stick, NOW)).toBe('as-before');
    expect(await takeNumber(await town.start(worked))).toBe(next(worked.last));
    await expect(goIn()).rejects.toMatchObject({ flaw: 'incomplete', about: SEAL });
  });

  test('without the stick leaves room for numbers that may have been given elsewhere', async () => {
    await goOut();
    expect(await undoMove(worked.dataDir, undefined, NOW)).toBe('with-room');
    const number = Number((await takeNumber(await town.start(worked))).slice(1));
    expect(number).toBeGreaterThanOrEqual(Number(worked.last.slice(1)) + 50);
  });

  test('is not brought back by the folder of another move, or one that was used, or when it never moved', async () => {
    await expect(undoMove(worked.dataDir, undefined, NOW)).rejects.toMatchObject({
      flaw: 'not-moved',
    });
    await goOut();
    const other = join(town.root, 'stick', 'other');
    cpSync(town.stick, other, { recursive: true });
    const manifest = join(other, 'manifest.json');
    writeFileSync(
      manifest,
      readFileSync(manifest, 'utf8').replace(/"id": "[^"]+"/, '"id": "another"'),
    );
    await expect(undoMove(worked.dataDir, other, NOW)).rejects.toMatchObject({
      flaw: 'other-move',
    });
    await goIn();
    await expect(undoMove(worked.dataDir, town.stick, NOW)).rejects.toMatchObject({ flaw: 'used' });
    await expect(town.start(worked)).rejects.toMatchObject({ kind: 'moved' });
  });

  test('takes the terminal back by a move from the new one', async () => {
    await goOut();
    await goIn();
    const number = await takeNumber(await town.start(fresh));
    await town.stop();
    const back = join(town.root, 'stick', 'back');
    await moveOut(outOrder(fresh, back));
    await moveIn(inOrder(worked, back));
    expect(await takeNumber(await town.start(worked))).toBe(next(number));
  });

  test('does not move while it runs, and not twice', async () => {
    const lock = lockDataFolder(worked.dataDir);
    await expect(goOut()).rejects.toMatchObject({ flaw: 'running' });
    lock.release();
    expect(existsSync(town.stick)).toBe(false);
    await goOut();
    await expect(moveOut(outOrder(worked, `${town.stick}-2`))).rejects.toMatchObject({
      flaw: 'moved-before',
    });
  });

  test('is out of service before the folder is good for anything', async () => {
    const seen: [boolean, boolean][] = [];
    const see = () => {
      const isHere = movedMark(worked.dataDir) === undefined;
      seen.push([isHere, existsSync(join(town.stick, SEAL))]);
    };
    await moveOut({ ...outOrder(worked, town.stick), beforeStep: see });
    see();
    expect(seen).toEqual([
      [true, false],
      [false, false],
      [false, true],
    ]);
  });

  test('is in service when the last file cannot be written, and not when nobody knows', async () => {
    const fault = (work: () => void) => {
      let step = 0;
      return () => {
        step += 1;
        if (step !== 2) return;
        work();
        throw Object.assign(new Error('full'), { code: 'ENOSPC' });
      };
    };
    const order = outOrder(worked, town.stick);
    const full = moveOut({ ...order, beforeStep: fault(() => {}) });
    await expect(full).rejects.toMatchObject({ code: 'ENOSPC' });
    expect(existsSync(town.stick)).toBe(false);
    expect(movedMark(worked.dataDir)).toBeUndefined();
    // The stick is pulled out: what was written on it cannot be taken back.
    const pulled = fault(() => {
      renameSync(join(town.root, 'stick'), join(town.root, 'pulled'));
      writeFileSync(join(town.root, 'stick'), 'no folder any more');
    });
    await expect(moveOut({ ...order, beforeStep: pulled })).rejects.toMatchObject({
      flaw: 'unsure',
    });
    await expect(town.start(worked)).rejects.toMatchObject({ kind: 'moved' });
    rmSync(join(town.root, 'stick'));
    renameSync(join(town.root, 'pulled'), join(town.root, 'stick'));
    expect(await undoMove(worked.dataDir, town.stick, NOW)).toBe('as-before');
    expect(await takeNumber(await town.start(worked))).toBe(next(worked.last));
  });

  test('goes on as before when the stick is too small', { skip: !IS_ROOT }, async ({ skip }) => {
    const small = join(town.root, 'small');
    mkdirSync(small, { recursive: true });
    // Only root may mount, and not in every container.
    const { status } = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=400k', 'tmpfs', small]);
    if (status !== 0) skip();
    try {
      const before = oldPlace();
      const error: unknown = await moveOut(outOrder(worked, join(small, 'kiosk-move'))).catch(
        (reason: unknown) => reason,
      );
      expect(String((error as { code?: unknown }).code)).toMatch(/ENOSPC|SQLITE_FULL/);
      expect(readdirSync(small)).toEqual([]);
      // The audit trail says that it was tried.
      const { 'station.sqlite': tried, ...others } = withoutPlace(oldPlace());
      const { 'station.sqlite': was, ...othersBefore } = withoutPlace(before);
      expect(others).toEqual(othersBefore);
      expect(tried).not.toBe(was);
      await town.start(worked);
    } finally {
      spawnSync('umount', [small]);
    }
  });
});

describe('the new computer refuses, and nothing changes there,', () => {
  const firstOf = (pattern: RegExp) => {
    const names = readdirSync(town.stick, { recursive: true, encoding: 'utf8' });
    const name = names.find((path) => pattern.test(path));
    return join(town.stick, name ?? expect.unreachable('no such file'));
  };
  const flip = (path: string) => {
    const bytes = readFileSync(path);
    const middle = Math.floor(bytes.length / 2);
    bytes[middle] = (bytes[middle] ?? 0) ^ 1;
    writeFileSync(path, bytes);
  };

  test.each([
    ['a folder that is none', 'no-move', () => rmSync(join(town.stick, 'manifest.json'))],
    ['a folder without its seal', 'incomplete', () => rmSync(join(town.stick, SEAL))],
    ['a missing file', 'incomplete', () => rmSync(firstOf(/please\.wav$/))],
    ['a missing backup', 'incomplete', () => rmSync(firstOf(/kioskbackup$/))],
    ['a file that was cut off', 'damaged', () => truncateSync(firstOf(/profile\.yaml$/), 100)],
    ['a bit changed in the backup', 'damaged', () => flip(firstOf(/kioskbackup$/))],
    ['a bit changed in a key', 'damaged', () => flip(firstOf(/terminal-key\.pem$/))],
    ['a bit changed in the manifest', 'damaged', () => flip(join(town.stick, 'manifest.json'))],
    ['a folder that was used', 'used', () => writeFileSync(join(town.stick, USED), '{}')],
  ] as const)('%s', async (_, flaw, spoil) => {
    await goOut();
    spoil();
    const before = newPlace();
    await expect(goIn()).rejects.toMatchObject({ flaw });
    expect(newPlace()).toEqual(before);
  });

  test('a terminal that a newer program wrote', async () => {
    await moveOut({ ...outOrder(worked, town.stick), programVersion: '1.10.0' });
    const before = newPlace();
    await expect(goIn()).rejects.toMatchObject({ flaw: 'newer', about: '1.10.0' });
    expect(newPlace()).toEqual(before);
    await goIn({ programVersion: '1.10.0' });
  });

  test('while a terminal runs there', async () => {
    await goOut();
    const lock = lockDataFolder(fresh.dataDir);
    await expect(goIn()).rejects.toMatchObject({ flaw: 'running' });
    lock.release();
  });

  test('when it has data of its own, unless these are to be kept beside', async () => {
    await goOut();
    const own = openDatabase(join(fresh.dataDir, 'station.sqlite'), 'station');
    own.write
      .prepare('insert into outbox (id, type, payload, created_at) values (?, ?, ?, ?)')
      .run('x', 'booking', '{}', NOW);
    closeDatabase(own);
    writeFileSync(join(fresh.dataDir, 'queue-numbers.json'), '{}');
    writeFileSync(join(fresh.dataDir, `station-${NOW}.sqlite`), 'a backup of other data');
    const before = newPlace();
    await expect(goIn()).rejects.toMatchObject({ flaw: 'own-data' });
    expect(newPlace()).toEqual(before);
    const { kept } = await goIn({ replace: true });
    const names = kept.map((path) => path.split('/').pop()?.split('.replaced-')[0]);
    expect(names).toEqual(
      expect.arrayContaining(['station.sqlite', 'queue-numbers.json', `station-${NOW}.sqlite`]),
    );
    for (const path of kept) expect(existsSync(path)).toBe(true);
    expect(await takeNumber(await town.start(fresh))).toBe(next(worked.last));
  });

  test('when its data are of another station, unless somebody named the folder and wants it', async () => {
    const { manifest } = await goOut();
    const own = openDatabase(join(fresh.dataDir, 'station.sqlite'), 'station');
    own.write
      .prepare('insert into outbox (id, type, payload, created_at) values (?, ?, ?, ?)')
      .run('x', 'booking', '{}', NOW);
    writeSetting(own, 'station', '530102999', NOW);
    closeDatabase(own);
    const before = newPlace();
    for (const more of [{}, { replace: true }, { isFolderNamed: true }]) {
      const refused = expect(goIn(more)).rejects;
      await refused.toMatchObject({
        flaw: 'other-station',
        about: expect.stringContaining('530102999') as string,
      });
    }
    await expect(goIn({ replace: true })).rejects.toMatchObject({
      about: expect.stringContaining(manifest.station ?? 'no station') as string,
    });
    expect(newPlace()).toEqual(before);
    expect((await goIn({ replace: true, isFolderNamed: true })).counts).toEqual(manifest.counts);
  });

  test('settings when nobody says where they belong', async () => {
    await goOut();
    await expect(goIn({ settingsDir: undefined })).rejects.toMatchObject({
      flaw: 'no-settings-folder',
    });
  });

  test('a data folder in which a start of the program alone left its traces is free', async () => {
    await goOut();
    await town.start(fresh);
    await town.stop();
    await goIn();
    expect(await takeNumber(await town.start(fresh))).toBe(next(worked.last));
  });

  test('a machine.conf that sets what root’s scripts would believe is laid aside', async () => {
    writeFileSync(join(worked.settingsDir, 'machine.conf'), 'LD_PRELOAD=/media/x.so\n');
    await goOut();
    expect((await goIn()).isConfAside).toBe(true);
    const conf = readFileSync(join(fresh.settingsDir, 'machine.conf'), 'utf8');
    expect(conf).not.toContain('LD_PRELOAD');
    expect(existsSync(join(fresh.settingsDir, 'machine.conf.moved'))).toBe(true);
  });
});

describe('a move that is broken off', () => {
  /** What of both folders a terminal goes by: without what is kept beside, and what is rubbish. */
  const substance = () =>
    Object.fromEntries(
      Object.entries(newPlace()).filter(
        ([name]) => !/replaced-|\.move-in|\/move(?:d)?-in|cache\.sqlite/.test(name),
      ),
    );

  test('by a power cut before any step leaves the computer as it was, or as it is to be', async () => {
    await goOut();
    const own = openDatabase(join(fresh.dataDir, 'station.sqlite'), 'station');
    closeDatabase(own);
    const before = substance();
    const states: string[] = [];
    const keep = () => {
      const state = join(town.root, `state-${states.length}`);
      cpSync(join(town.root, 'new'), state, { recursive: true, verbatimSymlinks: true });
      states.push(state);
    };
    await goIn({ beforeStep: keep });
    keep();
    const done = substance();
    expect(done).not.toEqual(before);
    const ends: string[] = [];
    for (const state of states) {
      rmSync(join(town.root, 'new'), { recursive: true });
      cpSync(state, join(town.root, 'new'), { recursive: true, verbatimSymlinks: true });
      rmSync(state, { recursive: true });
      await finishMoveAtStart(fresh.dataDir);
      const now = substance();
      ends.push(JSON.stringify(now) === JSON.stringify(before) ? 'old' : 'new');
      expect(now).toEqual(ends.at(-1) === 'old' ? before : done);
    }
    expect(ends).toEqual(
      ends.toSorted((one, other) => (one === other ? 0 : one === 'old' ? -1 : 1)),
    );
    expect(new Set(ends)).toEqual(new Set(['old', 'new']));
    expect(ends.filter((end) => end === 'new').length).toBeGreaterThan(5);
  });

  test('by a fault at any step is as it was, or is finished by the next try', async () => {
    await goOut();
    cpSync(join(town.root, 'new'), join(town.root, 'blank'), {
      ...{ recursive: true, verbatimSymlinks: true },
    });
    let steps = 1;
    for (let at = 0; at < steps; at += 1) {
      rmSync(join(town.root, 'new'), { recursive: true });
      cpSync(join(town.root, 'blank'), join(town.root, 'new'), {
        ...{ recursive: true, verbatimSymlinks: true },
      });
      rmSync(join(town.stick, USED), { force: true });
      let step = 0;
      const fault = () => {
        step += 1;
        if (step === at + 1) throw Object.assign(new Error('full'), { code: 'ENOSPC' });
      };
      const failed = await goIn({ beforeStep: fault }).then(
        () => false,
        () => true,
      );
      if (!failed) break;
      steps = at + 2;
      const { counts } = await goIn().catch((error: unknown) => {
        expect(error).toMatchObject({ flaw: 'in-place' });
        return { counts: censusOf(join(fresh.dataDir, 'station.sqlite')).counts };
      });
      expect(counts).toMatchObject({ staff_person: 1, queue_ticket: 3 });
      expect(existsSync(join(fresh.dataDir, 'district/terminal-key.pem'))).toBe(true);
      expect(existsSync(join(fresh.dataDir, 'move-in'))).toBe(false);
    }
    expect(steps).toBeGreaterThan(20);
    rmSync(join(town.root, 'blank'), { recursive: true });
  });
});

/** Breaks a move off when it was decided and half of it is in place. */
async function breakOff(): Promise<void> {
  await goOut();
  const half = () => {
    if (existsSync(join(fresh.dataDir, 'move-in')) && existsSync(join(fresh.dataDir, 'lan')))
      throw new Error('power cut');
  };
  await expect(goIn({ beforeStep: half })).rejects.toThrow('power cut');
}

/** Moves in; the power fails when the data are decided and nothing is carried out. */
async function decide(): Promise<void> {
  await goOut();
  const decided = () => {
    if (existsSync(join(fresh.dataDir, 'move-in'))) throw new Error('power cut');
  };
  await expect(goIn({ beforeStep: decided })).rejects.toThrow('power cut');
}

describe('settings that an earlier start left behind when it put the data in place', () => {
  beforeEach(async () => {
    await decide();
    const [ready, away] = ['.move-in', 'away'].map((name) => join(fresh.settingsDir, name));
    renameSync(ready ?? '', away ?? '');
    await finishMove(fresh.dataDir);
    renameSync(away ?? '', ready ?? '');
    await takeNumber(await town.start(fresh));
    await town.stop();
  });
  const ownTitle = () =>
    readFileSync(join(fresh.profileDir, 'profile.yaml'), 'utf8').includes(OWN_TITLE);

  test('are put in place by the same folder once more', async () => {
    expect(ownTitle()).toBe(false);
    expect(await goIn()).toMatchObject({ isSettingsOnly: true, isMarkedUsed: true });
    expect(ownTitle()).toBe(true);
    await expect(goIn()).rejects.toMatchObject({ flaw: 'in-place' });
  });

  test('are put in place without the stick', async () => {
    expect(await finishMoveIn(fresh)).toBe(true);
    expect(ownTitle()).toBe(true);
    expect(await finishMoveIn(fresh)).toBe(false);
  });
});

test('a start finishes a move that was broken off, where it may', async () => {
  await breakOff();
  expect(await takeNumber(await town.start(fresh))).toBe(next(worked.last));
});

/**
 * What a start says to a broken-off move, in a process that is nobody in every way: `access(2)` goes by the real user, which
 * `seteuid` leaves root's.
 */
function startAsNobody(dataDir: string): unknown {
  const journal = join(import.meta.dirname, '../../../src/main/station/moving/journal.ts');
  const program = `
    const { finishMoveAtStart } = await import(${JSON.stringify(journal)});
    process.setgroups([]);
    process.setgid(65534);
    process.setuid(65534);
    const said = await finishMoveAtStart(${JSON.stringify(dataDir)}).then(
      () => null,
      ({ kind, message }) => ({ kind, message }),
    );
    console.log(JSON.stringify(said));`;
  const said = execFileSync(process.execPath, ['--input-type=module', '--eval', program]);
  return JSON.parse(said.toString('utf8'));
}

describe('root', () => {
  test.skipIf(!IS_ROOT)('has to finish a move whose settings are root’s', async () => {
    chownSync(fresh.dataDir, 65_534, 65_534);
    for (const folder of [town.root, join(town.root, 'new')]) chmodSync(folder, 0o755);
    await decide();
    expect(startAsNobody(fresh.dataDir)).toMatchObject({
      kind: 'unfinished-move',
      message: expect.stringContaining('move-in') as string,
    });
    expect(existsSync(join(fresh.dataDir, 'move-in', 'journal.json'))).toBe(true);
    expect(await finishMoveIn(fresh)).toBe(true);
    expect(readFileSync(join(fresh.profileDir, 'profile.yaml'), 'utf8')).toContain(OWN_TITLE);
    expect(await finishMoveIn(fresh)).toBe(false);
  });

  test.skipIf(!IS_ROOT)('leaves the data to its owner and follows no link of theirs', async () => {
    await goOut();
    chownSync(fresh.dataDir, 65_534, 65_534);
    for (const folder of [town.root, join(town.root, 'new')]) chmodSync(folder, 0o755);
    const prey = join(town.root, 'prey');
    mkdirSync(prey, { mode: 0o700 });
    symlinkSync(prey, join(fresh.dataDir, 'voice'));
    await goIn();
    const names = readdirSync(fresh.dataDir, { recursive: true, encoding: 'utf8' });
    const owners = names
      .filter((name) => !name.startsWith('voice.replaced'))
      .map((name) => statSync(join(fresh.dataDir, name)).uid);
    expect(new Set(owners)).toEqual(new Set([65_534]));
    expect(readdirSync(prey)).toEqual([]);
    expect(statSync(join(fresh.settingsDir, 'machine.conf')).uid).toBe(0);
  });

  test.skipIf(!IS_ROOT)('carries out no settings that a user laid somewhere for it', async () => {
    const trap = join(town.root, 'trap');
    const place = join(trap, '.move-in');
    mkdirSync(join(place, 'new'), { recursive: true });
    const lay = (path: string) => {
      writeFileSync(join(place, 'new', 'evil'), 'evil');
      const steps = [{ path, isBrought: true, isKept: false }];
      writeFileSync(join(place, 'journal.json'), JSON.stringify({ id: 'x', at: 1, steps }));
    };
    lay('evil');
    chownSync(place, 65_534, 65_534);
    expect(finishSettings(trap, 'x')).toBeUndefined();
    chownSync(place, 0, 0);
    lay('../evil');
    expect(() => finishSettings(trap, 'x')).toThrow();
    expect(existsSync(join(town.root, 'evil'))).toBe(false);
    lay('evil');
    expect(finishSettings(trap, 'x')).toEqual([]);
    expect(readFileSync(join(trap, 'evil'), 'utf8')).toBe('evil');
  });
});
