import { createRouterClient } from '@orpc/server';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { FirstAnswers } from '#shared/contract/first-answers.ts';
import { terminalContext } from '#station/access/caller.ts';
import { firstAnswers, pageWithAnswers } from '#station/home/first-answers.ts';
import { type Host, startHost } from '#station/host.ts';
import { type TemporaryHost, temporaryHost } from '../temporary-host.ts';

let temporary: TemporaryHost;
let host: Host;
beforeEach(async () => {
  temporary = temporaryHost();
  host = await startHost(temporary.options);
});
afterEach(async () => {
  await host.close();
  temporary.remove();
});

test('what a page brings with it is what calls would answer', async () => {
  const station = createRouterClient(host.router, { context: terminalContext() });
  const answers = await firstAnswers(host.router);
  expect({ ...answers?.hello, now: 0 }).toEqual({ ...(await station.system.hello()), now: 0 });
  expect(answers?.home).toEqual(await station.home.view({ language: 'zh-CN' }));
});

test('nothing of them is lost on the way through the page', async () => {
  const answers = await answered();
  expect(dataIn(pageWithAnswers('<body><div></div></body>', answers))).toEqual(answers);
});

test('no word of the content ends the element that it stands in', async () => {
  const answers = await answered();
  const stationName = '</script><script>alert(1)</script><!--';
  const named = { ...answers, hello: { ...answers.hello, stationName } };
  const page = pageWithAnswers('<body></body>', named);
  expect(page.match(/<\/?script|<!--/g)).toEqual(['<script', '</script']);
  expect(dataIn(page).hello.stationName).toBe(stationName);
});

test('a fault in them is left to the page, which asks itself then', async () => {
  await host.close();
  await expect(firstAnswers(host.router)).resolves.toBeUndefined();
});

async function answered(): Promise<FirstAnswers> {
  const answers = await firstAnswers(host.router);
  if (answers === undefined) throw new Error('home was not answered');
  return answers;
}

function dataIn(page: string): FirstAnswers {
  const text = /type="application\/json">([^<]*)<\/script><\/body>/.exec(page)?.[1];
  return JSON.parse(text ?? 'null') as FirstAnswers;
}
