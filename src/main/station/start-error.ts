/** Why the host could not start; the closed set that shells and tests know. */
export type StartErrorKind =
  | 'already-running'
  | 'broken-profile'
  | 'unknown-station'
  | 'port-in-use'
  | 'bad-port'
  | 'disk-full'
  | 'no-data-folder'
  | 'newer-database'
  | 'moved'
  | 'unfinished-move'
  | 'no-page';

/** A start that failed for a reason outside the program; the message is the one sentence for the technician. */
export class StartError extends Error {
  readonly kind: StartErrorKind;
  constructor(kind: StartErrorKind, sentence: string, options?: ErrorOptions) {
    super(sentence, options);
    this.name = 'StartError';
    this.kind = kind;
  }
}

/** A port that cannot be listened on, as a `StartError`; what has nothing to do with the port comes back as it is. */
export function portError(error: unknown, port: number): unknown {
  const code = (error as NodeJS.ErrnoException).code;
  if (code === 'EADDRINUSE')
    return new StartError(
      'port-in-use',
      `端口 ${port} 已被别的程序占用，请用 --port 换一个，或写 0 自动选择。`,
      { cause: error },
    );
  if (code === 'EACCES')
    return new StartError(
      'bad-port',
      `没有权限使用端口 ${port}，请用 --port 换一个大于 1024 的端口。`,
      { cause: error },
    );
  return error;
}
