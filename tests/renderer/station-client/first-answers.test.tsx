import { type QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { act, cleanup, render } from '@testing-library/react';
import { afterEach, expect, it } from 'vitest';
import { FIRST_ANSWERS_ID } from '#shared/contract/first-answers.ts';
import type { HomeView } from '#shared/contract/views.ts';
import { firstAnswersOf } from '../../../src/renderer/station-client/first-answers.ts';
import type { StationClient } from '../../../src/renderer/station-client/station-client.ts';
import {
  createQueryClient,
  readAhead,
  StationClientProvider,
  takeFirstAnswers,
  useHelloReading,
  useHomeReading,
} from '../../../src/renderer/station-client/use-station.ts';
import { HELLO } from '../visitor/hello.ts';

afterEach(() => {
  cleanup();
  document.body.replaceChildren();
});

const named = (stationName: string) => ({ ...HELLO, stationName });
const HOME = {} as HomeView;

/** A host that answers when it is told to, and what was asked of it. */
function lateHost() {
  const asked: string[] = [];
  let connect: (() => void) | undefined;
  const connected = new Promise<void>((resolve) => {
    connect = resolve;
  });
  const answer = async <Value,>(name: string, value: Value): Promise<Value> => {
    asked.push(name);
    await connected;
    return value;
  };
  const station = {
    system: { hello: () => answer('hello', named('连上以后')) },
    home: { view: () => answer('home', HOME) },
  } as unknown as StationClient;
  return { station, asked, connect: async () => act(async () => connect?.()) };
}

const drawings: string[] = [];
afterEach(() => drawings.splice(0));

function Home() {
  const hello = useHelloReading();
  const home = useHomeReading();
  const seen = `${hello.data?.stationName ?? '没有'} ${home.data === undefined ? '空' : '首页'}`;
  if (drawings.at(-1) !== seen) drawings.push(seen);
  return seen;
}

const show = (queries: QueryClient, station: StationClient) =>
  render(
    <QueryClientProvider client={queries}>
      <StationClientProvider value={station}>
        <Home />
      </StationClientProvider>
    </QueryClientProvider>,
  );

it('finds what the host wrote into the page, and nothing in a page that came without a host', () => {
  expect(firstAnswersOf(document)).toBeUndefined();
  const carrier = document.createElement('script');
  carrier.type = 'application/json';
  carrier.id = FIRST_ANSWERS_ID;
  carrier.textContent = JSON.stringify({ hello: HELLO, home: HOME });
  document.body.append(carrier);
  expect(firstAnswersOf(document)).toEqual({ hello: HELLO, home: HOME });
});

it('draws home before there is a connection, and hears anew what holds as soon as there is one', async () => {
  const host = lateHost();
  const queries = createQueryClient();
  takeFirstAnswers(queries, { hello: named('页面带来的'), home: HOME });
  show(queries, host.station);
  expect(drawings).toEqual(['页面带来的 首页']);
  expect(host.asked.toSorted()).toEqual(['hello', 'home']);
  await host.connect();
  await expect.poll(() => drawings).toEqual(['页面带来的 首页', '连上以后 首页']);
});

it('draws greeting and home in one piece when the page brought nothing', async () => {
  const host = lateHost();
  const queries = createQueryClient();
  readAhead(queries, host.station, 'zh-CN');
  show(queries, host.station);
  await host.connect();
  await expect.poll(() => drawings).toEqual(['没有 空', '连上以后 首页']);
  expect(host.asked.toSorted()).toEqual(['hello', 'home']);
});

it('draws the greeting alone when home was not answered, so that its page says so', async () => {
  const host = lateHost();
  const station = {
    ...host.station,
    home: { view: () => Promise.reject(new Error('no answer')) },
  } as unknown as StationClient;
  const queries = createQueryClient();
  readAhead(queries, station, 'zh-CN');
  show(queries, station);
  await host.connect();
  await expect.poll(() => drawings.at(-1)).toBe('连上以后 空');
});
