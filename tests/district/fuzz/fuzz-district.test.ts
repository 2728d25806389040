import { expect, test } from 'vitest';
import { onBothDatabases } from '../databases.ts';
import { sampleServer } from '../sample-server.ts';
import { fuzzDistrict } from './fuzz-district.ts';
import { fuzzSockets } from './fuzz-sockets.ts';

onBothDatabases((opened) => {
  test('400 requests made from the description of the API meet no fault and show nothing foreign', async () => {
    const server = await sampleServer(opened.database);
    try {
      const figures = await fuzzDistrict(server, 400, 7349);
      expect(figures.faults).toEqual([]);
      expect(figures.routes).toBeGreaterThan(35);
      expect(figures.statuses[200]).toBeGreaterThan(20);
    } finally {
      await server.close();
    }
  });

  test('over real connections, too, also when HTTP itself is broken and others hold half a request', async () => {
    const server = await sampleServer(opened.database);
    try {
      const { faults, statuses } = await fuzzSockets(server, 240, 7350);
      expect(faults).toEqual([]);
      expect(statuses[200]).toBeGreaterThan(20);
      expect(statuses[400]).toBeGreaterThan(50);
    } finally {
      await server.close();
    }
  });
});
