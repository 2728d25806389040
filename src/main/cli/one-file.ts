import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { CALL } from './call.ts';
import { CliError } from './cli-error.ts';

/** What the commands with one file take: the file's whole path and the options by which a data folder is found. */
export interface OneFile {
  readonly target: string;
  readonly values: {
    readonly data?: string | undefined;
    readonly profile?: string | undefined;
    readonly station?: string | undefined;
    readonly json: boolean;
  };
}

/**
 * Reads `FILE [--data DIR] [--profile NAME] [--station CODE] [--json]`.
 * @throws CliError with the command as it is written, after `CALL`, when anything else is there
 */
export function readOneFile(args: readonly string[], example: string): OneFile {
  const text = { type: 'string' } as const;
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        ...{ data: text, profile: text, station: text },
        json: { type: 'boolean', default: false },
      },
    });
    const [target] = positionals;
    if (target === undefined || positionals.length !== 1) throw new Error('one file');
    return { values, target: resolve(target) };
  } catch (error) {
    throw new CliError(`命令写得不对，例如 ${CALL} ${example}。`, { cause: error });
  }
}
