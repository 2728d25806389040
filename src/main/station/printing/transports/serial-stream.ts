import type { SerialPort } from 'serialport';
import type { OpenStream } from './printer-stream.ts';
import { within } from './within.ts';

/** A serial line (RS-232, or USB that pretends to be one), 8 data bits, no parity, hardware flow control off. */
export function serialStream(path: string, baudRate: number): OpenStream {
  return async (withinMs) => {
    // Native code that most terminals never need, and that a broken installation must not take the host down with.
    const { SerialPort } = await import('serialport');
    const port = new SerialPort({ path, baudRate, autoOpen: false });
    const broken = new Promise<void>((resolve) => {
      port.once('close', () => resolve());
      port.on('error', () => resolve());
    });
    const opened = new Promise<boolean>((resolve) => {
      port.open((error) => resolve(error === null));
    });
    if (!(await within(withinMs, opened, false))) {
      void opened.then((late) => {
        if (late) port.close(() => {});
      });
      return undefined;
    }
    return {
      send: (bytes, ms) => within(ms, sent(port, bytes), false),
      listen: (heard) => {
        port.on('data', heard);
      },
      broken,
      close: (ms) =>
        within(
          ms,
          new Promise<boolean>((resolve) => {
            if (port.isOpen) port.close((error) => resolve(error === null));
            else resolve(false);
          }),
          false,
        ),
    };
  };
}

/** `drain` waits until the last bit has left the computer. */
function sent(port: SerialPort, bytes: Buffer): Promise<boolean> {
  return new Promise((resolve) => {
    if (!port.isOpen) {
      resolve(false);
      return;
    }
    port.write(bytes, (failed) => {
      if (failed) resolve(false);
      else port.drain((error) => resolve(error === null));
    });
  });
}
