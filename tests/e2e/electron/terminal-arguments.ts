import { PROGRAM } from './built-program.ts';

export interface TerminalSettings {
  readonly display: string;
  readonly pageDir?: string;
  readonly profile?: string;
  /** Where the terminal's clock starts; the computer's when absent. */
  readonly startAt?: string;
  /** Beside what every terminal is told. */
  readonly environment?: Readonly<Record<string, string>>;
}

/** Chromium's own sandbox refuses root, so as root it is off here; pages are made with `sandbox: true` all the same. */
export const CHROMIUM_ARGUMENTS: readonly string[] = [
  ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
  '--disable-gpu',
];

/** Command line of a terminal, for Electron. */
export function terminalArguments(dataDir: string, settings: Partial<TerminalSettings>): string[] {
  return [
    ...CHROMIUM_ARGUMENTS,
    PROGRAM,
    ...['--data', dataDir],
    ...['--profile', settings.profile ?? 'wuhua'],
    ...(settings.startAt === undefined ? [] : ['--start-at', settings.startAt]),
    ...(settings.pageDir === undefined ? [] : ['--page-dir', settings.pageDir]),
  ];
}

/** The environment of a terminal on a display. */
export function terminalEnvironment(display: string | undefined): Record<string, string> {
  const { DISPLAY: _d, WAYLAND_DISPLAY: _w, ELECTRON_RUN_AS_NODE: _n, ...rest } = process.env;
  const kept = Object.entries(rest).filter((entry): entry is [string, string] => !!entry[1]);
  return { ...Object.fromEntries(kept), ...(display === undefined ? {} : { DISPLAY: display }) };
}
