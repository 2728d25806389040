import { StationError } from '#shared/contract/errors.ts';
import type { DeviceKind, LanDevice, LanStatus } from '#shared/contract/lan.ts';
import type { WritableDb } from '../store/sql.ts';
import { listDevices, openPairing, PAIRING_MINUTES, unpair } from './devices.ts';
import { changeLanSettings, readLanSettings } from './lan-settings.ts';

/** What pages ask about the station's network, and what its server reports. */
export interface Lan {
  readonly status: () => LanStatus;
  readonly report: (status: LanStatus) => void;
  readonly devices: () => LanDevice[];
  readonly openPairing: (
    actor: string,
    device: { readonly kind: DeviceKind; readonly name: string },
  ) => { code: string; validMinutes: number };
  /** A running server follows within seconds. */
  readonly serve: (actor: string, on: boolean) => void;
  /** Throws `StationError` when there is no such device. */
  readonly unpair: (actor: string, id: string) => void;
}

/** Opens the pairing of devices. Serving them is `serveLan`'s. */
export function openLan(db: WritableDb, now: () => number): Lan {
  let status: LanStatus = { state: 'off', urls: [] };
  return {
    status: () => status,
    report: (reported) => {
      status = reported;
    },
    devices: () => listDevices(db),
    openPairing: (actor, device) => ({
      code: openPairing(db, { actor, ...device }, now()),
      validMinutes: PAIRING_MINUTES,
    }),
    serve: (actor, on) => changeLanSettings(db, { ...readLanSettings(db), on }, now(), actor),
    unpair: (actor, id) => {
      if (!unpair(db, id, actor, now())) throw new StationError('not-found');
    },
  };
}
