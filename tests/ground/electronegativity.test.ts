import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';

const CHECK = join(import.meta.dirname, '../../build/electronegativity/check.mjs');
const folder = mkdtempSync(join(tmpdir(), 'electronegativity-'));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

it('the check of the Electron shell finds what is planted', () => {
  writeFileSync(
    join(folder, 'window.ts'),
    `import { BrowserWindow, shell } from 'electron';
export function open(address: string): BrowserWindow {
  void shell.openExternal(address);
  return new BrowserWindow({
    webPreferences: { nodeIntegration: true, contextIsolation: false, sandbox: false, webSecurity: false },
  });
}
`,
  );
  const { status, stdout } = spawnSync(process.execPath, [CHECK, folder], { encoding: 'utf8' });
  expect(status).toBe(1);
  for (const id of ['SANDBOX', 'CONTEXT_ISOLATION', 'WEB_SECURITY', 'OPEN_EXTERNAL'])
    expect(stdout).toMatch(new RegExp(`window\\.ts:\\d+ ${id}`));
});
