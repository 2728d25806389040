import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';

const MODULE = JSON.stringify(join(import.meta.dirname, '../../src/main/station/lean-process.ts'));

/** What a process of its own prints after it was made lean. */
async function said(script: string): Promise<string> {
  const program = `import { leanProcess } from ${MODULE}; leanProcess(); ${script}`;
  const args = ['--input-type=module', '-e', program];
  return (await promisify(execFile)(process.execPath, args)).stdout.trim();
}

const HAS_HTTP_CLIENT = 'process.moduleLoadList.some((name) => name.includes("undici"))';

test('asking whether a value is a form loads no HTTP client', async () => {
  expect(await said(`console.log({} instanceof FormData, ${HAS_HTTP_CLIENT})`)).toBe('false false');
});

test('a form cannot be made by mistake', async () => {
  const script = 'try { new FormData() } catch ({ message }) { console.log(message) }';
  expect(await said(script)).toBe('the station host takes and sends no forms');
});

test('who fetches still can', async () => {
  const script = `
    const { createServer } = await import('node:http');
    const server = createServer((request, response) => request.pipe(response)).listen(0, '127.0.0.1', async () => {
      const address = 'http://127.0.0.1:' + server.address().port;
      const answer = await fetch(address, { method: 'POST', body: 'words' });
      console.log(answer.status, await answer.text());
      server.close();
    });`;
  expect(await said(script)).toBe('200 words');
});
