import type { AddressInfo } from 'node:net';
import type { StationCard } from '#shared/contract/host-process.ts';
import { readRecoveryPage, recoveryFiles } from '../shell/recovery-page.ts';

// An import would read all that the module offers, and so load Node's HTTP client before the browser is started.
const { createServer } = process.getBuiltinModule('node:http');

/** The recovery page at an address of its own, for when the host cannot serve pages. */
export interface RecoveryServer {
  /** Undefined when no port could be had. */
  readonly address: () => string | undefined;
  /** Resolves when the address is known, or will never be. */
  readonly settled: Promise<void>;
  readonly knowStation: (station: StationCard | undefined) => void;
  /** What the staff is told until a host is up. */
  readonly knowTrouble: (sentence: string) => void;
  readonly close: () => void;
}

/** Serves the recovery page from memory, on loopback alone. */
export function openRecoveryServer(
  recoveryDir: string,
  report: (sentence: string) => void,
): RecoveryServer {
  const read = readRecoveryPage(recoveryDir, report);
  let files = recoveryFiles(read, undefined);
  let card: StationCard | undefined;
  const server = createServer(({ url }, response) => {
    const file = files.get(url ?? '');
    if (file === undefined) {
      response.writeHead(404).end();
      return;
    }
    response
      .writeHead(200, {
        'content-type': file.type,
        'content-security-policy': "default-src 'none'; style-src 'self'; font-src 'self'",
      })
      .end(file.body);
  });
  const settled = new Promise<void>((resolve) => {
    server.once('listening', resolve);
    server.on('error', () => resolve());
  });
  server.listen(0, '127.0.0.1');
  server.unref();
  return {
    address: () => {
      const at = server.address() as AddressInfo | null;
      return at === null ? undefined : `http://127.0.0.1:${at.port}/recovery/`;
    },
    settled,
    knowStation: (station) => {
      card = station ?? card;
      files = recoveryFiles(read, card);
    },
    knowTrouble: (sentence) => {
      files = recoveryFiles(read, card, sentence);
    },
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}
