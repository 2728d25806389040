import type { KioskTest } from '../e2e/electron/test-page/visitor/main.ts';
import type { ContractSubject } from './station-contract.suite.ts';

/** A page that has `kioskTest`, and the host behind it. */
export interface PageInReach {
  /** Runs an expression in the page and waits for what it promises. */
  readonly inPage: (expression: string) => Promise<unknown>;
  /** The host that runs now. */
  readonly hostPid: () => Promise<number>;
}

/** Drives a page from outside. */
export function pageSubject({ inPage, hostPid }: PageInReach): Omit<ContractSubject, 'close'> {
  const ask = (method: keyof KioskTest, ...args: unknown[]) =>
    inPage(`kioskTest.${method}(${args.map(literal).join(', ')})`);
  const signal = async (name: NodeJS.Signals) => {
    process.kill(await hostPid(), name);
  };
  return {
    call: async (...args) => (await ask('call', ...args)) as Awaited<ReturnType<KioskTest['call']>>,
    openStream: () => ask('openStream'),
    closeStream: async () => void (await ask('closeStream')),
    streamEnd: async () => void (await ask('streamEnd')),
    sendGarbage: async (frames) => void (await ask('sendGarbage', frames)),
    hangHost: () => signal('SIGSTOP'),
    resumeHost: () => signal('SIGCONT'),
    killHost: () => signal('SIGKILL'),
  };
}

/** A value as an expression. Parsed in the page, because `__proto__` in a literal would not be a field. */
function literal(value: unknown): string {
  return value === undefined ? 'undefined' : `JSON.parse(${JSON.stringify(JSON.stringify(value))})`;
}
