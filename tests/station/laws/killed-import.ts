/** Imports a folder into a data folder and is killed, as by a cut of power, when that many files were looked at. */
import { importLaws } from '#station/laws/import-laws.ts';

const [from = '', dataDir = '', files = ''] = process.argv.slice(2);
await importLaws({
  from,
  dataDir,
  onProgress: (done) => {
    if (done === Number(files)) process.kill(process.pid, 'SIGKILL');
  },
});
