import { attention, type Check, fault, ok } from '../check.ts';

/** A sound disk flushes a quarter of a megabyte within some hundredths of a second; one that dies takes seconds. */
const SLOW_MS = 2000;

/** Whether the disk takes what is written, and in good time. */
export const diskWrite: Check = {
  id: 'disk-write',
  title: '磁盘读写',
  look: ({ computer, dataDir }) => {
    try {
      const took = computer.tryWriting(dataDir);
      if (took < SLOW_MS) return ok('磁盘能写，速度正常。');
      return attention(
        `磁盘很慢，写一个小文件用了 ${(took / 1000).toFixed(1)} 秒。`,
        '请先备份数据（kiosk backup），再检查硬盘，必要时换一块。',
      );
    } catch (error) {
      const code = (error as NodeJS.ErrnoException).code;
      if (code === 'ENOSPC' || code === 'EDQUOT')
        return fault('磁盘满了，写不进去。', '请清理这个盘上不用的文件。');
      return fault(
        code === 'EROFS' ? '磁盘变成只读了。' : '数据文件夹不能写。',
        code === 'EROFS'
          ? '硬盘可能坏了：请重启电脑；又变成只读，就换硬盘，用备份恢复。'
          : '请检查数据文件夹归谁所有，让运行一体机的用户能写。',
      );
    }
  },
};
