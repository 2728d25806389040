import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { cpuSeconds, ended, nginxOn } from './nginx.ts';
import { askOften } from './requests.ts';

const DISTRICT = join(import.meta.dirname, '../../../src/district/main.ts');
const BARE = join(import.meta.dirname, 'bare-server.ts');
const ROUNDS = 5;
const TIMESTAMP = 'feed/metadata/timestamp.json';

/**
 * Idle looks that one core can answer: requests by processor time of the server, so that whoever asks does not count. The district's
 * server against a bare route of its framework, in turns, and the same file from nginx.
 */
export async function benchIdlePolls(requests: number): Promise<Record<string, unknown>> {
  const place = mkdtempSync(join(tmpdir(), 'polls-'));
  const district = await startServer(DISTRICT, ['--data', place, '--port', '0']);
  const bare = await startServer(BARE, []);
  const nginx = await nginxOn(place);
  try {
    const etag = await etagOf(`${district.url}/${TIMESTAMP}`);
    const nginxEtag = await etagOf(`${nginx.url}${TIMESTAMP}`);
    const rates: Record<'district' | 'bare' | 'nginx', number[]> = {
      ...{ district: [], bare: [], nginx: [] },
    };
    for (let round = 0; round < ROUNDS; round += 1) {
      const known = { 'if-none-match': etag };
      rates.bare.push(await rate(bare.cpu, requests, `${bare.url}/`, 200, {}));
      rates.district.push(
        await rate(district.cpu, requests, `${district.url}/${TIMESTAMP}`, 304, known),
      );
      const nginxKnown = { 'if-none-match': nginxEtag };
      rates.nginx.push(
        await rate(nginx.cpu, requests, `${nginx.url}${TIMESTAMP}`, 304, nginxKnown),
      );
    }
    // The first round of each warms up.
    const [district1, bare1, nginx1] = [rates.district, rates.bare, rates.nginx].map((list) =>
      median(list.slice(1)),
    );
    const ratio = (district1 ?? 0) / (bare1 ?? 1);
    return {
      bench: 'idle looks answered by one core, against a bare route of the same framework',
      requests,
      aSecond: Math.round(district1 ?? 0),
      bareASecond: Math.round(bare1 ?? 0),
      nginxASecond: Math.round(nginx1 ?? 0),
      terminalsAtFiveMinutes: Math.round((district1 ?? 0) * 300),
      ratio: Math.round(ratio * 100) / 100,
      goalRatio: 0.8,
      met: ratio >= 0.8,
    };
  } finally {
    await nginx.stop();
    await bare.stop();
    await district.stop();
    rmSync(place, { recursive: true, force: true });
  }
}

async function etagOf(url: string): Promise<string> {
  const answer = await fetch(url);
  await answer.arrayBuffer();
  return answer.headers.get('etag') ?? '';
}

async function rate(
  cpu: () => number,
  requests: number,
  url: string,
  wanted: number,
  headers: Readonly<Record<string, string>>,
): Promise<number> {
  const before = cpu();
  await askOften(url, requests, wanted, headers);
  return requests / (cpu() - before);
}

const median = (numbers: readonly number[]) =>
  numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? Number.NaN;

/** A Node program that says its address in its first line. */
async function startServer(program: string, args: readonly string[]) {
  const child = spawn(process.execPath, [program, ...args], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const url = await announced(child);
  return {
    url,
    cpu: () => cpuSeconds(child.pid ?? 0),
    stop: () => ended(child),
  };
}

function announced(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`the server ended with ${code}`)));
    child.stdout?.once('data', (data) =>
      resolve((JSON.parse(String(data)) as { url: string }).url),
    );
  });
}
