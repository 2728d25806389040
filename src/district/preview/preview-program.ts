import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import {
  type PreviewAnswer,
  type PreviewScene,
  previewAnswerSchema,
} from '#shared/contract/preview-process.ts';
import { DistrictFault } from '../district-fault.ts';

/** The program that draws previews as terminals do. */
export interface PreviewProgram {
  /** What a page's call is answered. `scene` is only asked for when the program does not know it yet. */
  readonly read: (
    key: string,
    scene: () => Promise<PreviewScene>,
    call: { readonly method: string; readonly input: unknown },
  ) => Promise<unknown>;
  readonly close: () => void;
}

/** Straight from the sources, as the server itself. */
const PROGRAM = fileURLToPath(new URL('../../main/station/preview/main.ts', import.meta.url));

/** Reading a deployment takes seconds; whatever takes longer than this will not come. */
const LONGEST_MS = 30_000;
const QUIET_MS = 10 * 60_000;
const MEMORY_MB = 512;

const NO_PROFILE = '服务器上没有这个网点所在地方的配置文件夹（profiles），不能预览。';
const FAULTS = {
  'no-profile': () => new DistrictFault('bad-input', NO_PROFILE),
  'unknown-scene': () => new DistrictFault('internal'),
  'bad-input': () => new DistrictFault('bad-input'),
  'not-found': () => new DistrictFault('not-found'),
  internal: () => new DistrictFault('internal'),
} as const satisfies Record<NonNullable<PreviewAnswer['fault']>, () => DistrictFault>;

/**
 * Opens the program when it is first needed, and ends it when nobody looks at previews any more: the district server itself knows
 * nothing of terminals. `profiles` is the folder of deployments.
 */
export function openPreviewProgram(profiles: string): PreviewProgram {
  let running: Running | undefined;
  let quiet: NodeJS.Timeout | undefined;
  const stop = () => {
    clearTimeout(quiet);
    running?.stop();
    running = undefined;
  };
  const started = () => {
    clearTimeout(quiet);
    quiet = setTimeout(stop, QUIET_MS).unref();
    if (running?.isAlive() !== true) running = start(profiles);
    return running;
  };
  return {
    read: async (key, scene, call) => {
      const child = started();
      const known = await child.ask({ key, ...call });
      const told =
        known.fault === 'unknown-scene'
          ? await child.ask({ key, ...call, scene: await scene() })
          : known;
      if (told.fault !== undefined) throw FAULTS[told.fault]();
      return told.answer;
    },
    close: stop,
  };
}

type Running = ReturnType<typeof start>;

function start(profiles: string) {
  const child: ChildProcess = fork(PROGRAM, [profiles], {
    execArgv: [`--max-old-space-size=${MEMORY_MB}`],
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    env: {},
  });
  const waiting = new Map<number, (answer: PreviewAnswer | undefined) => void>();
  let asks = 0;
  child.on('message', (message) => {
    const answer = previewAnswerSchema.safeParse(message);
    if (answer.success) waiting.get(answer.data.ask)?.(answer.data);
  });
  const end = () => {
    for (const give of waiting.values()) give(undefined);
  };
  child.on('exit', end);
  child.on('error', end);
  return {
    isAlive: () => child.connected,
    stop: () => child.kill(),
    ask: async (message: object): Promise<PreviewAnswer> => {
      asks += 1;
      const ask = asks;
      const answer = await new Promise<PreviewAnswer | undefined>((resolve) => {
        waiting.set(ask, resolve);
        setTimeout(() => resolve(undefined), LONGEST_MS).unref();
        child.send({ ask, ...message }, (error) => {
          if (error !== null) resolve(undefined);
        });
      });
      waiting.delete(ask);
      if (answer === undefined) {
        // It hangs or is gone; the next call starts another.
        child.kill();
        throw new DistrictFault('later');
      }
      return answer;
    },
  };
}
