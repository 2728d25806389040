import { type Check, fault, notApplicable, ok } from '../check.ts';

const MOST_NAMES = 3;

/** The program's own files, against the list that was written when it was packaged. */
export const programFiles: Check = {
  id: 'program-files',
  title: '程序文件',
  look: async ({ computer }) => {
    const reinstall = '请重新安装这一版程序；数据不会动。';
    const files = await computer.programFiles().catch(() => 'unreadable' as const);
    if (files === 'unreadable') return fault('程序文件的清单读不了。', reinstall);
    if (files === undefined) return notApplicable('从源代码运行，没有安装清单可比。');
    const { count, missing, changed } = files;
    const faults = [
      ...missing.map((name) => `${name} 不见了`),
      ...changed.map((name) => `${name} 和安装时不一样`),
    ];
    if (faults.length === 0) return ok(`${count} 个程序文件和安装时一样。`);
    const named = faults.slice(0, MOST_NAMES).join('、');
    const rest = faults.length > MOST_NAMES ? `，另有 ${faults.length - MOST_NAMES} 个` : '';
    return fault(`${named}${rest}。`, reinstall);
  },
};
