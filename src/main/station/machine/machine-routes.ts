import { requireStaff } from '../access/guard.ts';
import type { StationImplementer } from '../access/implement-station.ts';
import type { Machine } from './machine.ts';

/** Puts the contract's `machine` methods and the computer together. */
export function machineRoutes(os: StationImplementer['machine'], machine: Machine) {
  return {
    view: os.view.handler(() => machine.view()),
    order: os.order.handler(({ context, input }) =>
      machine.order(requireStaff(context).person, input.order),
    ),
    setVolume: os.setVolume.handler(({ input }) => machine.setVolume(input.percent)),
  };
}
