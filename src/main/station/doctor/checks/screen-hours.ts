import type { ScreenHours } from '#shared/screen/screen-hours.ts';
import { setHoursHere } from '../../screen/set-hours.ts';
import { screenPower } from '../../screen/switch-screen.ts';
import { attention, type Check, notApplicable, ok } from '../check.ts';

/** When the screen is lit, and whether it can be switched off otherwise. */
export const screenHours: Check = {
  id: 'screen-hours',
  title: '亮屏时间',
  look: async ({ computer }) => {
    const hours = setHoursHere(computer);
    if (hours.kind === 'always') return notApplicable('没有设亮屏时间，屏幕一直亮着。');
    if (hours.kind === 'unreadable')
      return attention(
        `亮屏时间写的是“${hours.text}”，看不懂，屏幕一直亮着。`,
        '请在 /etc/legal-kiosk/machine.conf 里写成 SCREEN_HOURS="07:30-20:00"，或者留空，再重启一体机。',
      );
    const said = `屏幕 ${spoken(hours)} 亮着，其余时间没有人用就熄屏，碰一下就亮`;
    return (await screenPower(computer)) === 'cannot'
      ? ok(`${said}；系统关不了这块屏幕，熄屏时只显示黑色画面。`)
      : ok(`${said}。`);
  },
};

function spoken({ from, to }: Extract<ScreenHours, { kind: 'hours' }>): string {
  return `${clock(from)}–${to < from ? '次日 ' : ''}${clock(to)}`;
}

function clock(minutes: number): string {
  const [hours, rest] = [Math.floor(minutes / 60), minutes % 60];
  return `${String(hours).padStart(2, '0')}:${String(rest).padStart(2, '0')}`;
}
