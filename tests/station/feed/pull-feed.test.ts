import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openDivisionLog } from '#district/feed/division-log.ts';
import { writeRoot } from '#district/feed/root.ts';
import { replaceContent } from '#station/content/content-store.ts';
import { appliedDivision, releaseDivisions } from '#station/content/feed-divisions.ts';
import { first, sql } from '#station/store/sql.ts';
import { NOW, notice, sampleDistrict, signer } from '../../district/feed/sample-feed.ts';
import { folderSource, sampleTerminal } from './sample-terminal.ts';

let district: ReturnType<typeof sampleDistrict>;
let log: ReturnType<typeof openDivisionLog>;
let terminal: ReturnType<typeof sampleTerminal>;
let read: string[];

beforeEach(() => {
  district = sampleDistrict();
  log = openDivisionLog('530102', 'epochone', [notice('one'), notice('two')]);
  district.publish([log.feed()]);
  read = [];
  const source = folderSource(district.folder);
  terminal = sampleTerminal(district.root, {
    read: (path) => {
      read.push(path);
      return source.read(path);
    },
  });
});
afterEach(() => {
  terminal.remove();
  district.remove();
});

describe('a terminal', () => {
  test('takes the base, then what changes, with the cursor', async () => {
    expect((await terminal.pull()).changed).toEqual(['530102']);
    expect(terminal.notices()).toEqual(['one@1', 'two@1']);
    log.put(notice('one', 2));
    log.put(notice('three'));
    log.remove('notice.two', '530102');
    log.cut();
    district.publish([log.feed()]);
    read = [];
    await terminal.pull();
    expect(terminal.notices()).toEqual(['one@2', 'three@1']);
    expect(read.filter((path) => path.includes('base'))).toEqual([]);
    expect(appliedDivision(terminal.cache, '530102')).toMatchObject({ sequence: 5 });
  });

  test('reads one small file when nothing is new, and asks for the next root', async () => {
    await terminal.pull();
    read = [];
    expect((await terminal.pull()).changed).toEqual([]);
    expect(read).toEqual(['metadata/2.root.json', 'metadata/timestamp.json']);
  });

  test('that was away for longer than deltas are kept starts from the base', async () => {
    await terminal.pull();
    for (const version of [2, 3, 4]) {
      log.put(notice('one', version));
      log.cut();
    }
    log.remove('notice.two', '530102');
    log.cut();
    log.compact(1);
    district.publish([log.feed()]);
    await terminal.pull();
    expect(terminal.notices()).toEqual(['one@4']);
  });

  test('takes a new epoch from its base, whatever its numbers are', async () => {
    await terminal.pull();
    district.publish([openDivisionLog('530102', 'epochtwo', [notice('nine')]).feed()]);
    await terminal.pull();
    expect(terminal.notices()).toEqual(['nine@1']);
  });

  test('mends rows that are not the district’s from the base', async () => {
    await terminal.pull();
    terminal.cache.write.exec("delete from record where id = 'notice.two'");
    log.put(notice('three'));
    log.cut();
    district.publish([log.feed()]);
    await terminal.pull();
    expect(terminal.notices()).toEqual(['one@1', 'three@1', 'two@1']);
  });

  test('mends them at the next look, also when nothing is new', async () => {
    await terminal.pull();
    terminal.cache.write.exec("delete from record where id = 'notice.two'");
    expect((await terminal.pull()).changed).toEqual(['530102']);
    expect(terminal.notices()).toEqual(['one@1', 'two@1']);
    expect((await terminal.pull()).changed).toEqual([]);
  });

  test('follows new keys of every role', async () => {
    await terminal.pull();
    const online = signer();
    const keys = {
      root: [signer(), signer()],
      threshold: 2,
      timestamp: online,
      snapshot: online,
      targets: online,
      content: signer(),
    };
    writeRoot(district.folder, keys, NOW, district.keys.root);
    log.put(notice('three'));
    log.cut();
    district.publish([log.feed()], NOW, keys);
    await terminal.pull();
    expect(terminal.notices()).toEqual(['one@1', 'three@1', 'two@1']);
  });
});

