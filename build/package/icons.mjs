/**
 * For developers, after a change of build/resources/icon.svg: `node build/package/icons.mjs` draws the PNG of every size and
 * the ICO for Windows, by the Chromium of the system.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { chromium } from 'playwright-core';
import { findProgram, inRoot } from '../setup/paths.mjs';

const SIZES = [16, 24, 32, 48, 64, 128, 256, 512];
/** An ICO holds at most 256 pixels. */
const ICO_SIZES = [16, 24, 32, 48, 64, 256];

/** An ICO of PNG pictures: a head of 6 bytes, 16 for each picture, the pictures. Sizes of 256 are written as 0. */
export function icoOf(pictures) {
  const head = Buffer.alloc(6 + 16 * pictures.length);
  head.writeUInt16LE(1, 2);
  head.writeUInt16LE(pictures.length, 4);
  let offset = head.length;
  for (const [index, { size, png }] of pictures.entries()) {
    const at = 6 + 16 * index;
    head.writeUInt8(size % 256, at);
    head.writeUInt8(size % 256, at + 1);
    head.writeUInt16LE(1, at + 4);
    head.writeUInt16LE(32, at + 6);
    head.writeUInt32LE(png.length, at + 8);
    head.writeUInt32LE(offset, at + 12);
    offset += png.length;
  }
  return Buffer.concat([head, ...pictures.map(({ png }) => png)]);
}

const place = (...parts) => inRoot('build', 'resources', ...parts);
const svg = readFileSync(place('icon.svg'), 'utf8');
const browser = await chromium.launch({
  executablePath: findProgram('chromium'),
  args: ['--no-sandbox'],
});
const page = await browser.newPage();
mkdirSync(place('icons'), { recursive: true });
const pictures = [];
for (const size of SIZES) {
  await page.setViewportSize({ width: size, height: size });
  await page.setContent(
    `<style>body{margin:0}svg{display:block;width:100vw;height:100vh}</style>${svg}`,
  );
  const png = await page.screenshot({ omitBackground: true });
  writeFileSync(place('icons', `${size}x${size}.png`), png);
  pictures.push({ size, png });
}
await browser.close();
writeFileSync(place('icon.ico'), icoOf(pictures.filter(({ size }) => ICO_SIZES.includes(size))));
