import { EXIT_CANNOT_START } from '#shared/contract/host-process.ts';
import { StartError } from '#station/start-error.ts';
import { UsageError } from './shell-options.ts';
import { HostStartError } from './supervised-host.ts';

/** Why a shell ends before it has a terminal to show. */
export interface StartFault {
  /** For the staff in front of the screen. */
  readonly sentence: string;
  /** Exit status of the program. */
  readonly status: number;
}

/**
 * What is to be said of an error that ended the start of a shell; undefined when it was only told to stop. The sentence of a fault
 * from outside goes to standard error; what nobody foresaw goes there whole, for whoever mends it.
 */
export function startFault(error: unknown): StartFault | undefined {
  if (error instanceof HostStartError && error.kind === 'stopped') return undefined;
  if (
    error instanceof HostStartError ||
    error instanceof UsageError ||
    error instanceof StartError
  ) {
    console.error(error.message);
    return { sentence: error.message, status: EXIT_CANNOT_START };
  }
  console.error(error);
  console.error('程序内部出错，请把上面的文字发给维护人员。');
  return { sentence: '程序内部出错，请打电话告诉维护人员。', status: 1 };
}
