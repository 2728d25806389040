import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface, type Interface } from 'node:readline';

/** A hand at keyboard and mouse of a display: xdotool, kept running, so that a gesture takes a millisecond. */
export class XHand {
  readonly #xdotool: ChildProcess;
  readonly #lines: Interface;
  readonly #waiting: (() => void)[] = [];

  constructor(display: string) {
    this.#xdotool = spawn('stdbuf', ['-oL', 'xdotool', '-'], {
      env: { ...process.env, DISPLAY: display },
      stdio: ['pipe', 'pipe', 'ignore'],
    });
    const out = this.#xdotool.stdout;
    if (out === null) throw new Error('xdotool has no output');
    this.#lines = createInterface({ input: out });
    this.#lines.on('line', () => this.#waiting.shift()?.());
    this.#xdotool.once('exit', () => {
      for (const done of this.#waiting.splice(0)) done();
    });
  }

  /** Does what lines of xdotool say, one after the other; what it tells back marks the end. */
  act(...lines: readonly string[]): Promise<void> {
    if (this.#xdotool.exitCode !== null) throw new Error('xdotool has ended');
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#waiting.push(resolve);
    this.#xdotool.stdin?.write(`${lines.join('\n')}\ngetmouselocation\n`);
    return promise;
  }

  close(): void {
    this.#xdotool.kill();
  }
}
