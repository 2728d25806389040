import { type Check, notApplicable } from '../check.ts';

/** The district's server. There is no enrolment yet, so there is nothing to reach. */
export const district: Check = {
  id: 'district',
  title: '区县服务器',
  look: () => notApplicable('还没有设置区县服务器，本机独立运行。'),
};
