import { z } from 'zod';
import type { LockedShell } from './locked-shell.ts';
import type { Program } from './programs.ts';
import type { Stage } from './stage.ts';

const WIDTH = 1080;
const HEIGHT = 1920;

/** Everything that must be as it was, whatever a visitor did. */
const lookSchema = z.object({
  origin: z.string(),
  path: z.string(),
  visible: z.boolean(),
  width: z.number(),
  height: z.number(),
  ratio: z.number(),
  scale: z.number(),
  hasContent: z.boolean(),
});
/** A frame of the page is waited for: a page behind a dialog, or one that hangs, paints none. */
const LOOK = `new Promise((resolve) => requestAnimationFrame(() => resolve({
  origin: location.origin, path: location.pathname, visible: document.visibilityState === 'visible',
  width: innerWidth, height: innerHeight, ratio: devicePixelRatio, scale: visualViewport.scale,
  hasContent: document.body.innerText.length > 3,
})))`;

/** Programs that Chromium starts and ends as it needs them; none of them shows anything. */
const HARMLESS_PROGRAMS = [
  / renderer$/,
  / zygote$/,
  / gpu-process$/,
  / audio\.mojom\.AudioService$/,
  / storage\.mojom\.StorageService$/,
  / network\.mojom\.NetworkService$/,
  / data_decoder\.mojom\.DataDecoderService$/,
  // Only asks how fast the computer is, some minutes after the start; it is switched off where Chromium lets us.
  / on_device_model\.mojom\.OnDeviceModelService$/,
  /^node$/,
  // Speaks calls and pages.
  /^espeak-ng$/,
];
/** What Chromium, GTK and fontconfig keep for themselves below a user's home and in the folder for temporary files. */
const HARMLESS_FILES = [
  /^home\/\.(cache|config|pki|local\/share\/pki)\//,
  /^tmp\/(\.?org\.chromium\.|scoped_dir|\.com\.google)/,
  /^data\/(station|cache)\.sqlite/,
  /^data\/station-\d+\.sqlite/,
  /^data\/(browser|electron|logs|instance\.lock|queue-numbers\.json)/,
  // The shell's own: that it runs, and which faults it mended.
  /^data\/(running|recoveries\.jsonl)(\.|$)/,
];

/** What is seen of the screen and of the page: cheap enough to be asked after each gesture. */
export async function faultsSeen(stage: Stage, shell: LockedShell): Promise<string[]> {
  if (shell.hasEnded) return ['the terminal has ended'];
  const [windows, page] = await Promise.all([windowFaults(stage), pageFaults(shell)]);
  return [...windows, ...page];
}

/** Everything: also further pages, programs and files. */
export async function faultsFound(stage: Stage, shell: LockedShell): Promise<string[]> {
  const [seen, targets] = await Promise.all([faultsSeen(stage, shell), shell.targets()]);
  const pages = targets.filter(({ type }) => type === 'page');
  const stray = pages.length === 1 ? [] : [`pages: ${pages.map(({ url }) => url).join(' ')}`];
  const files = shell
    .files()
    .filter((file) => !HARMLESS_FILES.some((known) => known.test(file)))
    .map((file) => `file: ${file}`);
  return [...seen, ...stray, ...strangePrograms(shell.programs()), ...files];
}

/** Programs that nobody needs for what the terminal shows. */
export function strangePrograms(programs: readonly Program[]): string[] {
  return programs
    .filter(({ kind }) => !HARMLESS_PROGRAMS.some((known) => known.test(kind)))
    .filter(({ kind }) => kind !== 'chromium' && kind !== 'electron')
    .map(({ kind }) => `program: ${kind}`);
}

async function windowFaults({ x, ground }: Stage): Promise<string[]> {
  const ours = (await x.windows()).filter(({ id }) => !ground.has(id));
  const tell = ours.map((at) => `${at.width}×${at.height} at ${at.x},${at.y}`).join('; ');
  const [window] = ours;
  if (window === undefined || ours.length !== 1) return [`windows: ${tell}`];
  const fills =
    window.x <= 0 && window.y <= 0 && window.width >= WIDTH - 1 && window.height >= HEIGHT - 1;
  return fills ? [] : [`window: ${tell}`];
}

async function pageFaults(shell: LockedShell): Promise<string[]> {
  let look: z.infer<typeof lookSchema>;
  try {
    look = lookSchema.parse(await shell.run(LOOK));
  } catch (error) {
    return [`page: ${error instanceof Error ? error.message.split('\n')[0] : 'unknown'}`];
  }
  const wanted = {
    ...{ path: shell.path, visible: true, hasContent: true, ratio: 1, scale: 1 },
    ...{ width: WIDTH, height: HEIGHT },
  };
  const odd = Object.entries(wanted).filter(
    ([name, value]) =>
      Reflect.get(look, name) !== value && !isAlmost(Reflect.get(look, name), value),
  );
  const away = look.origin.startsWith(shell.origin) ? [] : [`origin ${look.origin}`];
  return [...away, ...odd.map(([name]) => `${name} ${String(Reflect.get(look, name))}`)];
}

/** Chromium keeps a pixel for itself where there is no window manager. */
const isAlmost = (found: unknown, wanted: unknown) =>
  typeof found === 'number' && typeof wanted === 'number' && wanted > 100 && wanted - found === 1;
