/**
 * Loaded into a host before its program (`--import`): its clock and its beats go on only when they are told to, and it says
 * what memory it holds once nothing is left to collect. Orders come over the local socket KIOSK_BENCH_SOCKET.
 */
import { syncBuiltinESMExports } from 'node:module';
import { createServer } from 'node:net';
import os from 'node:os';
import { createInterface } from 'node:readline';
import { setImmediate as settle } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

const socket = process.env.KIOSK_BENCH_SOCKET;
// The shell that starts the host inherits the same environment and keeps its own time.
if (socket !== undefined && process.env.KIOSK_HOST_OPTIONS !== undefined) takeInHand(socket);

/** @param {string} path */
function takeInHand(path) {
  const advance = holdTime();
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc');
  const memory = async () => {
    for (let again = 0; again < 3; again += 1) {
      collect();
      // What ends with an object (statements, sockets) ends between two collections.
      await settle();
    }
    return process.memoryUsage();
  };
  const server = createServer((connection) => {
    const answer = async (/** @type {string} */ line) => {
      const { advanceMs, catchUp } = JSON.parse(line);
      if (advanceMs !== undefined) advance(advanceMs, catchUp);
      const found = advanceMs === undefined ? await memory() : {};
      connection.write(`${JSON.stringify(found)}\n`);
    };
    createInterface(connection).on('line', (line) => void answer(line));
    connection.on('error', () => {});
  });
  server.listen(path).unref();
}

/**
 * Slow beats, as the program has them for itself. Those of ten seconds and less run on: they wait for somebody outside, who lives
 * in real time (pings of connections, looks for printers), or belong to libraries.
 */
function holdTime() {
  const { setInterval: startInterval, clearInterval: endInterval } = globalThis;
  const realNow = Date.now;
  let ahead = 0;
  /** @type {Set<{ beat: () => void, everyMs: number, leftMs: number }>} */
  const held = new Set();
  Date.now = () => realNow() + ahead;
  const realUptime = os.uptime;
  os.uptime = () => realUptime() + ahead / 1000;
  syncBuiltinESMExports();
  globalThis.setInterval = /** @type {any} */ (
    (/** @type {(...args: any[]) => void} */ beat, everyMs = 0, /** @type {any[]} */ ...args) => {
      if (everyMs <= 10_000) return startInterval(beat, everyMs, ...args);
      const timer = { beat: () => beat(...args), everyMs, leftMs: everyMs };
      held.add(timer);
      return Object.assign(timer, { unref: () => timer, ref: () => timer });
    }
  );
  globalThis.clearInterval = (/** @type {any} */ timer) => {
    if (!held.delete(timer)) endInterval(timer);
  };
  /**
   * @param {number} ms
   * @param {boolean} catchUp Every beat of that time, or (as after a sleep of the computer) one.
   */
  return (ms, catchUp) => {
    ahead += ms;
    for (const timer of held) {
      timer.leftMs -= ms;
      while (timer.leftMs <= 0) {
        timer.beat();
        timer.leftMs = catchUp ? timer.leftMs + timer.everyMs : timer.everyMs;
      }
    }
  };
}
