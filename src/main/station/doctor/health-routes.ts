import { requireStaff } from '../access/guard.ts';
import type { StationImplementer } from '../access/implement-station.ts';
import type { Health } from './health.ts';

/** Puts the contract's `health` methods and the self-test together. */
export function healthRoutes(os: StationImplementer['health'], health: Health) {
  return {
    doctor: os.doctor.handler(() => health.doctor()),
    printSlip: os.printSlip.handler(({ context }) =>
      health.printSlip(requireStaff(context).person),
    ),
    log: os.log.handler(({ input }) => health.log(input.days)),
  };
}
