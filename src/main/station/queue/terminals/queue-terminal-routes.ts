import { requireStaff } from '../../access/guard.ts';
import type { StationImplementer } from '../../access/implement-station.ts';
import type { QueueTerminals } from './queue-terminals.ts';

/** Puts the contract's `queueTerminals` methods and the terminals of the queue together. */
export function queueTerminalRoutes(
  os: StationImplementer['queueTerminals'],
  terminals: QueueTerminals,
) {
  return {
    overview: os.overview.handler(() => terminals.overview()),
    openJoining: os.openJoining.handler(({ context, input }) =>
      terminals.openJoining(requireStaff(context).person, input.name),
    ),
    remove: os.remove.handler(({ context, input }) => {
      terminals.remove(requireStaff(context).person, input.ordinal);
      return {};
    }),
    join: os.join.handler(({ context, input }) =>
      terminals.join(requireStaff(context).person, input.address, input.code),
    ),
    giveOwn: os.giveOwn.handler(({ context }) => {
      terminals.giveOwn(requireStaff(context).person);
      return {};
    }),
    leave: os.leave.handler(({ context }) => terminals.leave(requireStaff(context).person)),
  };
}
