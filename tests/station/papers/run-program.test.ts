import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { runProgram } from '#station/papers/run-program.ts';
import { standIns } from '../../machine/run-script.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'programs-'));
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true });
});

test('a program that switches the screen is told which screen, and nothing of our secrets', async () => {
  vi.stubEnv('PATH', standIns(folder, { xset: 'env' }));
  vi.stubEnv('DISPLAY', ':7');
  vi.stubEnv('XAUTHORITY', '/run/session/Xauthority');
  vi.stubEnv('KIOSK_HOST_OPTIONS', '{"dataDir":"/secret"}');
  const { output } = await runProgram('xset', ['q'], { timeoutMs: 10_000 });
  expect(output).toContain('DISPLAY=:7\n');
  expect(output).toContain('XAUTHORITY=/run/session/Xauthority\n');
  expect(output).not.toContain('KIOSK_HOST_OPTIONS');
});
