import type { Growth, Measured, Sample } from './growth.ts';

const WIDTH = 460;
const HEIGHT = 150;
const GAP = 50;
const COLUMNS = 2;

const TITLES: Readonly<Record<Measured, string>> = {
  hostMb: 'Host, MB',
  shellMb: 'Shell, MB',
  browserMb: 'Browser with all its processes, MB',
  pageHeapMb: 'Heap of the page after sweeping, MB',
  nodes: 'Nodes of documents',
  listeners: 'Event listeners',
  handles: 'Open files of host and shell',
  databaseMb: 'Databases, MB',
};

/** Draws each measure over the minutes, from zero, with its growth in an hour. */
export function plot(samples: readonly Sample[], growth: readonly Growth[]): string {
  const rows = Math.ceil(growth.length / COLUMNS);
  const [width, height] = [COLUMNS * (WIDTH + GAP) + GAP, rows * (HEIGHT + GAP) + GAP];
  const charts = growth.map((one, index) => {
    const x = GAP + (index % COLUMNS) * (WIDTH + GAP);
    const y = GAP + Math.floor(index / COLUMNS) * (HEIGHT + GAP);
    return `<g transform="translate(${x} ${y})">${chart(samples, one)}</g>`;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" font-family="sans-serif" font-size="13"><rect width="100%" height="100%" fill="#fff"/>${charts.join('')}</svg>\n`;
}

function chart(samples: readonly Sample[], { what, anHour, isLeak }: Growth): string {
  const highest = Math.max(1, ...samples.map((sample) => sample[what]));
  const longest = Math.max(1e-9, samples.at(-1)?.minute ?? 0);
  const points = samples
    .map((sample) => {
      const x = (sample.minute / longest) * WIDTH;
      const y = HEIGHT - (sample[what] / highest) * HEIGHT;
      return `${x.toFixed(1)},${y.toFixed(1)}`;
    })
    .join(' ');
  const colour = isLeak ? '#b3261e' : '#1f4e79';
  return [
    `<text y="-8">${TITLES[what]} (${anHour >= 0 ? '+' : ''}${anHour} an hour)</text>`,
    `<rect width="${WIDTH}" height="${HEIGHT}" fill="none" stroke="#bbb"/>`,
    `<polyline points="${points}" fill="none" stroke="${colour}" stroke-width="1.5"/>`,
    `<text x="${WIDTH + 4}" y="10" fill="#555">${highest.toFixed(0)}</text>`,
    `<text x="${WIDTH + 4}" y="${HEIGHT}" fill="#555">0</text>`,
    `<text x="${WIDTH}" y="${HEIGHT + 15}" text-anchor="end" fill="#555">${longest.toFixed(0)} min</text>`,
  ].join('');
}
