import { rmSync } from 'node:fs';
import path from 'node:path';

/** What a runtime that was unpacked before (`electronDist`) has left beside the program, and nobody needs. */
const LEFT_OVERS = ['complete', 'resources/default_app.asar'];

/** electron-builder's hook, before fuses are set. */
export default ({ appOutDir }) => {
  for (const name of LEFT_OVERS) rmSync(path.join(appOutDir, name), { force: true });
};
