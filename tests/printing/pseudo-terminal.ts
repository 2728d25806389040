import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { vi } from 'vitest';

/** A serial line that leads to a port of this computer, made of a pseudo terminal (`script` of util-linux). */
export interface SerialLine {
  readonly path: string;
  /** Pulls the plug. */
  readonly close: () => Promise<void>;
}

export async function serialLineTo(port: number): Promise<SerialLine> {
  const folder = mkdtempSync(join(tmpdir(), 'serial-'));
  const named = join(folder, 'tty');
  const inside = `stty raw -echo; tty > ${named}.new; mv ${named}.new ${named}; exec sleep 600`;
  const child = spawn('script', ['-qfc', inside, '/dev/null'], { stdio: 'pipe' });
  await vi.waitUntil(() => existsSync(named), { timeout: 20_000, interval: 20 });
  const socket = connect({ port, host: '127.0.0.1', noDelay: true });
  socket.on('error', () => {});
  child.stdin.on('error', () => {});
  child.stdout.pipe(socket);
  socket.pipe(child.stdin);
  return {
    path: readFileSync(named, 'utf8').trim(),
    close: async () => {
      const ended = once(child, 'exit');
      child.kill('SIGKILL');
      await ended;
      socket.destroy();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
