import { requireStaff } from '../access/guard.ts';
import type { StationImplementer } from '../access/implement-station.ts';
import type { Lan } from './lan.ts';

/** Puts the contract's `lan` methods and the serving of the station's network together. */
export function lanRoutes(os: StationImplementer['lan'], lan: Lan) {
  return {
    status: os.status.handler(() => lan.status()),
    devices: os.devices.handler(() => lan.devices()),
    openPairing: os.openPairing.handler(({ context, input }) =>
      lan.openPairing(requireStaff(context).person, input),
    ),
    serve: os.serve.handler(({ context, input }) => {
      lan.serve(requireStaff(context).person, input.on);
      return {};
    }),
    unpair: os.unpair.handler(({ context, input }) => {
      lan.unpair(requireStaff(context).person, input.id);
      return {};
    }),
  };
}
