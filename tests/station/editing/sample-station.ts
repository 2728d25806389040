import type { StaffSession } from '#shared/contract/staff.ts';
import { openEditing } from '#station/editing/editing.ts';
import { openPreview } from '#station/editing/preview.ts';
import type { ProfilePack } from '#station/packs/profile-pack.ts';
import { catchUp, catchUpIfLittle, indexContext } from '#station/search/search-index.ts';
import { openDatabase } from '#station/store/open-database.ts';
import { chinaTime, shippedPack, stationOn } from '../../real-content.ts';

export const WANG: StaffSession = {
  person: 'p-wang',
  name: '王示例',
  roles: ['editor'],
  mustChange: false,
};
export const LI: StaffSession = { ...WANG, person: 'p-li', name: '李示例' };

const wuhua = shippedPack('wuhua');

/** A station, the Huashan one of Wuhua where none is named, with its shipped content and no publication of its own. */
export function sampleStation(pack: ProfilePack = wuhua, code?: string) {
  const { db: cache, library, stations } = stationOn(pack, '2026-11-23 10:00', code);
  const db = openDatabase(':memory:', 'station');
  let changes = 0;
  const now = () => chinaTime('2026-11-23 10:00');
  const { station } = library;
  const { profile, divisions } = pack;
  const context = indexContext({ profile, divisions });
  const beforeCommit = () => catchUpIfLittle(cache, context);
  const editing = openEditing({
    ...{ db, cache, station, now, library, stations, beforeCommit },
    districtTrouble: () => undefined,
    changed: () => {
      changes += 1;
    },
  });
  const settings = { db: cache, profile, divisions, station, now };
  return {
    ...{ cache, db, library, stations, editing, station },
    preview: openPreview(settings, cache),
    changes: () => changes,
    /** Makes the search index, as a host does it in the background. */
    index: () => {
      while (!catchUp(cache, context, 500));
    },
    close: () => {
      cache.write.close();
      db.write.close();
    },
  };
}
