import { attention, type Check, notApplicable, ok } from '../check.ts';

/** A Chinese voice of the system, for reading aloud and for calls in the hall. */
export const voice: Check = {
  id: 'voice',
  title: '朗读声音',
  look: async ({ computer }) => {
    if (computer.platform !== 'linux')
      return notApplicable('声音由系统提供。请在页面上点“大字”，打开“语音读出”听一听。');
    const { how, code, output } = await computer.run('espeak-ng', '--voices=cmn');
    const hasVoice = how === 'exited' && code === 0 && /^\s*\d+\s+cmn\b/m.test(output);
    return hasVoice
      ? ok('系统有普通话的声音。')
      : attention(
          '系统没有普通话的声音，叫号只有提示音。',
          '请运行 apt install espeak-ng speech-dispatcher，再重启一体机。',
        );
  },
};
