import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { processesBelow, type RunningShell } from '../../e2e/browser/running-shell.ts';
import type { Sample } from './growth.ts';

const MB = 1024 * 1024;

/** Looks at what a terminal uses now. The page's heap is swept first, so that only what stays is counted. */
export async function takeSample(
  shell: RunningShell,
  page: Page,
  dataDir: string,
  minute: number,
): Promise<Sample> {
  const session = await page.context().newCDPSession(page);
  await session.send('HeapProfiler.collectGarbage');
  const heap = await session.send('Runtime.getHeapUsage');
  const dom = await session.send('Memory.getDOMCounters');
  await session.detach();
  const host = shell.hostPid() ?? 0;
  const own = shell.child.pid ?? 0;
  const browser = processesBelow(own)
    .map(({ pid }) => pid)
    .filter((pid) => pid !== host);
  const size = (name: string) =>
    statSync(join(dataDir, name), { throwIfNoEntry: false })?.size ?? 0;
  return {
    minute,
    hostMb: memoryOf(host),
    shellMb: memoryOf(own),
    browserMb: browser.reduce((sum, pid) => sum + memoryOf(pid), 0),
    pageHeapMb: heap.usedSize / MB,
    nodes: dom.nodes,
    listeners: dom.jsEventListeners,
    handles: handlesOf(host) + handlesOf(own),
    databaseMb:
      ['station.sqlite', 'station.sqlite-wal', 'cache.sqlite', 'cache.sqlite-wal']
        .map(size)
        .reduce((sum, bytes) => sum + bytes, 0) / MB,
  };
}

/** What a process has for itself (proportional to what it shares), megabytes; 0 when it is gone. */
function memoryOf(pid: number): number {
  try {
    const kb = /^Pss:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'))?.[1];
    return Number(kb ?? 0) / 1024;
  } catch {
    return 0;
  }
}

function handlesOf(pid: number): number {
  try {
    return readdirSync(`/proc/${pid}/fd`).length;
  } catch {
    return 0;
  }
}
