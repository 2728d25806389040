import { attention, type Check, fault, ok } from '../check.ts';

const GB = 1024 ** 3;
/** Below the first the program may stop within days; below the second somebody should come by. */
const FAULT_BELOW = 0.5 * GB;
const ATTENTION_BELOW = 2 * GB;
const REMEDY = '请清理这个盘上不用的文件，不要删数据文件夹里的 station 文件。';

/** Room on the disk of the data folder. */
export const diskSpace: Check = {
  id: 'disk-space',
  title: '磁盘空间',
  look: async ({ computer, dataDir }) => {
    const { free } = await computer.space(dataDir);
    const sentence = `数据所在的盘还剩 ${(free / GB).toFixed(1)} GB。`;
    if (free < FAULT_BELOW) return fault(sentence, REMEDY);
    return free < ATTENTION_BELOW ? attention(sentence, REMEDY) : ok(sentence);
  },
};
