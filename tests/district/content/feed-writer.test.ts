import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { beginAllAnew } from '#district/content/begin-anew.ts';
import { changesSince } from '#district/content/changes-since.ts';
import {
  confirmDeletions,
  type FeedWriter,
  openFeedWriter,
  topOf,
} from '#district/content/feed-writer.ts';
import { publishRecord, withdrawRecord } from '#district/content/published.ts';
import type { District } from '#district/district.ts';
import { openPacker } from '#district/feed/lay-out-segments.ts';
import { publishedTops } from '#district/feed/published-tops.ts';
import { newestRootFile } from '#district/keys/root-keys.ts';
import { all, type Database, sql } from '#district/store/sql.ts';
import { appliedDivision } from '#station/content/feed-divisions.ts';
import { folderSource, sampleTerminal } from '../../station/feed/sample-terminal.ts';
import { onBothDatabases } from '../databases.ts';
import { NOW, notice, pamphlet } from '../feed/sample-feed.ts';
import { type SampleServer, sampleServer } from '../sample-server.ts';

const by = { actor: 'office', at: 1, note: '测试' };
const FEW = { most: 4, kept: 2 };

/** A district whose database fails where a division's changes are read. */
function withoutRows(district: District, division: string): District {
  const { database } = district;
  const query: Database['query'] = (statement) =>
    statement.text.includes('feed_row') && statement.values.includes(division)
      ? Promise.reject(new Error('planted'))
      : database.query(statement);
  return { ...district, database: { ...database, query } };
}

/** A packer whose thread hangs over each order of a division; its bound passes as soon as it does. */
function hangingOver(division: string, place: string) {
  const [program, hangs] = [join(place, 'thread.mjs'), join(place, 'hangs')];
  const real = new URL('../../../src/district/feed/pack-thread.ts', import.meta.url).href;
  writeFileSync(
    program,
    `import { writeFileSync } from 'node:fs';
    import { parentPort } from 'node:worker_threads';
    parentPort.on('message', ({ segment }) => {
      if (!segment.path.includes('/${division}/')) return;
      writeFileSync(${JSON.stringify(hangs)}, '');
      for (;;);
    });
    await import(${JSON.stringify(real)});`,
  );
  const after = (_milliseconds: number, act: () => void) => {
    const look = setInterval(() => {
      if (!existsSync(hangs)) return;
      rmSync(hangs);
      act();
    }, 5);
    return () => clearInterval(look);
  };
  return (folder: string) => openPacker(folder, { program, after });
}

