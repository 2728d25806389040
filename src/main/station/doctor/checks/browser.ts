import { type Check, fault, notApplicable, ok } from '../check.ts';

/** The browser that shows the pages on this computer's own screen: without one nobody can use the terminal. */
export const browser: Check = {
  id: 'browser',
  title: '浏览器',
  look: ({ computer }) => {
    const { environment } = computer;
    const path = computer.browser();
    if (path === 'own') return ok('页面由本程序自己显示，不另用浏览器。');
    // A shell without a display serves its pages to others alone.
    if (!environment.DISPLAY && !environment.WAYLAND_DISPLAY)
      return notApplicable('这里没有图形会话，页面由别的电脑打开。');
    if (path === undefined)
      return fault(
        '没有找到浏览器，屏幕上打不开页面。',
        '请安装 chromium；装好后一分钟内页面自己出来，不用重启。',
      );
    return ok(`浏览器在：${path}。`);
  },
};
