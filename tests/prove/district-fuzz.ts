import { migrate } from '#district/store/migrate.ts';
import { openPglite } from '#district/store/open-pglite.ts';
import { type FuzzFigures, fuzzDistrict } from '../district/fuzz/fuzz-district.ts';
import type { fuzzSockets } from '../district/fuzz/fuzz-sockets.ts';
import { sampleServer } from '../district/sample-server.ts';

/** Requests made from the district's own description, well-formed and not. */
export async function districtFuzz(
  requests: number,
  seed: number,
  send: typeof fuzzSockets = fuzzDistrict,
): Promise<FuzzFigures> {
  const database = await openPglite();
  await migrate(database);
  const server = await sampleServer(database);
  try {
    return await send(server, requests, seed);
  } finally {
    await server.close();
    await database.close();
  }
}