onBothDatabases((opened) => {
  let server: SampleServer;
  let writer: FeedWriter;
  let terminal: ReturnType<typeof sampleTerminal>;
  beforeEach(async () => {
    server = await sampleServer(opened.database);
    const { feedFolder } = server.district.settings;
    writer = openFeedWriter(server.district, FEW);
    terminal = sampleTerminal(newestRootFile(feedFolder), folderSource(feedFolder));
  });
  afterEach(async () => {
    terminal.remove();
    await server.close();
  });

  const put = (name: string) =>
    opened.database.transaction((db) => publishRecord(db, notice(name), by));
  const take = (name: string) =>
    opened.database.transaction((db) => withdrawRecord(db, notice(name), by));
  /** A person's word for all that is there now. */
  const confirmed = () =>
    opened.database.transaction(async (db) =>
      confirmDeletions(db, '530102', (await topOf(db, '530102')) ?? 0),
    );
  /** What is written reaches a terminal. */
  const pulled = async () => {
    expect((await terminal.pull()).refused).toEqual([]);
    return terminal.notices().toSorted();
  };

  test('what is published reaches a terminal, change by change', async () => {
    await put('one');
    await put('two');
    await writer.write();
    expect(await pulled()).toEqual(['one@1', 'two@1']);
    await put('one');
    await take('two');
    await writer.write();
    expect(await pulled()).toEqual(['one@2']);
  });

  test('a server that starts again goes on in the same numbering', async () => {
    for (const name of ['one', 'two', 'three']) {
      await put(name);
      await writer.write();
    }
    await pulled();
    const before = appliedDivision(terminal.cache, '530102');
    writer = openFeedWriter(server.district, FEW);
    await writer.write();
    await put('four');
    await writer.write();
    expect(await pulled()).toEqual(['four@1', 'one@1', 'three@1', 'two@1']);
    expect(appliedDivision(terminal.cache, '530102')).toMatchObject({
      epoch: before?.epoch,
      sequence: 4,
    });
  });

  test('many deltas become a base, also for the next start, and old rows are forgotten', async () => {
    for (let version = 1; version <= 9; version += 1) {
      await put('one');
      await writer.write();
    }
    await put('two');
    await take('two');
    await writer.write();
    expect(await pulled()).toEqual(['one@9']);
    expect((await all(opened.database, sql`select 1 from feed_row`)).length).toBeLessThan(8);
    const restarted = openFeedWriter(server.district, FEW);
    await put('three');
    await restarted.write();
    expect(await pulled()).toEqual(['one@9', 'three@1']);
  });

  describe('many deletions', () => {
    const names = Array.from({ length: 30 }, (_, at) => `n${at}`);
    beforeEach(async () => {
      for (const name of names) await put(name);
      await writer.write();
      await pulled();
      for (const name of names.slice(0, 25)) await take(name);
    });

    test('wait for a person, also over a restart', async () => {
      expect(await writer.write()).toMatchObject({
        waiting: [{ division: '530102', unsound: [] }],
      });
      expect(await openFeedWriter(server.district, FEW).write()).toMatchObject({
        waiting: [{ division: '530102', unsound: [] }],
      });
      expect(await pulled()).toHaveLength(30);
    });

    test('are confirmed as the person saw them: what came since is not meant, and the next look tells of it', async () => {
      const { waiting } = await writer.write();
      const [seen] = waiting;
      await take('n29');
      const confirm = (top: number) =>
        opened.database.transaction((db) => confirmDeletions(db, '530102', top));
      expect(await confirm(seen?.top ?? 0)).toBe('changed');
      const [now] = (await writer.write()).waiting;
      expect(now).toMatchObject({ gone: (seen?.gone ?? 0) + 1, top: (seen?.top ?? 0) + 1 });
      expect(await pulled()).toHaveLength(30);
      expect(await confirm(now?.top ?? 0)).toBe('confirmed');
      expect(await writer.write()).toMatchObject({ waiting: [] });
    });

    test('go out when a person said so', async () => {
      await writer.write();
      expect(await confirmed()).toBe('confirmed');
      expect(await confirmed()).toBe('before');
      expect(await writer.write()).toMatchObject({ waiting: [] });
      expect(await pulled()).toHaveLength(5);
      await put('new');
      expect(await openFeedWriter(server.district, FEW).write()).toMatchObject({ waiting: [] });
      expect(await pulled()).toHaveLength(6);
    });

    test('that a person confirmed reach a terminal that was away while they became part of a base and the server started again', async () => {
      await writer.write();
      await confirmed();
      await writer.write();
      for (let version = 1; version <= 9; version += 1) {
        await put('new');
        await writer.write();
      }
      writer = openFeedWriter(server.district, FEW);
      await writer.write();
      expect(await pulled()).toHaveLength(6);
    });

    test('go out with the change that came between the person’s word and the writing', async () => {
      await writer.write();
      await confirmed();
      await put('new');
      expect(await writer.write()).toMatchObject({ waiting: [] });
      expect(await pulled()).toHaveLength(6);
    });

    test('that came after the person’s word wait for another', async () => {
      await writer.write();
      await confirmed();
      for (let at = 0; at < 25; at += 1) await put(`more${at}`);
      await writer.write();
      for (let at = 0; at < 25; at += 1) await take(`more${at}`);
      expect(await writer.write()).toMatchObject({
        waiting: [{ division: '530102', unsound: [] }],
      });
      expect(await pulled()).toHaveLength(30);
    });

    /** As a backup of before has it: what came since is not in it. */
    const loseMore = async () => {
      for (const lost of [
        sql`delete from feed_row where id like 'notice.more%'`,
        sql`delete from content_version where id like 'notice.more%'`,
        sql`delete from content where id like 'notice.more%'`,
      ])
        await opened.database.query(lost);
    };

    test('that a person confirmed once do not open the way for what a restored server lacks', async () => {
      await writer.write();
      await confirmed();
      await writer.write();
      for (let at = 0; at < 40; at += 1) await put(`more${at}`);
      await writer.write();
      await pulled();
      await loseMore();
      await beginAllAnew(opened.database, NOW);
      await openFeedWriter(server.district, FEW).write();
      expect((await terminal.pull()).refused).toMatchObject([
        { refusal: { reason: 'mass-deletion' } },
      ]);
      expect(terminal.notices()).toHaveLength(45);
    });

    test('by which terminals alone are held, since a restored server lacks much, go out when a person said so', async () => {
      await writer.write();
      await confirmed();
      await writer.write();
      for (let at = 0; at < 40; at += 1) await put(`more${at}`);
      await writer.write();
      await pulled();
      await loseMore();
      await beginAllAnew(opened.database, NOW);
      writer = openFeedWriter(server.district, FEW);
      expect(await writer.write()).toMatchObject({ waiting: [] });
      expect((await terminal.pull()).refused).toHaveLength(1);
      expect(await confirmed()).toBe('confirmed');
      await writer.write();
      expect(await pulled()).toHaveLength(5);
    });
  });

  test('a restored server takes another epoch, and terminals follow', async () => {
    await put('one');
    await take('one');
    await put('two');
    await writer.write();
    await pulled();
    const before = appliedDivision(terminal.cache, '530102');
    await beginAllAnew(opened.database, NOW);
    await put('three');
    await openFeedWriter(server.district, FEW).write();
    expect(await pulled()).toEqual([expect.stringMatching(/^three@\d{6}$/), 'two@1']);
    expect(appliedDivision(terminal.cache, '530102')?.epoch).not.toBe(before?.epoch);
  });

  describe('a feed that was restored too, although terminals saw newer numbers,', () => {
    const elsewhere = (name: string) => notice(name, 1, '530103');
    const putElsewhere = (name: string) =>
      opened.database.transaction((db) => publishRecord(db, elsewhere(name), by));
    beforeEach(async () => {
      const { feedFolder } = server.district.settings;
      const aside = mkdtempSync(join(tmpdir(), 'feed-aside-'));
      await put('one');
      await putElsewhere('away');
      await writer.write();
      cpSync(feedFolder, aside, { recursive: true });
      for (const name of ['two', 'three', 'four']) {
        await put(name);
        await putElsewhere(name);
        await writer.write();
      }
      await pulled();
      rmSync(feedFolder, { recursive: true });
      cpSync(aside, feedFolder, { recursive: true });
      rmSync(aside, { recursive: true });
      await beginAllAnew(opened.database, NOW, publishedTops(feedFolder));
    });

    test('is believed', async () => {
      await openFeedWriter(server.district, FEW).write();
      await put('five');
      await openFeedWriter(server.district, FEW).write();
      expect(await pulled()).toHaveLength(5);
    });

    test('is believed also when it could not be written at first, and the server started again without a word', async () => {
      const { keys } = server.district;
      const sign = () => {
        throw new Error('planted');
      };
      const feed = { ...keys.feed, timestamp: { ...keys.feed.timestamp, sign } };
      const unable = { ...server.district, keys: { ...keys, feed } };
      await expect(openFeedWriter(unable, FEW).write()).rejects.toThrow('planted');
      await openFeedWriter(server.district, FEW).write();
      expect(await pulled()).toHaveLength(4);
    });

    test('is believed also when a division could not be read at first', async () => {
      const unable = withoutRows(server.district, '530103');
      expect(await openFeedWriter(unable, FEW).write()).toMatchObject({ failed: [{}] });
      expect(await pulled()).toHaveLength(4);
      await putElsewhere('five');
      await openFeedWriter(server.district, FEW).write();
      expect(await pulled()).toHaveLength(4);
      expect(publishedTops(server.district.settings.feedFolder)).toMatchObject([
        { division: '530102' },
        { division: '530103', top: 5 },
      ]);
    });
  });

  describe('a division that a restored database knows nothing of', () => {
    beforeEach(async () => {
      await opened.database.transaction((db) => publishRecord(db, notice('away', 1, '530103'), by));
      await writer.write();
      await put('one');
      await writer.write();
      await pulled();
      // As a backup of before: the division was not there yet.
      for (const lost of [
        sql`delete from feed_row where division = '530102'`,
        sql`delete from feed_cut where division = '530102'`,
        sql`delete from feed_division where division = '530102'`,
        sql`delete from content_version where scope = '530102'`,
        sql`delete from content where scope = '530102'`,
      ])
        await opened.database.query(lost);
      const { feedFolder } = server.district.settings;
      await beginAllAnew(opened.database, NOW, publishedTops(feedFolder));
      writer = openFeedWriter(server.district, FEW);
    });

    test('goes on in another epoch and without what was lost, and no other division is the worse', async () => {
      const before = appliedDivision(terminal.cache, '530102');
      await writer.write();
      expect(await pulled()).toEqual([]);
      expect(appliedDivision(terminal.cache, '530102')?.epoch).not.toBe(before?.epoch);
      await put('one');
      await writer.write();
      expect(await pulled()).toEqual([expect.stringMatching(/^one@\d{6}$/)]);
    });

    test('stays in the feed also when nobody brings it back', async () => {
      await opened.database.query(sql`delete from feed_division where division = '530102'`);
      await writer.write();
      expect(await pulled()).toEqual(['one@1']);
      await put('one');
      await writer.write();
      expect(await pulled()).toEqual([expect.stringMatching(/^one@\d{6}$/)]);
    });
  });

  describe('what a program of another version finds unsound', () => {
    const elsewhere = (name: string) => notice(name, 1, '530103');
    /** The record as a program wrote it whose rules were others. */
    const spoil = async (name: string) => {
      const id = `notice.${name}`;
      for (const unsound of [
        sql`update feed_row set record = jsonb_set(record, '{body}', '{}') where id = ${id}`,
        sql`update content set record = jsonb_set(record, '{body}', '{}') where id = ${id}`,
      ])
        await opened.database.query(unsound);
    };
    const putElsewhere = (name: string) =>
      opened.database.transaction((db) => publishRecord(db, elsewhere(name), by));
    const published = (division: string) =>
      publishedTops(server.district.settings.feedFolder).find((one) => one.division === division);

    const mend = (name: string) =>
      opened.database.query(
        sql`update content set record = jsonb_set(record, '{body}', ${JSON.stringify(notice(name).body)}::jsonb)
            where id = ${`notice.${name}`}`,
      );
    const waiting = [{ division: '530102', unsound: [{ id: 'notice.one', scope: '530102' }] }];
    const confirm = confirmed;
    const acts = async () => {
      const rows = await all<{ action: string }>(
        opened.database,
        sql`select action from audit where actor = 'server' and subject = 'notice.one 530102' order by seq`,
      );
      return rows.map(({ action }) => action);
    };

    describe('and terminals still show', () => {
      beforeEach(async () => {
        for (const name of ['one', 'two']) await put(name);
        await putElsewhere('away');
        await writer.write();
        await pulled();
        await spoil('one');
        await put('three');
        await putElsewhere('later');
        writer = openFeedWriter(server.district, FEW);
      });

      test('stays on terminals and holds its own division, and no other, until a person lets it go', async () => {
        expect(await writer.write()).toMatchObject({ waiting, leftOut: [], failed: [] });
        expect(published('530103')?.top).toBe(2);
        expect(await pulled()).toEqual(['one@1', 'two@1']);
        writer = openFeedWriter(server.district, FEW);
        expect(await writer.write()).toMatchObject({ waiting, leftOut: [] });
        expect(await pulled()).toEqual(['one@1', 'two@1']);
        expect(await acts()).toEqual(['content-held']);
        expect(await confirm()).toBe('confirmed');
        const leftOut = [{ id: 'notice.one', scope: '530102' }];
        expect(await writer.write()).toMatchObject({ waiting: [], leftOut, failed: [] });
        expect(await pulled()).toEqual(['three@1', 'two@1']);
        const { epoch } = published('530102') ?? {};
        writer = openFeedWriter(server.district, FEW);
        expect(await writer.write()).toMatchObject({ waiting: [], leftOut, failed: [] });
        expect(published('530102')?.epoch).toBe(epoch);
        expect(await acts()).toEqual(['content-held', 'record-left-out']);
      });

      test('goes out with all that waited as soon as it is mended, without a word', async () => {
        await writer.write();
        await put('one');
        expect(await writer.write()).toMatchObject({ waiting: [], leftOut: [] });
        expect(await pulled()).toEqual(['one@2', 'three@1', 'two@1']);
      });

      test('waits for a word of its own where a person confirmed deletions before', async () => {
        await confirm();
        expect(await writer.write()).toMatchObject({ waiting });
        expect(await pulled()).toEqual(['one@1', 'two@1']);
      });

      test('waits for another word when more of it came after the first', async () => {
        await writer.write();
        await confirm();
        await put('four');
        await spoil('four');
        const [{ unsound }] = waiting as [(typeof waiting)[number]];
        const both = [...unsound, { id: 'notice.four', scope: '530102' }];
        expect(await writer.write()).toMatchObject({ waiting: [{ unsound: both }] });
        await confirm();
        expect(await writer.write()).toMatchObject({ waiting: [] });
        expect(await pulled()).toEqual(['three@1', 'two@1']);
      });

      test('is looked at once as long as nothing changes and nobody says a word, and keeps its numbering', async () => {
        const { database } = server.district;
        let looks = 0;
        const query: Database['query'] = (statement) => {
          looks += statement.text.includes('feed_row') ? 1 : 0;
          return database.query(statement);
        };
        const epochs = () =>
          all(database, sql`select division, epoch from feed_division order by 1`);
        const before = await epochs();
        writer = openFeedWriter({ ...server.district, database: { ...database, query } }, FEW);
        expect(await writer.write()).toMatchObject({ waiting });
        const first = looks;
        expect(first).toBeGreaterThan(0);
        expect(await writer.write()).toMatchObject({ waiting });
        expect(looks).toBe(first);
        expect(await epochs()).toEqual(before);
        await confirm();
        expect(await writer.write()).toMatchObject({ waiting: [] });
        expect(await pulled()).toEqual(['three@1', 'two@1']);
      });

      test('stays on terminals also when the server was restored from a backup', async () => {
        await beginAllAnew(opened.database, NOW);
        expect(await writer.write()).toMatchObject({ waiting });
        expect(await pulled()).toEqual(['one@1', 'two@1']);
      });

      test('is shown as ever when the program before is put back', async () => {
        await writer.write();
        const { body } = notice('one');
        await opened.database.query(
          sql`update feed_row set record = jsonb_set(record, '{body}', ${JSON.stringify(body)}::jsonb)
              where id = 'notice.one'`,
        );
        writer = openFeedWriter(server.district, FEW);
        expect(await writer.write()).toMatchObject({ waiting: [], leftOut: [] });
        expect(await pulled()).toEqual(['one@1', 'three@1', 'two@1']);
        expect(await all(opened.database, sql`select 1 from feed_division where held`)).toEqual([]);
      });

      test('comes back, once it was left out, at the start of a program that finds it sound', async () => {
        await writer.write();
        await confirm();
        await writer.write();
        await mend('one');
        writer = openFeedWriter(server.district, FEW);
        expect(await writer.write()).toMatchObject({ waiting: [], leftOut: [] });
        expect(await pulled()).toEqual(['one@1', 'three@1', 'two@1']);
        expect(await acts()).toEqual(['content-held', 'record-left-out', 'content-returned']);
      });

      test('comes then to programs of others, too, which were past it', async () => {
        const told = (since?: string) =>
          changesSince(opened.database, { since, limit: 100, divisions: ['530102'] });
        await writer.write();
        await confirm();
        await writer.write();
        const without = await told();
        expect(without.changes.map(({ id }) => id)).not.toContain('notice.one');
        await mend('one');
        await openFeedWriter(server.district, FEW).write();
        const { changes } = await told(without.next);
        expect(changes.map(({ id }) => id)).toEqual(['notice.one']);
      });
    });

    describe('while editors take many others away', () => {
      const names = Array.from({ length: 30 }, (_, at) => `n${at}`);
      beforeEach(async () => {
        for (const name of ['one', ...names]) await put(name);
        await writer.write();
        await pulled();
        await spoil('one');
        writer = openFeedWriter(server.district, FEW);
      });
      const takeMany = async () => {
        for (const name of names.slice(0, 25)) await take(name);
      };
      const withGone = (gone: number) => [{ ...waiting[0], gone }];

      test('is named beside their number, and all go out with one word', async () => {
        await takeMany();
        expect(await writer.write()).toMatchObject({ waiting: withGone(25) });
        expect(await openFeedWriter(server.district, FEW).write()).toMatchObject({
          waiting: withGone(25),
        });
        expect(await pulled()).toHaveLength(31);
        await confirm();
        expect(await writer.write()).toMatchObject({ waiting: [] });
        expect(await pulled()).toHaveLength(5);
      });

      test('does not take along what they took away after the word', async () => {
        expect(await writer.write()).toMatchObject({ waiting: withGone(0) });
        await confirm();
        await takeMany();
        expect(await writer.write()).toMatchObject({ waiting: withGone(25) });
        expect(await pulled()).toHaveLength(31);
        await confirm();
        expect(await writer.write()).toMatchObject({ waiting: [] });
        expect(await pulled()).toHaveLength(5);
      });

      test('does not open the way for them when it is mended', async () => {
        await takeMany();
        await writer.write();
        await put('one');
        expect(await writer.write()).toMatchObject({
          waiting: [{ division: '530102', unsound: [], gone: 25 }],
        });
        expect(await pulled()).toHaveLength(31);
        await confirm();
        expect(await writer.write()).toMatchObject({ waiting: [] });
        expect(await pulled()).toHaveLength(6);
      });

      test('hinders nothing afterwards when many went with a word before it, and the program before is put back', async () => {
        const { body } = notice('one');
        const putBack = sql`update feed_row set record = jsonb_set(record, '{body}', ${JSON.stringify(body)}::jsonb)
                            where id = 'notice.one'`;
        await opened.database.query(putBack);
        await takeMany();
        await writer.write();
        await confirm();
        await writer.write();
        expect(await pulled()).toHaveLength(6);
        await spoil('one');
        await put('new');
        expect(await openFeedWriter(server.district, FEW).write()).toMatchObject({
          waiting: withGone(0),
        });
        await opened.database.query(putBack);
        expect(await openFeedWriter(server.district, FEW).write()).toMatchObject({ waiting: [] });
        expect(await pulled()).toHaveLength(7);
      });

      test('keeps waiting with them when the server was restored from a backup that has the word', async () => {
        await takeMany();
        await writer.write();
        await confirm();
        await beginAllAnew(opened.database, NOW);
        expect(await openFeedWriter(server.district, FEW).write()).toMatchObject({
          waiting: withGone(25),
        });
        expect(await pulled()).toHaveLength(31);
      });
    });

    test('reaches terminals that would lose very much by it, since a person said so', async () => {
      const names = Array.from({ length: 30 }, (_, at) => `n${at}`);
      for (const name of names) await put(name);
      await writer.write();
      await pulled();
      for (const name of names.slice(0, 25)) await spoil(name);
      writer = openFeedWriter(server.district, FEW);
      await writer.write();
      await confirm();
      await writer.write();
      expect(await pulled()).toHaveLength(5);
    });

    test('holds also a division that is open already, and comes back when it is mended', async () => {
      await put('two');
      await writer.write();
      await put('one');
      await spoil('one');
      expect(await writer.write()).toMatchObject({ waiting, leftOut: [] });
      expect(await pulled()).toEqual(['two@1']);
      await put('one');
      expect(await writer.write()).toMatchObject({ waiting: [], leftOut: [] });
      expect(await pulled()).toEqual(['one@2', 'two@1']);
    });
  });

  test('a division whose file cannot be laid out goes out without it, and is named apart', async () => {
    const bytes = Buffer.from('a booklet, as far as the feed is concerned');
    const { mediaFolder, feedFolder } = server.district.settings;
    const record = pamphlet('one', bytes);
    mkdirSync(mediaFolder, { recursive: true });
    writeFileSync(join(mediaFolder, `${record.body.sha256}.pdf`), bytes);
    await opened.database.transaction((db) => publishRecord(db, record, by));
    await put('one');
    mkdirSync(join(feedFolder, 'targets'), { recursive: true });
    writeFileSync(join(feedFolder, 'targets', 'media'), 'in the way');
    const { failed, withoutFiles } = await writer.write();
    expect(failed).toEqual([]);
    expect(withoutFiles.map(({ division }) => division)).toEqual(['530102']);
    expect(await pulled()).toEqual(['one@1']);
  });

  test('a division that cannot be read keeps what was written of it, while the others go on', async () => {
    await put('one');
    await opened.database.transaction((db) => publishRecord(db, notice('away', 1, '530103'), by));
    await writer.write();
    await pulled();
    await put('two');
    writer = openFeedWriter(withoutRows(server.district, '530103'), FEW);
    const { failed } = await writer.write();
    expect(failed.map(({ division }) => division)).toEqual(['530103']);
    expect(await pulled()).toEqual(['one@1', 'two@1']);
    const { feedFolder } = server.district.settings;
    expect(publishedTops(feedFolder).map(({ division }) => division)).toEqual(['530102', '530103']);
  });

  test('a division over whose segments the packing thread hangs is named, while the others go on', async () => {
    const long = (name: string, scope: string) => ({
      ...notice(name, 1, scope),
      source: '很长'.repeat(150_000),
    });
    for (const record of [long('away', '530101'), long('one', '530102')])
      await opened.database.transaction((db) => publishRecord(db, record, by));
    const place = mkdtempSync(join(tmpdir(), 'hanging-'));
    writer = openFeedWriter(server.district, FEW, hangingOver('530101', place));
    const { failed } = await writer.write();
    expect(failed.map(({ division }) => division)).toEqual(['530101']);
    expect(await pulled()).toEqual(['one@1']);
    rmSync(place, { recursive: true });
  });

  test('after a restore no version is given that a record may have had before', async () => {
    await put('one');
    await beginAllAnew(opened.database, NOW);
    const [again, other] = [await put('one'), await put('other')];
    expect(again).toBeGreaterThan(100_000);
    expect(other).toBe(again);
    expect(await put('one')).toBe(again + 1);
  });
});
