import { requireStaff } from '../access/guard.ts';
import type { StationImplementer } from '../access/implement-station.ts';
import type { Enrolment } from './enrolment.ts';

/** Puts the contract's `enrolment` methods and the terminal's place in a district together. */
export function enrolmentRoutes(os: StationImplementer['enrolment'], enrolment: Enrolment) {
  return {
    view: os.view.handler(() => enrolment.view()),
    enrol: os.enrol.handler(({ context, input }) =>
      enrolment.enrol(requireStaff(context).person, input),
    ),
  };
}
