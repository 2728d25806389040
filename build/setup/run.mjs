import { spawn } from 'node:child_process';

/**
 * Runs a program quietly to its end.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {import('node:child_process').SpawnOptions} [options]
 * @returns {Promise<{ status: number, output: string }>} exit status (127 when it cannot be started) and both outputs
 */
export function run(command, args, options = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'], ...options });
    const chunks = [];
    child.stdout?.on('data', (chunk) => chunks.push(chunk));
    child.stderr?.on('data', (chunk) => chunks.push(chunk));
    child.on('error', (error) => resolve({ status: 127, output: error.message }));
    child.on('close', (status) =>
      resolve({ status: status ?? 1, output: Buffer.concat(chunks).toString('utf8') }),
    );
  });
}

const PARENT_LOOK_MS = 500;

/**
 * Tells when npm's shell has gone: npm passes a SIGTERM on to it only, and it dies without telling us.
 * @returns {NodeJS.Timeout | undefined} the watch
 */
function watchNpm(tell) {
  if (!process.env.npm_lifecycle_event || process.platform === 'win32') return undefined;
  const parent = process.ppid;
  return setInterval(() => {
    if (process.ppid !== parent) tell();
  }, PARENT_LOOK_MS).unref();
}

/**
 * Hands the terminal to a program until it ends, passing signals on.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {import('node:child_process').SpawnOptions} [options]
 * @returns {Promise<number>} its exit status
 */
export function handOver(command, args, options = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { stdio: 'inherit', ...options });
    const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];
    const pass = (signal) => child.kill(signal);
    for (const signal of signals) process.on(signal, pass);
    const watch = watchNpm(() => pass('SIGTERM'));
    child.on('error', reject);
    child.on('close', (status, signal) => {
      clearInterval(watch);
      for (const name of signals) process.off(name, pass);
      resolve(status ?? (signal ? 1 : 0));
    });
  });
}

/** The last lines of a program's output, for a fault that has no better explanation. */
export const lastLines = (output, count = 15) =>
  output.trimEnd().split('\n').slice(-count).join('\n');
