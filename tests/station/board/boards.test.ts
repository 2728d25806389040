import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import { formatBoard } from '#shared/board/disclosure.ts';
import type { RosterBody } from '#shared/content/kinds/roster.ts';
import { communityBoardSchema, disclosureBoardSchema } from '#shared/contract/views.ts';
import { communityBoard } from '#station/board/community-board.ts';
import { disclosureBoard } from '#station/board/disclosure-board.ts';
import { dutyBoard } from '#station/board/duty-board.ts';
import type { ProfilePack } from '#station/packs/profile-pack.ts';
import type { PackRecord } from '#station/packs/records.ts';
import { shippedPack, stationOn } from '../../real-content.ts';

const HUASHAN = '530102001';
const CUIHU = '530102001007';

let shipped: ProfilePack;
beforeAll(() => {
  shipped = shippedPack('wuhua');
});
const opened: { close: () => void }[] = [];
afterEach(() => {
  for (const one of opened.splice(0)) one.close();
});

function open(time: string, code = HUASHAN, pack = shipped) {
  const station = stationOn(pack, time, code);
  opened.push({ close: () => station.db.write.close() });
  return station;
}

const duty = (time: string, code?: string, pack?: ProfilePack) => {
  const { library, stations } = open(time, code, pack);
  return dutyBoard(library, stations, 'zh-CN');
};
const board = (time: string, code?: string, pack?: ProfilePack) => {
  const { library, stations } = open(time, code, pack);
  return disclosureBoard(library, stations, 'zh-CN');
};

/** The shipped pack with some records changed or left out. */
function changed(change: (entry: PackRecord) => PackRecord | undefined): ProfilePack {
  return { ...shipped, records: shipped.records.flatMap((entry) => change(entry) ?? []) };
}

/** The shipped pack in force since the summer, to see the holidays of 2026. */
function sinceSummer(): ProfilePack {
  return changed((entry) => ({
    ...entry,
    record: { ...entry.record, effectiveFrom: '2026-06-01' },
  }));
}

function shippedRoster(): RosterBody {
  const entry = shipped.records.find(({ record }) => record.id === `roster.${HUASHAN}`);
  if (entry === undefined) throw new Error('the roster is gone');
  return entry.record.body as RosterBody;
}

function withRoster(change: (roster: RosterBody) => Partial<RosterBody>): ProfilePack {
  return changed((entry) => {
    if (entry.record.id !== `roster.${HUASHAN}`) return entry;
    const roster = entry.record.body as RosterBody;
    return { ...entry, record: { ...entry.record, body: { ...roster, ...change(roster) } } };
  });
}

describe('who is on duty', () => {
  test('on a Wednesday: leader, staff, and the lawyer of that day', () => {
    const { leader, staff } = duty('2026-11-25 10:00');
    expect(leader?.duty).toBe('leader');
    expect(staff.map((person) => person.duty)).toEqual([
      'reception',
      'legal-aid',
      'mediation',
      'lawyer',
    ]);
  });

  test.each(['2026-10-10 10:00', '2026-09-20 10:00'])(
    'on the make-up day %s: the people of a Monday',
    (time) => {
      const { leader, staff } = duty(time, HUASHAN, sinceSummer());
      expect(leader).toBeDefined();
      expect(staff.map((person) => person.duty)).toEqual(['reception', 'legal-aid', 'mediation']);
    },
  );

  test('on a public holiday: nobody, though it is a Thursday', () => {
    expect(duty('2026-10-01 10:00', HUASHAN, sinceSummer())).toMatchObject({ staff: [] });
    expect(duty('2026-10-01 10:00', HUASHAN, sinceSummer()).leader).toBeUndefined();
  });

  test('after the roster’s last day: nobody’s name, neither today nor next', () => {
    expect(duty('2027-06-30 10:00').leader).toBeDefined();
    expect(duty('2027-07-01 10:00')).toEqual({ date: '2027-07-01', staff: [] });
  });

  test('the next adviser is not promised for a day after the roster’s last', () => {
    // 2027-06-30 is a Wednesday; the lawyer comes on Wednesdays.
    expect(duty('2027-06-30 16:59').nextAdviser?.date).toBe('2027-06-30');
    expect(duty('2027-06-30 17:00').nextAdviser).toBeUndefined();
  });

  test('an absence without a stand-in leaves the leader unnamed', () => {
    const pack = withRoster(() => ({
      changes: [{ id: 'ill', date: '2026-11-25', shift: 'leader', person: null }],
    }));
    expect(duty('2026-11-25 10:00', HUASHAN, pack).leader).toBeUndefined();
    expect(duty('2026-11-26 10:00', HUASHAN, pack).leader).toBeDefined();
  });

  test('a person whose record is over is not named', () => {
    const pack = changed((entry) =>
      entry.record.id === 'person.wuhua-leader-huashan'
        ? { ...entry, record: { ...entry.record, validUntil: '2026-11-24' } }
        : entry,
    );
    expect(duty('2026-11-24 10:00', HUASHAN, pack).leader).toBeDefined();
    expect(duty('2026-11-25 10:00', HUASHAN, pack).leader).toBeUndefined();
  });

  test('the next adviser is one who still serves then, not one whose record is over', () => {
    const day = duty('2026-11-23 10:00').nextAdviser?.date;
    const person = shippedRoster().shifts.find((shift) => shift.duty === 'lawyer')?.person;
    const pack = changed((entry) => {
      if (entry.record.id === person) return undefined;
      if (entry.record.id !== `roster.${HUASHAN}`) return entry;
      const roster = entry.record.body as RosterBody;
      const stays = { ...roster.shifts[0], id: 'late', duty: 'lawyer', weekdays: [5] };
      const body = { ...roster, shifts: [...roster.shifts, stays] };
      return { ...entry, record: { ...entry.record, body } };
    });
    expect(day).toBe('2026-11-25');
    expect(duty('2026-11-23 10:00', HUASHAN, pack).nextAdviser?.date).toBe('2026-11-27');
  });

  test('the adviser of a community comes on the second and fourth Wednesday', () => {
    expect(duty('2026-11-23 10:00', CUIHU).nextAdviser).toMatchObject({
      date: '2026-11-25',
      from: '13:00',
    });
    expect(duty('2026-11-25 17:00', CUIHU).nextAdviser).toMatchObject({ date: '2026-12-09' });
  });
});

