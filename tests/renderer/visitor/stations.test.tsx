import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, it } from 'vitest';
import { StationsPage } from '../../../src/renderer/visitor/pages/stations.tsx';
import { shippedPack, stationOn } from '../../real-content.ts';
import { draw } from '../draw.tsx';

it('says that no outlet fits, and takes the wishes back at a touch', async () => {
  const { stations, db } = stationOn(shippedPack('wuhua'), '2026-11-23 03:00');
  try {
    const { acts } = await draw(<StationsPage page="stations" level="station" openNow />, {
      answers: { 'stations.list': async () => stations.list() },
    });
    await userEvent.click(await screen.findByRole('button', { name: '清除条件' }));
    expect(acts).toEqual([{ type: 'replace', to: { page: 'stations', level: 'station' } }]);
    expect(screen.getByRole('button', { name: '12348 和常用电话' })).toBeTruthy();
  } finally {
    db.write.close();
  }
});
