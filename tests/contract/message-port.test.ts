import { rmSync } from 'node:fs';
import { buildTestPage } from '../e2e/electron/built-program.ts';
import { openDisplay } from '../e2e/electron/display.ts';
import { startTerminal } from '../e2e/electron/running-terminal.ts';
import { pageSubject } from './page-subject.ts';
import { type ContractSubject, contractSuite } from './station-contract.suite.ts';

/** A page in a real Electron, its host a supervised process behind the shell. */
async function openInElectron(): Promise<ContractSubject> {
  const display = await openDisplay();
  const pageDir = await buildTestPage();
  const terminal = await startTerminal({ display: display.name, pageDir });
  return {
    ...pageSubject(terminal),
    close: async () => {
      await terminal.close();
      rmSync(pageDir, { recursive: true, force: true });
      display.close();
    },
  };
}

contractSuite('MessagePort in Electron', openInElectron);
