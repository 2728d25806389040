import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { openScreen } from '../../src/main/browser-shell/screen.ts';
import { absentHost } from '../../src/main/shell/absent-host.ts';
import { NO_RECORD } from '../../src/main/shell/recoveries.ts';

let folder: string;
let usable: number;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'screen-'));
  usable = 0;
  vi.stubEnv('PATH', join(folder, 'bin'));
  vi.stubEnv('KIOSK_CHROMIUM', undefined);
  vi.stubEnv('WAYLAND_DISPLAY', undefined);
});
afterEach(() => {
  vi.unstubAllEnvs();
  vi.useRealTimers();
  rmSync(folder, { recursive: true });
});

const open = () =>
  openScreen({
    ...{ host: absentHost('无'), address: 'http://127.0.0.1:9/visitor/', recoveries: NO_RECORD },
    profileDir: join(folder, 'profile'),
    recoveryDir: join(import.meta.dirname, '../../assets/recovery'),
    onUsable: () => {
      usable += 1;
    },
  });

test('a display without a browser is watched, and nobody can use it', async () => {
  vi.stubEnv('DISPLAY', ':9');
  const screen = open();
  screen.show();
  expect([screen.isWatched, usable]).toEqual([true, 0]);
  expect(screen.sentence).toContain('没有找到浏览器');
  await screen.close();
});

test('a computer without a display has nothing to watch', async () => {
  vi.stubEnv('DISPLAY', undefined);
  const screen = open();
  expect(screen.isWatched).toBe(false);
  await screen.close();
});

test('a browser that is installed later is found within a minute', async () => {
  vi.stubEnv('DISPLAY', ':9');
  vi.useFakeTimers();
  const screen = open();
  screen.show();
  await vi.advanceTimersByTimeAsync(3_600_000);
  expect(screen.pid()).toBeUndefined();
  // Any program that runs on, whatever it is told, will do.
  vi.stubEnv('PATH', folder);
  writeFileSync(join(folder, 'chromium'), '#!/bin/sh\nexec /bin/sleep 60\n', { mode: 0o755 });
  await vi.advanceTimersByTimeAsync(60_000);
  expect(screen.pid()).toBeGreaterThan(0);
  vi.useRealTimers();
  await screen.close();
});
