import { type ChildProcess, fork } from 'node:child_process';
import { join } from 'node:path';
import { freePort } from '../../district/databases.ts';
import type { FleetOrder, FleetWord } from './fleet-process.ts';

const PROGRAM = join(import.meta.dirname, 'fleet-process.ts');

/** An order without its number, which the server's keeper gives. */
export type Change = FleetOrder extends infer Order
  ? Order extends { readonly number: number }
    ? Omit<Order, 'number'>
    : never
  : never;

export type ServerEnd = 'in order' | 'by force';

/** Keeps a server in a process of its own, always at the same address, and ends it in order or in the middle of everything. */
export async function keepServer(data: string, databaseUrl: string) {
  const port = await freePort();
  const faults: string[] = [];
  let child = await started(data, databaseUrl, port, faults);
  let isEnding = false;
  let serial = 0;

  /** False when the server ended before it said that the change is committed: then it is so or not. */
  const carryOut = (change: Change): Promise<boolean> => {
    const of = child;
    serial += 1;
    const number = serial;
    return new Promise((resolve) => {
      const listen = (word: FleetWord) => {
        if ('done' in word && word.done === number) leave(true);
      };
      const gone = () => leave(false);
      const leave = (isDone: boolean) => {
        of.off('message', listen);
        of.off('exit', gone);
        resolve(isDone);
      };
      of.on('message', listen);
      of.once('exit', gone);
      if (of.connected && !isEnding) of.send({ ...change, number }, () => {});
      else leave(false);
    });
  };
  const end = async (how: ServerEnd) => {
    isEnding = true;
    const gone = new Promise<number | null>((resolve) => child.once('exit', resolve));
    if (how === 'by force') child.kill('SIGKILL');
    else child.send('end');
    const status = await gone;
    if (how === 'in order' && status !== 0) faults.push(`the server ended with ${status}`);
    isEnding = false;
  };
  return {
    url: `http://127.0.0.1:${port}`,
    /** What the server said that nobody foresaw. */
    faults,
    carryOut,
    restart: async (how: ServerEnd) => {
      await end(how);
      child = await started(data, databaseUrl, port, faults);
    },
    stop: () => end('in order'),
  };
}
export type FleetServer = Awaited<ReturnType<typeof keepServer>>;

function started(
  data: string,
  databaseUrl: string,
  port: number,
  faults: string[],
): Promise<ChildProcess> {
  const child = fork(PROGRAM, [data, String(port)], {
    env: { ...process.env, DATABASE_URL: databaseUrl },
  });
  // Each change that is under way listens.
  child.setMaxListeners(0);
  return new Promise((resolve, reject) => {
    child.once('exit', (status) => reject(new Error(`the server ended with ${status}`)));
    child.on('message', (word: FleetWord) => {
      if ('url' in word) resolve(child);
      if ('fault' in word) faults.push(word.fault);
    });
  });
}
