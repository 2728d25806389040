import { existsSync, readFileSync } from 'node:fs';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect } from 'vitest';
import { openDivisionLog } from '#district/feed/division-log.ts';
import { appliedDivision } from '#station/content/feed-divisions.ts';
import { FeedRefusal } from '#station/feed/feed-refusal.ts';
import { FeedUnreachable, openFeedSource } from '#station/feed/feed-source.ts';
import { NOW, notice, sampleDistrict } from '../../district/feed/sample-feed.ts';
import { sampleTerminal } from './sample-terminal.ts';

/** What may happen to the answer of one request. */
type Fault =
  /** The connection ends after so many bytes of the file. */
  | { readonly do: 'cut' | 'stall'; readonly after: number }
  | { readonly do: 'server-error' | 'reset' | 'portal' }
  /** One bit of the file is another, and its length is right. */
  | { readonly do: 'flip'; readonly at: number; readonly bit: number }
  /** Some cache on the way answers with the file that was asked for before. */
  | { readonly do: 'answer-again' }
  | { readonly do: 'nothing' };

type Step =
  | { readonly do: 'put'; readonly name: string }
  | { readonly do: 'remove'; readonly name: string }
  | { readonly do: 'publish' | 'compact' }
  | { readonly do: 'pull'; readonly faults: readonly Fault[]; readonly years: number };

const name = fc.constantFrom('a', 'b', 'c');
const after = fc.nat(400);
const fault: fc.Arbitrary<Fault> = fc.oneof(
  { weight: 6, arbitrary: fc.constant({ do: 'nothing' } as const) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('cut' as const), after }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('stall' as const), after }) },
  {
    weight: 3,
    arbitrary: fc.record({ do: fc.constant('flip' as const), at: fc.nat(4_000), bit: fc.nat(7) }),
  },
  {
    weight: 4,
    arbitrary: fc
      .constantFrom('server-error', 'reset', 'portal', 'answer-again')
      .map((what) => ({ do: what }) as Fault),
  },
);
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 3, arbitrary: fc.record({ do: fc.constant('put' as const), name }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('remove' as const), name }) },
  { weight: 3, arbitrary: fc.constant({ do: 'publish' } as const) },
  { weight: 1, arbitrary: fc.constant({ do: 'compact' } as const) },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant('pull' as const),
      faults: fc.array(fault, { maxLength: 10 }),
      years: fc.constantFrom(0, 0, 0, 10, -10),
    }),
  },
);

/** Changes at the district and looks at it over a bad line, in any order. */
export const scheduleArbitrary = fc.array(step, { minLength: 2, maxLength: 14 });

const YEAR = 365 * 86_400_000;
/** What stalls is given up after so long; in the product it is 100 seconds. */
const PATIENCE_MS = 60;

/**
 * Lives through a schedule: after each look the rows are those of a state that the district published and the cursor names;
 * once the line is good again, one look brings everything. Throws where that does not hold.
 */
export async function survive(steps: readonly Step[]): Promise<void> {
  const district = sampleDistrict();
  const way = await badWay(district.folder);
  const stop = new AbortController();
  const terminal = sampleTerminal(district.root, openFeedSource(way.url, stop.signal, PATIENCE_MS));
  const patient = openFeedSource(way.url, stop.signal);
  const log = openDivisionLog('530102', 'epochone', [notice('first')]);
  const held = new Map([['first', 1]]);
  const published = new Map<number, string[]>();
  let version = 1;
  const publishNow = () => {
    log.cut();
    district.publish([log.feed()]);
    const names = [...held].map(([id, of]) => `${id}@${of}`).sort();
    published.set(log.feed().index.top, names);
  };
  const check = () => {
    const cursor = appliedDivision(terminal.cache, '530102');
    const told = cursor === undefined ? [] : published.get(cursor.sequence);
    expect(terminal.notices().sort()).toEqual(told);
  };
  try {
    publishNow();
    for (const now of steps) {
      if (now.do === 'put') {
        version += 1;
        held.set(now.name, version);
        log.put(notice(now.name, version));
      } else if (now.do === 'remove') {
        held.delete(now.name);
        log.remove(`notice.${now.name}`, '530102');
      } else if (now.do === 'publish') publishNow();
      else if (now.do === 'compact') {
        publishNow();
        log.compact(1);
      } else if (now.do === 'pull') {
        way.hurt(now.faults);
        await terminal.pull({ now: () => NOW + now.years * YEAR }).catch(expectAnswer);
        check();
      }
    }
    publishNow();
    way.hurt([]);
    const { refused } = await terminal.pull({ source: patient });
    expect(refused).toEqual([]);
    check();
    expect(appliedDivision(terminal.cache, '530102')?.sequence).toBe(log.feed().index.top);
  } finally {
    stop.abort();
    await way.stop();
    terminal.remove();
    district.remove();
  }
}

/** A look that fails says one of two things: nobody answers, or what came is not to be believed. */
function expectAnswer(error: unknown): void {
  if (!(error instanceof FeedUnreachable) && !(error instanceof FeedRefusal)) throw error;
}

/** Serves a folder and does to each answer what it is told. */
async function badWay(folder: string) {
  let faults: Fault[] = [];
  let before = Buffer.from('');
  const server = createServer((request, response) => {
    const path = join(folder, new URL(request.url ?? '/', 'http://way').pathname);
    const file = existsSync(path) ? readFileSync(path) : undefined;
    spoil(faults.shift() ?? { do: 'nothing' }, response, file, before);
    before = file ?? before;
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    hurt: (next: readonly Fault[]) => {
      faults = [...next];
    },
    stop: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(resolve));
    },
  };
}

function withFlippedBit(file: Buffer, at: number, bit: number): Buffer {
  const copy = Buffer.from(file);
  copy[at] = (copy[at] ?? 0) ^ (1 << bit);
  return copy;
}

function spoil(fault: Fault, response: ServerResponse, file: Buffer | undefined, before: Buffer) {
  switch (fault.do) {
    case 'reset':
      response.socket?.resetAndDestroy();
      return;
    case 'server-error':
      response.writeHead(503).end('later');
      return;
    case 'portal':
      response.writeHead(200, { 'content-type': 'text/html' }).end('<html>请先登录</html>');
      return;
    case 'answer-again':
      response.writeHead(200).end(before);
      return;
    case 'flip':
      if (file === undefined) response.writeHead(404).end();
      else response.writeHead(200).end(withFlippedBit(file, fault.at % file.length, fault.bit));
      return;
    case 'nothing':
      if (file === undefined) response.writeHead(404).end();
      else response.writeHead(200).end(file);
      return;
    case 'cut':
    case 'stall': {
      const whole = file ?? before;
      const isWhole = fault.after >= whole.length;
      response.writeHead(200, { 'content-length': whole.length });
      response.write(whole.subarray(0, fault.after));
      if (isWhole) response.end();
      else if (fault.do === 'cut') setImmediate(() => response.socket?.destroy());
      return;
    }
  }
}
