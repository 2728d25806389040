import { randomUUID } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, expect, test, vi } from 'vitest';
import { publishRecord, withdrawRecord } from '#district/content/published.ts';
import { writeArchive } from '#district/folder/archive.ts';
import { all, type Database, sql } from '#district/store/sql.ts';
import { unzip, zip } from '#district/tables/bounded-zip.ts';
import type { ContentRecord } from '#shared/content/envelope.ts';
import type { NamedFile } from '#shared/feed/feed-media.ts';
import { mediaFileName } from '#shared/media/media-path.ts';
import type { ArchiveLook, Draft } from '#shared/office/office-views.ts';
import { onBothDatabases } from '../databases.ts';
import { fileOf, notice, pamphlet } from '../feed/sample-feed.ts';
import { type OfficePage, somebody } from '../office/sample-office.ts';
import { emptyDatabase, type SampleServer, sampleServer } from '../sample-server.ts';

const ACT = { actor: 'test', at: 1, note: '测试' };
const FILE = fileOf('archive', 5_000);
const BOOKLET = pamphlet('booklet', FILE);

const folder = mkdtempSync(join(tmpdir(), 'carry-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Counts the transactions that are begun. */
function lockedDuring(database: Database): () => number {
  const begun = vi.spyOn(database, 'transaction');
  return () => {
    const count = begun.mock.calls.length;
    begun.mockRestore();
    return count;
  };
}

onBothDatabases((opened) => {
  let server: SampleServer;
  let editor: OfficePage;
  let reviewer: OfficePage;
  beforeEach(async () => {
    await emptyDatabase(opened.database);
    server = await sampleServer(opened.database);
    editor = await somebody(server, ['editor']);
    reviewer = await somebody(server, ['reviewer']);
    return async () => {
      await server.close();
      expect(server.faults).toEqual([]);
    };
  });

  const publish = (record: ContentRecord) =>
    opened.database.transaction((db) => publishRecord(db, record, ACT));
  const titled = (name: string, title: string, scope = '530102') => {
    const record = notice(name, 1, scope);
    return { ...record, body: { ...record.body, title } };
  };
  const exported = async (page = editor) => {
    const answer = await page.get('/folder');
    expect([answer.statusCode, answer.headers['content-type']]).toEqual([200, 'application/zip']);
    return unzip(answer.rawPayload, 10_000_000);
  };
  const textOf = (files: ReadonlyMap<string, Buffer>, name: string) =>
    files.get(name)?.toString('utf8') ?? '';
  /** Hands an archive in, in pieces, as a page does. */
  const handedIn = async (files: ReadonlyMap<string, Buffer>, page = editor) => {
    const path = join(folder, randomUUID());
    const packed = [...files].map(([name, content], at) => {
      const part = `${path}.${at}`;
      writeFileSync(part, content);
      return { name, path: part };
    });
    await writeArchive(path, packed);
    return inPieces(readFileSync(path), page);
  };
  const inPieces = async (bytes: Buffer, page = editor) => {
    const upload = randomUUID();
    for (let at = 0; at < bytes.length; at += 4_000)
      await page.done('POST', '/folder/pieces', {
        ...{ upload, at, bytes: bytes.length },
        base64: bytes.subarray(at, at + 4_000).toString('base64'),
      });
    return upload;
  };
  const look = (upload: string, overwrites = false) =>
    editor.done<ArchiveLook>('POST', '/folder/look', { upload, overwrites });
  const seen = async (upload: string, overwrites = false) => {
    const answer = await look(upload, overwrites);
    if (answer.outcome !== 'sound') throw new Error(answer.faults.join());
    const rows = answer.rows.map(({ record, meets, why }) => [record.id, meets, why !== undefined]);
    return { ...answer, rows };
  };
  const take = (upload: string, digest: string, overwrites = false) =>
    editor.post('/folder/take', { upload, digest, overwrites });
  const drafts = () => editor.done<Draft[]>('GET', '/drafts');

  test('what one works on comes out with its files, goes in changed, and is published by a second person', async () => {
    const { mediaFolder } = server.district.settings;
    await mkdir(mediaFolder, { recursive: true });
    await writeFile(join(mediaFolder, mediaFileName(BOOKLET.body as NamedFile)), FILE);
    await publish(titled('one', '第一个标题'));
    await publish(titled('two', '第二个标题', '530102001'));
    await publish(titled('far', '外区的标题', '620104'));
    await publish(BOOKLET);
    const files = await exported();
    expect([...files.keys()].toSorted()).toEqual([
      ...['530102/media.yaml', '530102/notice.yaml', '530102001/notice.yaml'],
      ...['base-versions.json', `media/${mediaFileName(BOOKLET.body as NamedFile)}`],
    ]);
    expect(JSON.stringify([...files.values()].map(String))).not.toContain('外区');
    const changed = textOf(files, '530102/notice.yaml').replace('第一个标题', '改过的标题');
    files.set('530102/notice.yaml', Buffer.from(changed));
    const upload = await handedIn(files);
    const answer = await seen(upload);
    expect(answer).toMatchObject({
      ...{ rows: [['notice.one', 'changed', false]], unchanged: 2, files: 1 },
    });
    // Looked at only: nothing is a draft yet, and nothing is left behind.
    expect(await drafts()).toEqual([]);
    expect(
      readdirSync(join(mediaFolder, 'uploads')).filter((name) => name.includes('partial.')),
    ).toEqual([]);
    expect((await take(upload, answer.digest)).json()).toEqual({ drafts: 1 });
    const [draft] = await drafts();
    expect(draft).toMatchObject({ state: 'in-review', title: '改过的标题', baseVersion: 1 });
    const approve = { revision: draft?.revision };
    expect((await editor.post(`/drafts/${draft?.id}/approve`, approve)).statusCode).toBe(403);
    await reviewer.done('POST', `/drafts/${draft?.id}/approve`, approve);
    expect((await seen(await handedIn(files))).rows).toEqual([]);
    const acts = await all<{ action: string }>(opened.database, sql`select action from audit`);
    expect(acts.map(({ action }) => action)).toEqual(
      expect.arrayContaining(['folder-exported', 'folder-taken']),
    );
    // Taken once: the archive is gone, and whoever did not hear the answer hears it again.
    expect((await take(upload, answer.digest)).json()).toEqual({ drafts: 1 });
    expect((await take(upload, '0'.repeat(64))).statusCode).toBe(404);
  });

  test('every way in which a record may meet what is published is told, and counted when the archive is to count', async () => {
    for (const name of ['left', 'merged', 'clash', 'gone'])
      await publish(titled(name, '原来的标题'));
    const files = await exported();
    const lines = textOf(files, '530102/notice.yaml').split('\n');
    let current = '';
    const edited = lines.map((line) => {
      current = /id: (\S+)/.exec(line)?.[1] ?? current;
      if (current === 'notice.clash') return line.replace('原来的标题', '压缩包里的标题');
      if (current === 'notice.gone') return line.replace('原来的标题', '撤下的又改了');
      return current === 'notice.merged'
        ? line.replace(/source: .*/, 'source: 压缩包里的来源')
        : line;
    });
    files.set('530102/notice.yaml', Buffer.from(edited.join('\n')));
    files.set(
      '530102/new.yaml',
      Buffer.from(edited.join('\n').replaceAll(/notice\.\w+/g, (id) => `${id}-new`)),
    );
    for (const name of ['left', 'merged', 'clash']) await publish(titled(name, '别人改的标题'));
    await opened.database.transaction((db) => withdrawRecord(db, titled('gone', ''), ACT));
    const upload = await handedIn(files);
    const answer = await seen(upload);
    expect(answer.rows.slice(0, 3)).toEqual([
      ['notice.clash', 'clash', true],
      ['notice.gone', 'withdrawn', true],
      ['notice.merged', 'changed', false],
    ]);
    expect(answer.rows.slice(3).map(([, meets]) => meets)).toEqual(['new', 'new', 'new', 'new']);
    expect(answer.unchanged).toBe(1);
    const refused = await take(upload, answer.digest);
    expect(refused.statusCode).toBe(400);
    expect(refused.body).toContain('冲突');
    expect(await drafts()).toEqual([]);
    const counting = await seen(upload, true);
    expect(counting.rows.slice(0, 4)).toEqual([
      ['notice.clash', 'clash', false],
      ['notice.gone', 'withdrawn', false],
      ['notice.left', 'left', false],
      ['notice.merged', 'changed', false],
    ]);
    expect((await take(upload, counting.digest, true)).json()).toEqual({ drafts: 8 });
    const titles = (await drafts()).map(({ record, title }) => [record.id, title]);
    expect(titles).toEqual(
      expect.arrayContaining([
        ['notice.clash', '压缩包里的标题'],
        ['notice.left', '原来的标题'],
      ]),
    );
    const gone = (await drafts()).find(({ record }) => record.id === 'notice.gone');
    await reviewer.done('POST', `/drafts/${gone?.id}/approve`, { revision: gone?.revision });
    const rows = await all<{ state: string }>(
      opened.database,
      sql`select state from content where id = 'notice.gone'`,
    );
    expect(rows).toEqual([{ state: 'published' }]);
  });

  test('what changed after the person looked is not taken; the person looks again', async () => {
    await publish(titled('one', '原来的标题'));
    const files = await exported();
    const text = textOf(files, '530102/notice.yaml').replace('原来的标题', '改过的标题');
    const upload = await handedIn(files.set('530102/notice.yaml', Buffer.from(text)));
    const { digest } = await seen(upload);
    await publish(titled('one', '别人改的标题'));
    const answer = await take(upload, digest);
    expect([answer.statusCode, answer.body]).toEqual([
      409,
      expect.stringContaining('请看过现在的单子再确认'),
    ]);
    expect((await seen(upload)).rows).toEqual([['notice.one', 'clash', true]]);
  });

  test('faults, and what is somebody else’s, are named, and nothing of it is taken', async () => {
    await publish(titled('one', '第一个标题'));
    const files = await exported();
    const text = textOf(files, '530102/notice.yaml');
    const foreign = text.replaceAll('notice.one', 'notice.two').replace('"530102"', '"620104"');
    const upload = await handedIn(
      new Map([...files, ['620104/notice.yaml', Buffer.from(foreign)]]),
    );
    expect(await look(upload)).toEqual({
      ...{ outcome: 'faulty', more: false },
      faults: ['notice.two（620104）：这个范围不归您负责。'],
    });
    const broken = await handedIn(
      new Map([['530102/a.yaml', Buffer.from(text.replace('第一个标题', '短'))]]),
    );
    expect(JSON.stringify(await look(broken))).toContain('太短了');
    expect((await take(broken, '0'.repeat(64))).statusCode).toBe(409);
    expect(JSON.stringify(await look(await handedIn(new Map([['a.txt', FILE]]))))).toContain(
      '没有内容',
    );
    const bad = await inPieces(Buffer.from('no archive at all'));
    expect((await editor.post('/folder/look', { upload: bad })).body).toContain('打不开');
    // A pamphlet without its file.
    const { version: _version, kind, ...record } = { ...BOOKLET, id: 'media.lost' };
    const lost = JSON.stringify({ kind, records: [record] });
    expect(
      JSON.stringify(await look(await handedIn(new Map([['530102/m.yaml', Buffer.from(lost)]])))),
    ).toContain('还没有上传文件');
    expect(await drafts()).toEqual([]);
  });

  const changedArchive = async () => {
    await publish(titled('one', '原来的标题'));
    const files = await exported();
    const text = textOf(files, '530102/notice.yaml').replace('原来的标题', '改过的标题');
    return files.set('530102/notice.yaml', Buffer.from(text));
  };

  test('an archive makes its drafts once, also when the server ends before it is cleared away', async () => {
    const upload = await handedIn(await changedArchive());
    const left = join(server.district.settings.mediaFolder, 'uploads');
    const [name = ''] = readdirSync(left).filter((one) => one.includes(upload));
    const bytes = readFileSync(join(left, name));
    const { digest } = await seen(upload);
    expect((await take(upload, digest)).json()).toEqual({ drafts: 1 });
    writeFileSync(join(left, name), bytes);
    expect((await take(upload, digest)).json()).toEqual({ drafts: 1 });
    expect(await drafts()).toHaveLength(1);
    expect(readdirSync(left)).not.toContain(name);
  });

  test('where a draft waits already, a look says so, and no other is made', async () => {
    const files = await changedArchive();
    const first = await handedIn(files);
    await take(first, (await seen(first)).digest);
    const upload = await handedIn(files);
    const answer = await look(upload);
    expect(answer).toMatchObject({ rows: [{ record: { id: 'notice.one' }, waits: true }] });
    if (answer.outcome !== 'sound') throw new Error('not sound');
    expect((await take(upload, answer.digest)).json()).toEqual({ drafts: 0 });
    expect(await drafts()).toHaveLength(1);
  });

  test('files come in only with an archive that may; one that the database does not know is none', async () => {
    const file = BOOKLET.body as NamedFile;
    const { version: _version, kind, ...record } = BOOKLET;
    const yaml = Buffer.from(JSON.stringify({ kind, records: [record] }));
    const whole = new Map([
      ['530102/media.yaml', yaml],
      [`media/${mediaFileName(file)}`, FILE],
    ]);
    const upload = await handedIn(whole);
    const { digest } = await seen(upload);
    expect((await take(upload, '0'.repeat(64))).statusCode).toBe(409);
    const { mediaFolder } = server.district.settings;
    expect(readdirSync(mediaFolder)).toEqual(['uploads']);
    // As a power cut leaves it: the next clean-up takes it away.
    writeFileSync(join(mediaFolder, mediaFileName(file)), FILE);
    const bare = await handedIn(new Map([['530102/media.yaml', yaml]]));
    expect(JSON.stringify(await look(bare))).toContain('还没有上传文件');
    const again = await handedIn(whole);
    expect((await take(again, digest)).json()).toEqual({ drafts: 1 });
    const rows = await all(opened.database, sql`select sha256 from media_file`);
    expect(rows).toEqual([{ sha256: file.sha256 }]);
  });

  test('an export is gone from the disk once it was sent, and no second one is made meanwhile', async () => {
    await publish(titled('one', '第一个标题'));
    const both = await Promise.all([editor.get('/folder'), editor.get('/folder')]);
    expect(new Set(both.map(({ statusCode }) => statusCode))).toEqual(new Set([200, 503]));
    const left = join(server.district.settings.mediaFolder, 'uploads');
    await vi.waitFor(() => expect(readdirSync(left)).toEqual([]));
  });

  test('a bomb in the file of versions is refused before anybody opens it', async () => {
    const bomb = Buffer.from(`[${'[],'.repeat(11_000_000)}[]]`);
    const upload = await inPieces(zip(new Map([['base-versions.json', bomb]])));
    const answer = await editor.post('/folder/look', { upload });
    expect([answer.statusCode, answer.body]).toEqual([400, expect.stringContaining('超过 32 MB')]);
  });

  test('more changes than a second person reads are refused before any is looked at', async () => {
    await publish(titled('one', '原来的标题'));
    const files = await exported();
    const text = textOf(files, '530102/notice.yaml');
    const [head = '', record = ''] = text.split(/(?<=records:\n)/);
    const many = Array.from({ length: 501 }, (_, at) =>
      record.replaceAll('notice.one', `notice.n${at}`),
    );
    const upload = await inPieces(
      zip(new Map([['530102/notice.yaml', Buffer.from(head + many.join(''))]])),
    );
    expect(JSON.stringify(await look(upload))).toContain('一次最多改 500 条');
  });

  test('a look waits for nobody who publishes, and lets others publish meanwhile', async () => {
    await publish(titled('one', '原来的标题'));
    const files = await exported();
    const upload = await handedIn(files);
    const locks = lockedDuring(opened.database);
    expect((await seen(upload)).rows).toEqual([]);
    expect(locks()).toBe(0);
  });

  test('an archive is its owner’s: nobody else finds it', async () => {
    await publish(titled('one', '第一个标题'));
    const upload = await handedIn(await exported());
    const other = await somebody(server, ['editor']);
    expect((await other.post('/folder/look', { upload })).statusCode).toBe(404);
    // Whoever begins another has given the first up.
    await handedIn(new Map([['a.txt', FILE]]));
    expect((await editor.post('/folder/look', { upload })).statusCode).toBe(404);
  });
});
