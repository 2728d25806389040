import { requireStaff } from '../access/guard.ts';
import type { StationImplementer } from '../access/implement-station.ts';
import type { Staff } from '../staff/staff.ts';
import type { Machine } from './machine.ts';

/** Puts the contract's `machine` methods and the computer together. */
export function machineRoutes(
  os: StationImplementer['machine'],
  machine: Machine,
  staff: Pick<Staff, 'confirm'>,
) {
  return {
    view: os.view.handler(() => machine.view()),
    order: os.order.handler(({ context, input }) =>
      machine.order(requireStaff(context).person, input.order),
    ),
    setVolume: os.setVolume.handler(({ input }) => machine.setVolume(input.percent)),
    stick: os.stick.handler(() => machine.stick()),
    supportToStick: os.supportToStick.handler(({ context }) =>
      machine.supportToStick(requireStaff(context).person),
    ),
    backupToStick: os.backupToStick.handler(async ({ context, input }) => {
      const session = requireStaff(context);
      const refusal = await staff.confirm(context.caller, session, input.secret);
      return refusal ?? machine.backupToStick(session.person);
    }),
  };
}
