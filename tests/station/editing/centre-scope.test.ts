import { expect, test } from 'vitest';
import { disclosureBoard } from '#station/board/disclosure-board.ts';
import { putRecord, storedRecord } from '#station/content/content-store.ts';
import { shippedPack, stationOn } from '../../real-content.ts';
import { sampleStation, WANG } from './sample-station.ts';

const NOTICE = {
  title: '大厅明天下午停电检修',
  text: '明天下午大厅停电检修，请上午来，或者拨打 12348。',
  group: 'station',
  important: true,
};

test.each([
  ['xigu', '620104-A01', '620104001', '620104001001'],
  ['jilin', '220221-A01', '220221100', '220221100001'],
  ['jilin', '2202-A01', '220221-A01', '220221100'],
] as const)(
  'in %s, what staff of %s publish shows there and at no outlet below',
  (id, centre, ...below) => {
    const pack = shippedPack(id);
    const at = sampleStation(pack, centre);
    const notice = at.editing.create(WANG, 'notice').id;
    const content = { effectiveFrom: '2026-11-23', validUntil: '2026-12-31', body: NOTICE };
    const saved = at.editing.save(WANG, {
      id: notice,
      content,
      stamp: at.editing.open(notice).draft?.stamp ?? 0,
    });
    if (saved.state !== 'saved') expect.unreachable(saved.state);
    expect(at.editing.publish(WANG, notice, saved.stamp)).toMatchObject({ state: 'published' });
    expect(JSON.stringify(disclosureBoard(at.library, at.stations, 'zh-CN'))).toContain(
      NOTICE.title,
    );
    // The feed brings records of a division to every terminal in it.
    const published = storedRecord(at.cache, { id: notice, scope: centre }) ?? expect.unreachable();
    for (const code of below) {
      const other = stationOn(pack, '2026-11-23 10:00', code);
      putRecord(other.db, published);
      const board = JSON.stringify(disclosureBoard(other.library, other.stations, 'zh-CN'));
      expect(board).not.toContain(NOTICE.title);
      other.db.write.close();
    }
    at.close();
  },
);
