import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { machineOrderSchema } from '#shared/contract/machine.ts';
import { openMachine } from '#station/machine/machine.ts';
import { closeDatabase, openDatabase } from '#station/store/open-database.ts';
import { all, sql, type WritableDb } from '#station/store/sql.ts';

const NOW = Date.parse('2026-11-23T10:00:00+08:00');
let folder: string;
let db: WritableDb;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'machine-'));
  db = openDatabase(join(folder, 'station.sqlite'), 'station');
});
afterEach(() => {
  closeDatabase(db);
  rmSync(folder, { recursive: true });
});

/** A computer whose sound card answers as `amixer` does. */
function computer(loudness: string | undefined, machine?: string) {
  const asked: string[] = [];
  const run = async (command: string, ...args: readonly string[]) => {
    asked.push([command, ...args].join(' '));
    const output = loudness === undefined ? '' : `  Front Left: Playback 40 [${loudness}] [on]\n`;
    const how = loudness === undefined ? ('missing' as const) : ('exited' as const);
    return { how, code: 0, output, bytes: Buffer.from(output), errors: '' };
  };
  const environment = machine === undefined ? {} : { KIOSK_MACHINE: machine };
  return {
    asked,
    machine: openMachine({
      ...{ db, dataDir: folder, station: '530102001', programVersion: '1.2.3' },
      ...{ now: () => NOW, doctor: () => Promise.reject(new Error('not asked')) },
      computer: {
        ...{ environment, run, addresses: () => ['192.168.1.20'] },
        ...{ read: () => undefined, space: async () => ({ free: 0, total: 0 }) },
      },
    }),
  };
}

const audits = () =>
  all<{ actor: string; subject: string }>(
    db,
    sql`select actor, subject from audit where action = 'machine-order'`,
  );

describe('the computer of a terminal', () => {
  test('takes orders that it knows by name, each written down with who gave it', () => {
    mkdirSync(join(folder, 'orders'));
    const { machine } = computer('62%', folder);
    for (const order of machineOrderSchema.options)
      expect(machine.order('person-1', order)).toEqual({ state: 'taken' });
    expect(readdirSync(join(folder, 'orders')).sort()).toEqual(
      [...machineOrderSchema.options].sort(),
    );
    expect(audits()).toEqual(
      machineOrderSchema.options.map((subject) => ({ actor: 'person-1', subject })),
    );
  });

  test('knows the same orders as the script that carries them out', () => {
    const script = readFileSync(join(import.meta.dirname, '../../../build/machine/orders'), 'utf8');
    const known = [...script.matchAll(/^ {4}([a-z-]+)\)/gm)].map(([, name]) => name);
    expect(new Set(known)).toEqual(new Set(machineOrderSchema.options));
  });

  test('takes none where it was not set up as a terminal, and nothing is written down', async () => {
    for (const { machine } of [computer('62%'), computer('62%', join(folder, 'gone'))]) {
      expect(machine.order('person-1', 'restart')).toEqual({ state: 'not-set-up' });
      expect((await machine.view()).orders).toEqual([]);
    }
    expect(audits()).toEqual([]);
  });

  test('says its addresses and how loud it is, and can be made louder', async () => {
    const { machine, asked } = computer('62%');
    expect(await machine.view()).toEqual({ addresses: ['192.168.1.20'], orders: [], volume: 62 });
    expect(await machine.setVolume(70)).toEqual({ volume: 62 });
    expect(asked.at(-1)).toBe('amixer -M sset Master 70% unmute');
  });

  test('without a sound card says nothing of loudness', async () => {
    expect(await computer(undefined).machine.view()).not.toHaveProperty('volume');
  });
});
