import { rmSync } from 'node:fs';
import { buildTestPage } from '../e2e/electron/built-program.ts';
import { openDisplay } from '../e2e/electron/display.ts';
import { startTerminal } from '../e2e/electron/running-terminal.ts';
import type { KioskTest } from '../e2e/electron/test-page/visitor/main.ts';
import { type ContractSubject, contractSuite } from './station-contract.suite.ts';

/** A page in a real Electron, its host a supervised process behind the shell. */
async function openInElectron(): Promise<ContractSubject> {
  const display = await openDisplay();
  const pageDir = await buildTestPage();
  const terminal = await startTerminal({ display: display.name, pageDir });
  const ask = (method: keyof KioskTest, ...args: unknown[]) =>
    terminal.inPage(`kioskTest.${method}(${args.map(literal).join(', ')})`);
  const signal = async (name: NodeJS.Signals) => {
    process.kill(await terminal.hostPid(), name);
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
    close: async () => {
      await terminal.close();
      rmSync(pageDir, { recursive: true, force: true });
      display.close();
    },
  };
}

/** A value as an expression. Parsed in the page, because `__proto__` in a literal would not be a field. */
function literal(value: unknown): string {
  return value === undefined ? 'undefined' : `JSON.parse(${JSON.stringify(JSON.stringify(value))})`;
}

contractSuite('MessagePort in Electron', openInElectron);
