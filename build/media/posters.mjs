/** Pictures beside the words of slides while nobody is here: icons in a row, no letters, so that large print loses nothing. */
import { chromium } from 'playwright-core';
import { findChromium } from '../../src/main/station/screen/find-chromium.ts';
import { iconOf } from './icons.mjs';

const WIDTH = 1200;
const HEIGHT = 400;
const ICON = 220;
const GROUND = '#1d4187';
const INK = '#f4dfb4';

const POSTERS = [
  {
    id: 'media.poster-limitation',
    title: '配图：期限',
    description: '沙漏、日历和天平：有的事过了日子就难办。',
    icons: ['hourglass', 'calendar', 'scales'],
  },
  {
    id: 'media.poster-wages',
    title: '配图：工钱和证据',
    description: '记工本、相机和工钱：先留证据，再要工钱。',
    icons: ['notebook', 'camera', 'coins'],
  },
  {
    id: 'media.poster-legal-aid',
    title: '配图：法律援助',
    description: '来说事的人、申请表和天平：没钱请律师，可以申请法律援助。',
    icons: ['people', 'file', 'scales'],
  },
  {
    id: 'media.poster-fraud',
    title: '配图：防诈骗',
    description: '挂掉的电话、停下的手和银行：叫您转账的电话，先挂断。',
    icons: ['phone-off', 'stop', 'bank'],
  },
  {
    id: 'media.poster-mediation',
    title: '配图：调解',
    description: '说话、握手和写好的协议：坐下来说，说好了写下来。',
    icons: ['chats', 'handshake', 'file'],
  },
  {
    id: 'media.poster-family',
    title: '配图：婚姻和孩子',
    description: '分开、孩子和家：离婚的事，孩子放在前面想。',
    icons: ['parting', 'baby', 'house'],
  },
  {
    id: 'media.poster-family-violence',
    title: '配图：家庭暴力',
    description: '警灯、证件和盾牌：正在动手打 110，再向法院申请保护令。',
    icons: ['siren', 'card', 'shield'],
  },
];

/** Each poster with its file, a PNG that is sharp on a large screen: terminals take no SVG, which is a program as much as a picture. */
export async function drawPosters() {
  const browser = await chromium.launch({
    executablePath: findChromium(),
    args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
  });
  try {
    const page = await browser.newPage({
      viewport: { width: WIDTH, height: HEIGHT },
      deviceScaleFactor: 1.6,
    });
    const drawn = [];
    for (const poster of POSTERS) {
      await page.setContent(
        `<style>body { margin: 0 } svg { display: block }</style>${svgOf(poster)}`,
      );
      drawn.push({ ...poster, bytes: await page.screenshot({ omitBackground: true }) });
    }
    return drawn;
  } finally {
    await browser.close();
  }
}

function svgOf({ icons }) {
  const step = WIDTH / icons.length;
  const drawings = icons.map((icon, at) => {
    const x = at * step + (step - ICON) / 2;
    return iconOf(icon, { size: ICON, x, y: (HEIGHT - ICON) / 2, color: INK });
  });
  const dots = icons.slice(1).flatMap((_icon, at) => {
    const middle = (at + 1) * step;
    return [-24, 0, 24].map((aside) => dot(middle + aside));
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${HEIGHT}">
    <rect width="${WIDTH}" height="${HEIGHT}" rx="36" fill="${GROUND}"/>${dots.join('')}${drawings.join('')}</svg>`;
}

function dot(x) {
  return `<circle cx="${x}" cy="${HEIGHT / 2}" r="6" fill="${INK}"/>`;
}
