import { attention, type Check, fault, ok } from '../check.ts';

/** Common characters, and rare ones of places and names. */
const SAMPLE = '公共法律服务站堃镕喆镫';

/** Letters for Chinese: in the fonts that are shipped, and in the system's for what they lack. */
export const fonts: Check = {
  id: 'fonts',
  title: '字体',
  look: async ({ computer }) => {
    const reinstall = '请重新安装程序。';
    try {
      const missing = computer.missingGlyphs(SAMPLE);
      if (missing.length > 0) return fault(`自带的字体缺字：${missing.join('')}。`, reinstall);
    } catch {
      return fault('自带的字体读不了。', reinstall);
    }
    if (computer.platform !== 'linux') return ok('自带的字体完好。');
    const { how, code, output } = await computer.run('fc-list', ':lang=zh', 'family');
    if (how !== 'exited' || code !== 0 || output.trim() !== '') return ok('自带的字体完好。');
    return attention(
      '自带的字体完好，但系统里没有后备的中文字体，极少用的字会显示成方框。',
      '请运行 apt install fonts-noto-cjk。',
    );
  },
};
