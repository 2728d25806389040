import { attention, type Check, notApplicable, ok } from '../check.ts';
import type { Computer } from '../computer.ts';

const REMEDY = '有网络的，请运行 timedatectl set-ntp true；没有网络的，请每月看一次时间。';

/** Whether the system sets its clock by the network. */
export const timeSync: Check = {
  id: 'time-sync',
  title: '自动对时',
  look: async ({ computer }) => {
    const synced = await isSynced(computer);
    if (synced === undefined) return notApplicable('这里查不到自动对时，请每月看一次时间。');
    return synced ? ok('系统在自动对时。') : attention('系统没有在自动对时。', REMEDY);
  },
};

/** Undefined when nobody can say. */
async function isSynced({ run }: Computer): Promise<boolean | undefined> {
  const { how, code, output } = await run(
    'timedatectl',
    'show',
    '-p',
    'NTPSynchronized',
    '--value',
  );
  if (how === 'exited' && code === 0) return output.trim() === 'yes';
  const chrony = await run('chronyc', '-n', 'tracking');
  if (chrony.how !== 'exited' || chrony.code !== 0) return undefined;
  return /^Leap status\s*: Normal$/m.test(chrony.output);
}
