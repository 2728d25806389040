/**
 * Switches that are Chromium's, not ours, and that a technician may have to set. They reach Chromium by themselves; here
 * they are only left out.
 */
const CHROMIUM =
  /^--(?:no-sandbox|no-zygote|log-level=\d|disable-gpu|disable-dev-shm-usage|force-device-scale-factor=.*|ozone-platform(?:-hint)?=.*|lang=.*|inspect(?:-brk)?=\d+|remote-debugging-port=\d+)$/;

/** Electron's own switches that take the next word, before the program that it is told to run. */
const TAKES_A_WORD = new Set(['-r', '--require']);

/**
 * The part of Electron's command line that is for this program: what follows the executable, or, when Electron was told
 * which program to run, what follows that.
 */
export function ownArguments(argv: readonly string[], toldWhichProgram: boolean): string[] {
  return afterProgram(argv, toldWhichProgram).filter((arg) => !CHROMIUM.test(arg));
}

/**
 * The words of a technician's command: all that follows `--admin`, or `--admin --`, where that is the first word of ours.
 * Undefined when this is to be a terminal. The `--` keeps Chromium from reading the command's own options.
 */
export function adminWords(
  argv: readonly string[],
  toldWhichProgram: boolean,
): string[] | undefined {
  const rest = afterProgram(argv, toldWhichProgram);
  const first = rest.findIndex((arg) => !CHROMIUM.test(arg));
  if (rest[first] !== '--admin') return undefined;
  return rest.slice(rest[first + 1] === '--' ? first + 2 : first + 1);
}

const afterProgram = (argv: readonly string[], toldWhichProgram: boolean) =>
  argv.slice(toldWhichProgram ? programAt(argv) + 1 : 1);

/** The first word after the executable that is neither a switch nor what a switch takes. */
function programAt(argv: readonly string[]): number {
  return argv.findIndex(
    (arg, index) => index > 0 && !arg.startsWith('-') && !TAKES_A_WORD.has(argv[index - 1] ?? ''),
  );
}
