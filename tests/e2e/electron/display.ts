import { spawn } from 'node:child_process';

/** A screen that nobody sees. */
export interface Display {
  /** For `DISPLAY`. */
  readonly name: string;
  readonly close: () => void;
}

/** Starts Xvfb on a free display of the size of a portrait terminal. */
export async function openDisplay(): Promise<Display> {
  const args = ['-displayfd', '3', '-screen', '0', '1080x1920x24', '-nolisten', 'tcp'];
  const server = spawn('Xvfb', args, { stdio: ['ignore', 'ignore', 'ignore', 'pipe'] });
  const number = await new Promise<string>((resolve, reject) => {
    server.once('error', reject);
    server.once('exit', (code) => reject(new Error(`Xvfb ended with ${code}`)));
    server.stdio[3]?.once('data', (data) => resolve(String(data).trim()));
  });
  return { name: `:${number}`, close: () => server.kill() };
}
