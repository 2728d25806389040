import { expect, test } from 'vitest';
import { onBothDatabases } from '../databases.ts';
import { sampleServer } from '../sample-server.ts';
import { fuzzDistrict } from './fuzz-district.ts';

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
});