describe('the deployment’s files', () => {
  const packOf = (...records: ReturnType<typeof notice>[]) =>
    replaceContent(terminal.cache, 'pack:test', 'cursor', records, 0);

  test('are the content until the feed brings a division, and go on being it elsewhere', async () => {
    packOf(notice('packed'), notice('elsewhere', 1, '530103'));
    await terminal.pull();
    expect(terminal.notices()).toEqual(['elsewhere@1', 'one@1', 'two@1']);
    packOf(notice('packed'), notice('elsewhere', 2, '530103'));
    expect(terminal.notices()).toEqual(['elsewhere@2', 'one@1', 'two@1']);
  });

  test('are read anew when the feed is switched off', async () => {
    packOf(notice('packed'));
    await terminal.pull();
    releaseDivisions(terminal.cache, []);
    expect(first(terminal.cache, sql`select 1 from applied`)).toBeUndefined();
    packOf(notice('packed'));
    expect(terminal.notices()).toEqual(['packed@1']);
  });
});

describe('a mass deletion', () => {
  const many = Array.from({ length: 60 }, (_, at) => notice(`n${at}`));

  test('is not published without a person’s word', () => {
    const large = openDivisionLog('530102', 'epochbig', many);
    for (const { id } of many.slice(0, 40)) large.remove(id, '530102');
    expect(() => large.cut()).toThrow('40 of 60');
    large.cut({ massDeletion: true });
    expect(large.feed().index.top).toBe(100);
  });

  /** Takes 48 of 60 away in four steps, none of which needs a person's word. */
  function takeAwayInSteps(large: ReturnType<typeof openDivisionLog>): void {
    const left = many.map(({ id }) => id);
    while (left.length > 12) {
      for (const id of left.splice(0, Math.min(20, left.length - 12))) large.remove(id, '530102');
      large.cut();
    }
  }

  test.each([
    ['deltas', 0],
    ['a base, since deltas are not kept for so long', 1],
  ])(
    'in small steps is taken as well by a terminal that was away meanwhile, through %s',
    async (_, compactions) => {
      const large = openDivisionLog('530102', 'epochbig', many);
      district.publish([large.feed()]);
      await terminal.pull();
      takeAwayInSteps(large);
      if (compactions > 0) large.compact(1);
      district.publish([large.feed()]);
      expect((await terminal.pull()).refused).toEqual([]);
      expect(terminal.notices()).toHaveLength(12);
    },
  );

  test('by a server that lost its newest changes, and does not say so, is held on the brake, whatever was confirmed long ago', async () => {
    const young = openDivisionLog('530102', 'epochbig', many.slice(0, 12));
    const old = openDivisionLog('530102', 'epochbig', many.slice(0, 12));
    for (const log of [young, old]) log.cut({ massDeletion: true });
    for (const record of many.slice(12)) young.put(record);
    young.cut();
    district.publish([young.feed()]);
    await terminal.pull();
    district.publish([old.feed()]);
    expect((await terminal.pull()).refused).toMatchObject([
      { refusal: { reason: 'mass-deletion' } },
    ]);
    expect(terminal.notices()).toHaveLength(60);
  });

  test('in one step of a publisher without a brake is held on the terminal’s own', async () => {
    const careless = openDivisionLog('530102', 'epochbig', many);
    district.publish([careless.feed()]);
    await terminal.pull();
    for (const { id } of many.slice(0, 40)) careless.remove(id, '530102');
    careless.cut({ massDeletion: true });
    const feed = careless.feed();
    district.publish([{ ...feed, index: { ...feed.index, confirmedDeletionsTo: 0 } }]);
    expect((await terminal.pull()).refused).toMatchObject([
      { refusal: { reason: 'mass-deletion' } },
    ]);
    expect(terminal.notices()).toHaveLength(60);
  });

  test('holds a terminal on the brake until a person confirms it', async () => {
    district.publish([openDivisionLog('530102', 'epochbig', many).feed()]);
    await terminal.pull();
    const emptied = openDivisionLog('530102', 'epochnew', [notice('one')]);
    district.publish([emptied.feed()]);
    const [stopped] = (await terminal.pull()).refused;
    expect(stopped?.refusal).toMatchObject({
      ...{ reason: 'mass-deletion', deletion: { gone: 60, of: 60, top: emptied.feed().index.top } },
    });
    expect(terminal.notices()).toHaveLength(60);
    emptied.cut({ massDeletion: true });
    district.publish([emptied.feed()]);
    await terminal.pull();
    expect(terminal.notices()).toEqual(['one@1']);
  });
});
