import { afterEach, beforeEach, expect, test } from 'vitest';
import { rehearseHome } from '#station/home/rehearse-home.ts';
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

test('home is answered once before anybody asks', async () => {
  let answers = 0;
  const counted = new Proxy(host.router, {
    get: (router, name, receiver) => {
      if (name === 'home') answers += 1;
      return Reflect.get(router, name, receiver) as unknown;
    },
  });
  await rehearseHome(counted);
  expect(answers).toBe(1);
});

test('a fault in it is left to the page that asks next', async () => {
  await host.close();
  await expect(rehearseHome(host.router)).resolves.toBeUndefined();
});
