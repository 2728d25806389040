/**
 * Switches that are Chromium's, not ours, and that a technician may have to set. They reach Chromium by themselves; here
 * they are only left out.
 */
const CHROMIUM =
  /^--(?:no-sandbox|disable-gpu|disable-dev-shm-usage|force-device-scale-factor=.*|ozone-platform(?:-hint)?=.*|lang=.*|inspect(?:-brk)?=\d+|remote-debugging-port=\d+)$/;

/**
 * The part of Electron's command line that is for this program: what follows the executable, or, when Electron was told
 * which program to run, what follows that.
 */
export function ownArguments(argv: readonly string[], toldWhichProgram: boolean): string[] {
  const rest = argv.slice(1).filter((arg) => !CHROMIUM.test(arg));
  return toldWhichProgram ? rest.slice(1) : rest;
}
