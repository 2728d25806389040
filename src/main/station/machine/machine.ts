import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  type MachineOrder,
  type MachineView,
  machineOrderSchema,
} from '#shared/contract/machine.ts';
import type { Computer } from '../doctor/computer.ts';
import { writeAudit } from '../store/audit.ts';
import { transaction, type WritableDb } from '../store/sql.ts';
import { readVolume, setVolume } from './volume.ts';

/** The computer as staff may handle it from the terminal. */
export interface Machine {
  readonly view: () => Promise<MachineView>;
  /** Asks the computer; `actor` is the person who does. */
  readonly order: (actor: string, order: MachineOrder) => { state: 'taken' | 'not-set-up' };
  readonly setVolume: (percent: number) => Promise<{ volume?: number }>;
}

/** `computer` says by KIOSK_MACHINE where its orders are laid down, once it was set up as a terminal (docs/operations.md). */
export function openMachine(
  db: WritableDb,
  now: () => number,
  computer: Pick<Computer, 'addresses' | 'environment' | 'run'>,
): Machine {
  const { KIOSK_MACHINE: folder } = computer.environment;
  const orders = folder === undefined ? undefined : join(folder, 'orders');
  const place = () => (orders !== undefined && existsSync(orders) ? orders : undefined);
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
  };
}
