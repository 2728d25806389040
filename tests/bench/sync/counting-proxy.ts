import { type AddressInfo, connect, createServer } from 'node:net';

/** A way to a server that counts what goes through, heads and all. */
export interface CountingProxy {
  readonly url: string;
  /** Bytes in both directions since it was last asked. */
  readonly taken: () => number;
  readonly stop: () => void;
}

/** Opens such a way to an address like `http://127.0.0.1:1234/`. */
export async function countingProxy(target: string): Promise<CountingProxy> {
  const { hostname, port } = new URL(target);
  let bytes = 0;
  const count = (part: Buffer) => {
    bytes += part.length;
  };
  const server = createServer((near) => {
    const far = connect(Number(port), hostname);
    near.on('data', count).pipe(far);
    far.on('data', count).pipe(near);
    near.on('error', () => far.destroy());
    far.on('error', () => near.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    taken: () => {
      const so = bytes;
      bytes = 0;
      return so;
    },
    stop: () => {
      server.close();
    },
  };
}
