import { StationError } from '#shared/contract/errors.ts';
import { type GuardedContext, requireStaff } from '../access/guard.ts';
import type { StationImplementer } from '../access/implement-station.ts';
import type { Staff } from './staff.ts';

/** Puts the contract's `staff` methods and the staff's log-in and accounts together; `onLeft` runs when somebody's log-in was ended. */
export function staffRoutes(os: StationImplementer['staff'], staff: Staff, onLeft: () => void) {
  const actor = (context: GuardedContext) => requireStaff(context).person;
  return {
    logIn: os.logIn.handler(({ context, input }) =>
      staff.logIn(context.caller, input.account, input.secret),
    ),
    resume: os.resume.handler(({ context, input }) => staff.resume(context.caller, input.token)),
    logOut: os.logOut.handler(({ context }) => {
      staff.logOut(context.caller);
      onLeft();
      return {};
    }),
    present: os.present.handler(() => ({})),
    session: os.session.handler(({ context }) => ({ session: context.staff })),
    changeSecret: os.changeSecret.handler(({ context, input }) => {
      if (context.staff === undefined) throw new StationError('not-signed-in');
      return staff.changeSecret(context.caller, context.staff, input);
    }),
    startRecovery: os.startRecovery.handler(({ input }) => staff.startRecovery(input.account)),
    finishRecovery: os.finishRecovery.handler(({ context, input }) =>
      staff.finishRecovery(context.caller, input),
    ),
    people: os.people.handler(() => staff.people()),
    add: os.add.handler(({ context, input }) => staff.add(actor(context), input)),
    change: os.change.handler(({ context, input }) => staff.change(actor(context), input)),
    resetSecret: os.resetSecret.handler(({ context, input }) =>
      staff.resetSecret(actor(context), input.id),
    ),
    logIns: os.logIns.handler(() => staff.logIns()),
    endLogIn: os.endLogIn.handler(({ context, input }) => {
      staff.endLogIn(actor(context), input.id);
      onLeft();
      return {};
    }),
  };
}
