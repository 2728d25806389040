import { constants } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import type { OpenStream, PrinterStream } from './printer-stream.ts';
import { within } from './within.ts';

/**
 * A device file such as `/dev/usb/lp0`. It is only written to: reading from such a device can block for ever, so the
 * printer's state stays unknown. A file that is not there is not made.
 */
export function fileStream(path: string): OpenStream {
  return async (withinMs) => {
    const opening = open(path, constants.O_WRONLY | constants.O_APPEND);
    const file = await within(withinMs, opening, undefined);
    if (file === undefined) {
      void opening.then((late) => late.close()).catch(() => {});
      return undefined;
    }
    return streamTo(file);
  };
}

function streamTo(file: FileHandle): PrinterStream {
  const { promise: broken, resolve: breakOff } = Promise.withResolvers<void>();
  return {
    send: (bytes, ms) =>
      within(
        ms,
        file.writeFile(bytes).then(() => true),
        false,
      ),
    listen: () => {},
    broken,
    close: async (ms) => {
      const closed = await within(
        ms,
        file.close().then(() => true),
        false,
      );
      breakOff();
      return closed;
    },
  };
}
