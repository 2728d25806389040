import { join } from 'node:path';
import { app, utilityProcess } from 'electron';
import { runHere } from '../../../../src/main/electron/admin.ts';
import { adminWords } from '../../../../src/main/electron/own-arguments.ts';

/*
 * Stands in the archive beside the real programs and runs one of them as the official Electron would: a technician's
 * command in this process, or the thread that writes onto sticks below a host in a utility process.
 */
const [program = '', ...words] = adminWords(process.argv, true) ?? [];
const entry = join(import.meta.dirname, program);
if (program === 'stick-host.js') {
  void app.whenReady().then(() => {
    const host = utilityProcess.fork(entry, words, { stdio: 'inherit' });
    host.once('exit', (status) => app.exit(status));
  });
} else await runHere(entry, words);
