/** Draws the film: pictures by Chromium, a soft note at each scene, WebM (VP9, Opus) by ffmpeg. Returns its bytes. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';
import { findChromium } from '../../src/main/station/screen/find-chromium.ts';
import { inRoot } from '../setup/paths.mjs';
import { lastLines, run } from '../setup/run.mjs';
import { SetupError } from '../setup/say.mjs';
import { iconOf } from './icons.mjs';

const WIDTH = 1280;
const HEIGHT = 720;
/** Large letters need no more than 1024 by 576 points. */
const SCREEN = { viewport: { width: WIDTH, height: HEIGHT }, deviceScaleFactor: 0.8 };
const FRAMES_A_SECOND = 12;
/** One picture gives way to the next so slowly that nothing flashes (standards A-13). */
const FADE_SECONDS = 0.5;
const SAMPLE_RATE = 24_000;

export async function drawFilm(film) {
  const folder = mkdtempSync(join(tmpdir(), 'film-'));
  try {
    const pictures = await drawPictures(film, folder);
    const sound = join(folder, 'sound.wav');
    writeFileSync(sound, notes(film));
    const target = join(folder, 'film.webm');
    const { status, output } = await run('ffmpeg', encoding(pictures, sound, target));
    if (status !== 0) throw new SetupError(`ffmpeg did not make the film: ${lastLines(output)}`);
    return readFileSync(target);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function drawPictures(film, folder) {
  const browser = await chromium.launch({
    executablePath: findChromium(),
    args: ['--allow-file-access-from-files', ...(process.getuid?.() === 0 ? ['--no-sandbox'] : [])],
  });
  try {
    const page = await browser.newPage({ ...SCREEN });
    const file = join(folder, 'page.html');
    const pictures = [];
    for (const scene of film.scenes)
      for (const [at, { seconds }] of scene.steps.entries()) {
        writeFileSync(file, pageOf(scene, at));
        await page.goto(pathToFileURL(file).href);
        await page.evaluate(() => document.fonts.ready);
        const picture = join(folder, `${pictures.length}.png`);
        await page.screenshot({ path: picture });
        pictures.push({ picture, seconds });
      }
    return pictures;
  } finally {
    await browser.close();
  }
}

/** A picture of a scene with what its steps have shown so far. */
function pageOf({ icon, title, steps }, at) {
  const font = (name) =>
    pathToFileURL(inRoot('node_modules', '@fontsource-variable', name, 'index.css')).href;
  const items = steps.slice(0, at + 1).flatMap(({ show }) => show ?? []);
  return `<!doctype html><meta charset="utf-8">
    <link rel="stylesheet" href="${font('noto-sans-sc')}"><link rel="stylesheet" href="${font('noto-serif-sc')}">
    <style>
      body { margin: 0; width: ${WIDTH}px; height: ${HEIGHT}px; display: grid; grid-template-columns: 400px 1fr; align-items: center;
        background: #faf7f1; color: #14213a; font: 400 42px/1.5 "Noto Sans SC Variable", sans-serif }
      .side { height: 100%; display: grid; place-items: center; background: #0f2c63; color: #f4dfb4 }
      .words { padding: 0 64px 90px }
      h1 { margin: 0 0 36px; font: 700 60px/1.35 "Noto Serif SC Variable", serif; color: #0f2c63; white-space: pre-line }
      p { margin: 0 0 20px; padding-left: 26px; border-left: 8px solid #b02d1e }
    </style>
    <div class="side">${iconOf(icon, { size: 250 })}</div>
    <div class="words"><h1>${title}</h1>${items.map((item) => `<p>${item}</p>`).join('')}</div>`;
}

/** Two soft notes when a scene begins, silence between: 16-bit mono WAV. */
function notes(film) {
  const starts = [];
  let length = 0;
  for (const { steps } of film.scenes) {
    starts.push(length);
    for (const { seconds } of steps) length += seconds;
  }
  const samples = new Float64Array(Math.ceil(length * SAMPLE_RATE));
  for (const start of starts)
    for (const [delay, pitch] of [
      [0.1, 523.25],
      [0.4, 659.25],
    ])
      addNote(samples, start + delay, pitch);
  const wav = Buffer.alloc(44 + samples.length * 2);
  wav.write('RIFF', 0);
  wav.writeUInt32LE(36 + samples.length * 2, 4);
  wav.write('WAVEfmt ', 8);
  wav.writeUInt32LE(16, 16);
  wav.writeUInt16LE(1, 20);
  wav.writeUInt16LE(1, 22);
  wav.writeUInt32LE(SAMPLE_RATE, 24);
  wav.writeUInt32LE(SAMPLE_RATE * 2, 28);
  wav.writeUInt16LE(2, 32);
  wav.writeUInt16LE(16, 34);
  wav.write('data', 36);
  wav.writeUInt32LE(samples.length * 2, 40);
  for (const [at, value] of samples.entries())
    wav.writeInt16LE(Math.round(value * 32_767), 44 + at * 2);
  return wav;
}

function addNote(samples, start, pitch) {
  const from = Math.floor(start * SAMPLE_RATE);
  for (let at = 0; at < 1.6 * SAMPLE_RATE && from + at < samples.length; at += 1) {
    const time = at / SAMPLE_RATE;
    const swell = Math.min(1, time / 0.03) * Math.exp(-time * 3);
    samples[from + at] += 0.12 * swell * Math.sin(2 * Math.PI * pitch * time);
  }
}

function encoding(pictures, sound, target) {
  const inputs = pictures.flatMap(({ picture, seconds }) => [
    ...['-loop', '1', '-framerate', String(FRAMES_A_SECOND)],
    ...['-t', String(seconds + FADE_SECONDS), '-i', picture],
  ]);
  let offset = 0;
  const fades = pictures.slice(1).map((_picture, at) => {
    offset += pictures[at].seconds;
    const from = at === 0 ? '[0]' : `[f${at}]`;
    return `${from}[${at + 1}]xfade=transition=fade:duration=${FADE_SECONDS}:offset=${offset}[f${at + 1}]`;
  });
  return [
    ...['-hide_banner', '-loglevel', 'error', ...inputs, '-i', sound],
    ...['-filter_complex', `${fades.join(';')};[f${pictures.length - 1}]format=yuv420p[v]`],
    ...['-map', '[v]', '-map', `${pictures.length}:a`, '-shortest'],
    // A key frame every 15 seconds: going back or forth need not read the film from its beginning.
    ...['-c:v', 'libvpx-vp9', '-crf', '48', '-b:v', '0', '-g', String(15 * FRAMES_A_SECOND)],
    ...['-row-mt', '1', '-cpu-used', '3', '-c:a', 'libopus', '-b:a', '16k'],
    ...[
      '-map_metadata',
      '-1',
      '-fflags',
      '+bitexact',
      '-flags:v',
      '+bitexact',
      '-cues_to_front',
      '1',
    ],
    target,
  ];
}
