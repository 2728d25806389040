import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { StationError } from '#shared/contract/errors.ts';
import {
  type MachineOrder,
  type MachineView,
  machineOrderSchema,
  type StickAnswer,
  type StickView,
} from '#shared/contract/machine.ts';
import type { DoctorReport } from '#shared/health/finding.ts';
import { slipTime } from '#shared/printing/ticket-slip.ts';
import type { Computer } from '../doctor/computer.ts';
import { writeAudit } from '../store/audit.ts';
import { transaction, type WritableDb } from '../store/sql.ts';
import { openStickWriting } from './stick-writing.ts';
import { stickView, writeToStick } from './sticks.ts';
import { readVolume, setVolume } from './volume.ts';

/** The computer as staff may handle it from the terminal. */
export interface Machine {
  readonly view: () => Promise<MachineView>;
  /** Asks the computer; `actor` is the person who does. */
  readonly order: (actor: string, order: MachineOrder) => { state: 'taken' | 'not-set-up' };
  readonly setVolume: (percent: number) => Promise<{ volume?: number }>;
  readonly stick: () => Promise<StickView>;
  /** Writes to the stick that is there. Throws `StationError('busy')` while another is written. */
  readonly supportToStick: (actor: string) => Promise<StickAnswer>;
  readonly backupToStick: (actor: string) => Promise<StickAnswer>;
  /** Ends what is still being written. */
  readonly close: () => Promise<void>;
}

export interface MachineOptions {
  readonly db: WritableDb;
  readonly dataDir: string;
  /** Code of the outlet, in the names of files. */
  readonly station: string;
  readonly programVersion: string;
  readonly now: () => number;
  readonly doctor: () => Promise<DoctorReport>;
  /** It says by KIOSK_MACHINE where its orders are laid down, once it was set up as a terminal (docs/operations.md). */
  readonly computer: Pick<Computer, 'addresses' | 'environment' | 'run' | 'read' | 'space'>;
}

/** Opens what staff may do with the computer. */
export function openMachine(options: MachineOptions): Machine {
  const { db, dataDir, programVersion, now, doctor, computer } = options;
  const { KIOSK_MACHINE: folder } = computer.environment;
  const orders = folder === undefined ? undefined : join(folder, 'orders');
  const place = () => (orders !== undefined && existsSync(orders) ? orders : undefined);
  const toStick = stickWriter(options);
  const writing = openStickWriting();
  const orderFor = (file: string) => ({ file, dataDir, programVersion, now: now() });
  return {
    view: async () => ({
      addresses: [...computer.addresses()],
      orders: place() === undefined ? [] : [...machineOrderSchema.options],
      ...(await readVolume(computer)),
    }),
    order: (actor, order) => {
      const folderOfOrders = place();
      if (folderOfOrders === undefined) return { state: 'not-set-up' };
      // Laid down within the transaction: what cannot be asked is not written down as asked.
      transaction(db, () => {
        writeAudit(db, { at: now(), actor, action: 'machine-order', subject: order });
        writeFileSync(join(folderOfOrders, order), '');
      });
      return { state: 'taken' };
    },
    setVolume: (percent) => setVolume(computer, percent),
    stick: () => stickView(computer, place() !== undefined),
    supportToStick: (actor) =>
      toStick(actor, 'support-to-stick', 'support.json.gz', async (file) => {
        const report = await doctor();
        await writing.write({ ...orderFor(file), what: 'support', doctor: report });
      }),
    backupToStick: (actor) =>
      toStick(actor, 'backup-to-stick', 'kioskbackup', (file) =>
        writing.write({ ...orderFor(file), what: 'backup' }),
      ),
    close: () => writing.stop(),
  };
}

/** Writes one file at a time, and into the audit trail who wanted it before it can leave, and what came of it. */
function stickWriter({ db, now, station, computer }: MachineOptions) {
  let isWriting = false;
  return async (
    actor: string,
    action: string,
    kind: string,
    write: (file: string) => Promise<void>,
  ): Promise<StickAnswer> => {
    if (isWriting) throw new StationError('busy');
    isWriting = true;
    try {
      const minute = slipTime(now()).replace(' ', '-').replace(':', '');
      const name = `legal-kiosk-${station}-${minute}.${kind}`;
      const note = (what: string) =>
        transaction(db, () => writeAudit(db, { at: now(), actor, action: what, subject: name }));
      note(action);
      const state = await writeToStick(computer, name, write);
      if (state === 'written') return { state, file: name };
      note(`${action}-${state}`);
      return state === 'exists' ? { state, file: name } : { state };
    } finally {
      isWriting = false;
    }
  };
}