describe('the disclosure board', () => {
  test('has its eight items, whole, and keeps its contract', () => {
    const shown = board('2026-11-23 10:00');
    expect(shown.items.map((item) => item.id)).toEqual([
      'duty',
      'hours',
      'particulars',
      'pledges',
      'forms',
      'faqs',
      'contacts',
      'other',
    ]);
    expect(formatBoard(shown.items)).toBe('8/8');
    expect(disclosureBoardSchema.parse(shown)).toEqual(shown);
  });

  test('tells who published each item and when', () => {
    for (const { id, newest } of board('2026-11-23 10:00').items) {
      expect(newest?.responsibleBody, id).toBeTruthy();
      expect(newest?.publishedAt, id).toMatch(/^2026-/);
    }
  });

  test('is as complete on a Sunday as on a Monday', () => {
    expect(formatBoard(board('2026-11-22 10:00').items)).toBe('8/8');
    expect(formatBoard(board('2026-10-01 10:00', HUASHAN, sinceSummer()).items)).toBe('8/8');
  });

  test('says what a station without roster and hours lacks', () => {
    const pack = changed((entry) => (entry.record.kind === 'roster' ? undefined : entry));
    expect(formatBoard(board('2026-11-23 10:00', '530102001009', pack).items)).toBe(
      '6/8，缺值班人员（值班表）、服务时间',
    );
  });

  test('of a police post is whole without a leader', () => {
    const post = board('2026-11-23 12:00', '652701001-J01', shippedPack('bozhou'));
    expect(formatBoard(post.items)).toBe('8/8');
  });

  test('says that the leader is away', () => {
    const pack = withRoster(({ shifts }) => ({
      shifts: shifts.filter((shift) => shift.duty !== 'leader'),
    }));
    expect(formatBoard(board('2026-11-23 10:00', HUASHAN, pack).items)).toBe(
      '7/8，缺值班人员（今天的带班领导）',
    );
    expect(formatBoard(board('2026-11-22 10:00', HUASHAN, pack).items)).toBe(
      '7/8，缺值班人员（1/2，缺带班领导）',
    );
  });

  test('says which particular of a guide is missing', () => {
    const pack = changed((entry) =>
      entry.record.id === 'service.legal-aid-wages' || entry.record.kind !== 'service'
        ? {
            ...entry,
            record: {
              ...entry.record,
              body: {
                ...(entry.record.body as object),
                ...(entry.record.kind === 'service' ? { feeBasis: { text: '', basis: [] } } : {}),
              },
            },
          }
        : entry,
    );
    expect(formatBoard(board('2026-11-23 10:00', HUASHAN, pack).items)).toBe(
      '7/8，缺服务指南（8/9，缺收费依据）',
    );
  });

  test('shows no notice after its last day, and none before its first', () => {
    const pack = changed((entry) =>
      entry.record.kind === 'notice'
        ? {
            ...entry,
            record: { ...entry.record, effectiveFrom: '2026-11-24', validUntil: '2026-11-25' },
          }
        : entry,
    );
    const counts = ['2026-11-23', '2026-11-24', '2026-11-25', '2026-11-26'].map(
      (date) => board(`${date} 10:00`, HUASHAN, pack).notices.length,
    );
    expect(counts[0]).toBe(0);
    expect(counts[1]).toBeGreaterThan(5);
    expect(counts[2]).toBe(counts[1]);
    expect(counts[3]).toBe(0);
  });
});

describe('the community board', () => {
  test('has adviser, catalogue, process, policies and supervision', () => {
    const { library, stations } = open('2026-11-23 10:00', CUIHU);
    const shown = communityBoard(library, stations, 'zh-CN');
    expect(communityBoardSchema.parse(shown)).toEqual(shown);
    expect(shown.station.name).toBe('翠湖社区公共法律服务工作室');
    expect(shown.adviser?.sample).toBe(true);
    expect(shown.catalogue.length).toBeGreaterThanOrEqual(40);
    expect(shown.process?.body.items.length).toBeGreaterThan(2);
    expect(shown.process?.provenance.responsibleBody).not.toBe('');
    expect(shown.catalogueNewest?.responsibleBody).toBe('昆明市五华区司法局');
    expect(shown.policies.length).toBeGreaterThan(0);
    expect(shown.supervision).toBeDefined();
  });

  test('leaves the adviser open where none is named', () => {
    const pack = changed((entry) => (entry.record.kind === 'person' ? undefined : entry));
    const { library, stations } = open('2026-11-23 10:00', '530102001009', pack);
    expect(communityBoard(library, stations, 'zh-CN').adviser).toBeUndefined();
  });
});

test('a place that names nobody of its own to complain to lacks that on its board, whatever national lines there are', () => {
  const own = changed((entry) =>
    entry.record.kind === 'hotline' && entry.record.scope !== '00' ? undefined : entry,
  );
  expect(formatBoard(board('2026-11-23 10:00', HUASHAN, own).items)).toMatch(/^7\/8.*监督投诉电话/);
  expect(formatBoard(board('2026-11-23 10:00').items)).toBe('8/8');
});
