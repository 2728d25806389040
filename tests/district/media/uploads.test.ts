import { hash, randomUUID } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type FeedWriter, openFeedWriter } from '#district/content/feed-writer.ts';
import { publishRecord } from '#district/content/published.ts';
import { cleanStore } from '#district/media/media-store.ts';
import { run, sql } from '#district/store/sql.ts';
import { MEDIA_LIMITS } from '#shared/media/media-limits.ts';
import type { Draft } from '#shared/office/office-views.ts';
import { starterFile } from '../../starter-file.ts';
import { onBothDatabases } from '../databases.ts';
import { DAY, fileOf, pamphlet } from '../feed/sample-feed.ts';
import { approved, type OfficePage, somebody } from '../office/sample-office.ts';
import { type SampleServer, sampleServer } from '../sample-server.ts';

const FILE = fileOf('u', 5_000);
const NAME = `${hash('sha256', FILE)}.pdf`;
const TOO_MUCH = '一个区划的文件合计不能超过 4 GB，起草和待审核的也算在内。请先撤下或作废不用的。';
/** A pamphlet of the starter pack. */
const STARTER = { id: 'media.booklet-work', name: starterFile('media.booklet-work') };

onBothDatabases((opened) => {
  let server: SampleServer;
  let writer: FeedWriter;
  let editor: OfficePage;
  let reviewer: OfficePage;
  let draft: Draft;
  beforeEach(async () => {
    server = await sampleServer(opened.database);
    writer = openFeedWriter(server.district);
    editor = await somebody(server, ['editor']);
    reviewer = await somebody(server, ['reviewer']);
    draft = await begun('leaflet');
  });
  afterEach(async () => {
    await server.close();
    expect(server.faults).toEqual([]);
  });

  const begun = (name: string, by = editor) =>
    by.done<Draft>('POST', '/drafts', {
      record: { id: `media.${name}`, kind: 'media', scope: '530102' },
    });
  const kept = () =>
    readdirSync(server.district.settings.mediaFolder).filter((name) => name !== 'uploads');
  const inFeed = () => {
    const folder = join(server.district.settings.feedFolder, 'targets', 'media', '530102');
    return existsSync(folder) ? readdirSync(folder) : [];
  };
  const piece = (bytes: Buffer, at = 0, whole = bytes.length, upload = randomUUID()) => ({
    ...{ upload, at, bytes: whole, base64: bytes.toString('base64') },
  });
  const upload = (body: object, by = editor, { id } = draft) => by.post(`/drafts/${id}/file`, body);
  const sentence = async (body: object) => {
    const answer = await upload(body);
    return [answer.statusCode, answer.json<{ error?: { message: string } }>().error?.message];
  };

  /** Writes a draft that names the file, whatever is with the server's copy. */
  const save = async (file = FILE, from = draft) => {
    const { body, source, responsibleBody, effectiveFrom } = pamphlet('leaflet', file);
    const content = { ...from.content, effectiveFrom, source, responsibleBody, body };
    return editor.done<Draft>('POST', `/drafts/${from.id}`, { revision: from.revision, content });
  };
  const published = async (saved: Draft) => {
    const { id, revision } = saved;
    const handedIn = await editor.done<Draft>('POST', `/drafts/${id}/submit`, { revision });
    return approved(reviewer, handedIn);
  };

  describe('a file', () => {
    test('is taken in pieces, named by its own bytes, and seen by nobody before it is published', async () => {
      const id = randomUUID();
      const [first, rest] = [FILE.subarray(0, 2_000), FILE.subarray(2_000)];
      const half = await upload(piece(first, 0, FILE.length, id));
      expect(half.json()).toEqual({ received: 2_000 });
      const whole = await upload(piece(rest, 2_000, FILE.length, id));
      expect(whole.json()).toEqual({
        received: FILE.length,
        file: {
          ...{ type: 'pdf', mime: 'application/pdf' },
          ...{ sha256: hash('sha256', FILE), bytes: FILE.length },
        },
      });
      expect(kept()).toEqual([NAME]);
      expect(readFileSync(join(server.district.settings.mediaFolder, NAME))).toEqual(FILE);
      await save();
      await writer.write();
      expect(inFeed()).toEqual([]);
      const feed = await server.app.inject(
        `/feed/targets/media/530102/${hash('sha256', FILE)}.${NAME}`,
      );
      expect(feed.statusCode).toBe(404);
    });

    test('goes into the feed with the record that names it, served as what it is and never as a page', async () => {
      await upload(piece(FILE));
      await published(await save());
      await writer.write();
      expect(inFeed()).toEqual([`${hash('sha256', FILE)}.${NAME}`]);
      const address = `/feed/targets/media/530102/${inFeed()[0]}`;
      const { rawPayload, headers } = await server.app.inject(address);
      expect(rawPayload).toEqual(FILE);
      expect(headers).toMatchObject({
        'content-type': 'application/pdf',
        'x-content-type-options': 'nosniff',
        'content-security-policy': "default-src 'none'; sandbox",
      });
      const part = await server.app.inject({
        ...{ method: 'GET', url: address, headers: { range: 'bytes=4000-' } },
      });
      expect([part.statusCode, part.rawPayload]).toEqual([206, FILE.subarray(4_000)]);
    });

    test('stays in the office for the history, and goes from the feed’s list with its last record', async () => {
      await upload(piece(FILE));
      const done = await published(await save());
      await writer.write();
      const record = done.record;
      const gone = await editor.done<Draft>('POST', '/drafts', { record, withdraw: true });
      await published(gone);
      await writer.write();
      server.clock.now = Date.now() + 3 * DAY;
      await cleanStore(server.district);
      expect(kept()).toEqual([NAME]);
      const later = await somebody(server, ['editor']);
      const back = await later.done<Draft>('POST', '/drafts', { record, from: 1 });
      expect(back.faults).toEqual([]);
    });

    test('that was uploaded twice is one file', async () => {
      await upload(piece(FILE));
      const second = await begun('second');
      await upload(piece(FILE), editor, second);
      expect(kept()).toEqual([NAME]);
    });
  });

  describe('a draft', () => {
    test('is not whole before its file is here, and says so in one sentence', async () => {
      const faults = async () =>
        (await editor.done<Draft>('GET', `/drafts/${draft.id}`)).faults.map(({ fault }) => fault);
      expect(await faults()).toContain('还没有上传文件。');
      expect((await faults()).join('')).not.toMatch(/校验|sha/i);
      const saved = await save();
      expect(await faults()).toEqual(['还没有上传文件。']);
      const { id, revision } = saved;
      const early = await editor.post(`/drafts/${id}/submit`, { revision });
      expect(early.statusCode).toBe(400);
      await upload(piece(FILE));
      expect(await faults()).toEqual([]);
    });

    test('cannot name a file as another thing than it is', async () => {
      await upload(piece(FILE));
      const saved = await save();
      const body = { ...saved.content?.body, type: 'image', mime: 'image/png' };
      const content = { ...saved.content, body };
      const { faults } = await editor.done<Draft>('POST', `/drafts/${saved.id}`, {
        ...{ revision: saved.revision, content },
      });
      expect(faults.map(({ fault }) => fault)).toEqual(['还没有上传文件。']);
    });

    test('may name a file of the starter pack, which every terminal has, without an upload', async () => {
      const file = readFileSync(`assets/starter/media/${STARTER.name}`);
      const { faults } = await save(file);
      expect(faults).toEqual([]);
    });

    test('of a record whose file terminals have from their deployment may be changed without it', async () => {
      const record = pamphlet('starter', fileOf('s'));
      const by = { actor: 'server', at: 1, note: '测试' };
      await opened.database.transaction((db) => publishRecord(db, record, by));
      const change = await begun('starter');
      expect(change.faults).toEqual([]);
    });
  });

  describe('what is refused', () => {
    test.each([
      ['a program', Buffer.from('MZ\x90\x00 this is no picture')],
      ['a page', Buffer.from('<!doctype html><script>alert(1)</script>')],
      [
        'an SVG, which is a program as much as a picture',
        Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'),
      ],
      ['an archive', Buffer.from('PK\x03\x04 and so on')],
      ['what a letter too few makes of a pamphlet', FILE.subarray(1)],
    ])('by its content, whatever it is called: %s', async (_, bytes) => {
      expect(await sentence(piece(bytes))).toEqual([
        400,
        '只能上传 PNG、JPEG、WebP 图片，PDF 宣传册，MP4、WebM 视频，MP3、OGG、WAV 录音；这个文件不是，或者已经损坏。',
      ]);
      expect(existsSync(server.district.settings.mediaFolder) ? kept() : []).toEqual([]);
    });

    test('what is too large for its type, before it is sent', async () => {
      const most = MEDIA_LIMITS.fileBytes.pdf;
      expect(await sentence(piece(FILE, 0, most + 1))).toEqual([
        400,
        '宣传册不能超过 50 MB，请压缩以后再上传。',
      ]);
      const png = Buffer.from('\x89PNG\r\n\x1a\n', 'latin1');
      expect(await sentence(piece(png, 0, 10_000_001))).toEqual([
        400,
        '图片不能超过 10 MB，请压缩以后再上传。',
      ]);
    });

    test('what is more than the terminals of a division are to hold', async () => {
      const record = pamphlet('huge', fileOf('h'));
      const by = { actor: 'server', at: 1, note: '测试' };
      const sized = (name: string, bytes: number) => ({
        ...{ ...record, id: `media.${name}` },
        body: { ...record.body, bytes, sha256: hash('sha256', name) },
      });
      for (const name of ['one', 'two'])
        await opened.database.transaction((db) =>
          publishRecord(db, sized(name, 1_999_999_000), by),
        );
      expect(await sentence(piece(FILE))).toEqual([400, TOO_MUCH]);
    });

    describe('what is too much only together with other drafts', () => {
      /** A draft with a file that the database takes for larger: nobody uploads 2 GB in a test. */
      const sized = async (name: string, bytes: number) => {
        const of = await begun(name);
        const whole = fileOf(name, 5_000);
        await upload(piece(whole), editor, of);
        const sha256 = hash('sha256', whole);
        await run(
          opened.database,
          sql`update media_file set bytes = ${bytes} where sha256 = ${sha256}`,
        );
        const { body, source, responsibleBody } = pamphlet('leaflet', whole);
        const content = { ...of.content, source, responsibleBody, body: { ...body, bytes } };
        return editor.done<Draft>('POST', `/drafts/${of.id}`, { revision: of.revision, content });
      };
      const handIn = ({ id, revision }: Draft) => editor.post(`/drafts/${id}/submit`, { revision });

      test('at the upload', async () => {
        await sized('one', 1_999_999_000);
        await sized('two', 1_999_999_000);
        expect(await sentence(piece(FILE))).toEqual([400, TOO_MUCH]);
      });

      test('at the handing in, and what was written stays', async () => {
        const [one, two, three] = [
          await sized('one', 1_333_332_000),
          await sized('two', 1_333_332_000),
          await sized('three', 1_333_332_000),
        ];
        await run(
          opened.database,
          sql`update media_file set bytes = 1400000000 where bytes = 1333332000`,
        );
        const grown = async ({ id, revision, content }: Draft) => {
          const body = { ...content?.body, bytes: 1_400_000_000 };
          return editor.done<Draft>('POST', `/drafts/${id}`, {
            ...{ revision, content: { ...content, body } },
          });
        };
        expect((await handIn(await grown(one))).statusCode).toBe(200);
        expect((await handIn(await grown(two))).statusCode).toBe(200);
        const last = await grown(three);
        const refused = await handIn(last);
        expect(refused.json()).toMatchObject({ error: { code: 'bad-input', message: TOO_MUCH } });
        expect(await editor.done<Draft>('GET', `/drafts/${last.id}`)).toMatchObject({
          ...{ state: 'draft', content: last.content },
        });
      });
    });

    test('a file too many when it is published goes back with the reason: none is left unsigned in silence', async () => {
      await upload(piece(FILE));
      const { id, revision } = await save();
      const handedIn = await editor.done<Draft>('POST', `/drafts/${id}/submit`, { revision });
      const record = pamphlet('many', fileOf('m'));
      const by = { actor: 'server', at: 1, note: '测试' };
      const many = Array.from({ length: MEDIA_LIMITS.divisionFiles }, (_, at) => ({
        ...{ ...record, id: `media.many-${at}` },
        body: { ...record.body, sha256: hash('sha256', String(at)) },
      }));
      await opened.database.transaction(async (db) => {
        for (const one of many) await publishRecord(db, one, by);
      });
      expect(await approved(reviewer, handedIn)).toMatchObject({
        state: 'draft',
        note: '没有发布：一个区划最多 1000 个文件，起草和待审核的也算在内。请先撤下或作废不用的。',
        content: { body: { sha256: hash('sha256', FILE) } },
      });
    });

    test('pieces that do not follow on each other, that are more than was said, or nothing', async () => {
      const id = randomUUID();
      await upload(piece(FILE.subarray(0, 1_000), 0, FILE.length, id));
      expect(await sentence(piece(FILE.subarray(2_000), 2_000, FILE.length, id))).toEqual([
        409,
        '文件没有传完整，请重新选择一次。',
      ]);
      expect(
        (await upload(piece(FILE.subarray(1_000), 1_000, FILE.length - 1, id))).statusCode,
      ).toBe(400);
      expect((await upload({ ...piece(FILE), base64: '' })).statusCode).toBe(400);
      expect((await upload(piece(FILE.subarray(1_000), 1_000, FILE.length, id))).statusCode).toBe(
        200,
      );
    });

    test('a piece longer than the limit', async () => {
      const long = Buffer.alloc(MEDIA_LIMITS.pieceBytes + 3, FILE);
      expect((await upload(piece(long))).statusCode).toBe(400);
      expect((await upload({ ...piece(FILE), base64: 'A'.repeat(7_000_000) })).statusCode).toBe(
        413,
      );
    });

    test('a file for a draft of another kind, or one that waits for its reviewer', async () => {
      const record = { id: 'notice.hall', kind: 'notice', scope: '530102' };
      const notice = await editor.done<Draft>('POST', '/drafts', { record });
      expect((await upload(piece(FILE), editor, notice)).statusCode).toBe(400);
      await upload(piece(FILE));
      const { id, revision } = await save();
      await editor.done('POST', `/drafts/${id}/submit`, { revision });
      expect((await upload(piece(FILE))).statusCode).toBe(400);
    });

    test('a file from a page of another site, and from who does not work there', async () => {
      const url = `/drafts/${draft.id}/file`;
      const foreign = await editor.call('POST', url, piece(FILE), {
        origin: 'https://else.example',
      });
      expect(foreign.statusCode).toBe(403);
      const other = await somebody(server, ['editor'], ['620104']);
      expect((await upload(piece(FILE), other)).statusCode).toBe(404);
      expect((await upload(piece(FILE), reviewer)).statusCode).toBe(403);
    });
  });

  describe('the preview', () => {
    const fetched = (name: string, by = editor, headers: object = {}) =>
      by.call('GET', `/drafts/${draft.id}/file/${name}`, undefined, headers);

    test('shows the draft’s own file, whole and in parts, to those who may see the draft', async () => {
      await upload(piece(FILE));
      await save();
      const whole = await fetched(NAME, reviewer);
      expect([whole.statusCode, whole.headers['content-type']]).toEqual([200, 'application/pdf']);
      expect(whole.rawPayload).toEqual(FILE);
      const part = await fetched(NAME, editor, { range: 'bytes=10-19' });
      expect([part.statusCode, part.headers['content-range']]).toEqual([206, 'bytes 10-19/5000']);
      expect(part.rawPayload).toEqual(FILE.subarray(10, 20));
      const outside = await fetched(NAME, editor, { range: 'bytes=9000-' });
      expect([outside.statusCode, outside.rawPayload]).toEqual([200, FILE]);
      const other = await somebody(server, ['editor'], ['620104']);
      expect((await fetched(NAME, other)).statusCode).toBe(404);
    });

    test('gives nothing that the draft does not name, and nothing by a path', async () => {
      await upload(piece(FILE));
      expect((await fetched(NAME)).statusCode).toBe(404);
      await save();
      for (const name of [
        NAME.replace('.pdf', '.svg'),
        '..%2Fdistrict.lock',
        `${'0'.repeat(64)}.pdf`,
      ])
        expect((await fetched(name)).statusCode).toBe(404);
    });

    test('answers the page with the way to the file', async () => {
      await upload(piece(FILE));
      const ask = async () => {
        const answer = await editor.post(`/drafts/${draft.id}/preview`, {
          ...{ outlet: '530102001', day: '2026-12-01', method: 'media.get' },
          input: { id: 'media.leaflet', language: 'zh-CN' },
        });
        return answer.json<{ answer: { path?: string } }>().answer.path;
      };
      await save();
      expect(await ask()).toBe(`/admin/api/drafts/${draft.id}/file/${NAME}`);
    });

    test('shows the files that terminals have from their deployment', async () => {
      await upload(piece(FILE));
      await save();
      const answer = await editor.post(`/drafts/${draft.id}/preview`, {
        ...{ outlet: '530102001', day: '2026-12-01', method: 'media.get' },
        input: { id: STARTER.id, language: 'zh-CN' },
      });
      const path = answer.json<{ answer: { path?: string } }>().answer.path;
      expect(path).toBe(`/admin/api/drafts/${draft.id}/file/${STARTER.name}`);
      const file = readFileSync(`assets/starter/media/${STARTER.name}`);
      const whole = await fetched(STARTER.name, reviewer);
      expect([whole.statusCode, whole.headers['content-type']]).toEqual([200, 'application/pdf']);
      expect(whole.rawPayload).toEqual(file);
      const part = await fetched(STARTER.name, editor, { range: 'bytes=10-19' });
      expect(part.rawPayload).toEqual(file.subarray(10, 20));
      const asPicture = STARTER.name.replace('.pdf', '.png');
      expect((await fetched(asPicture)).statusCode).toBe(404);
    });
  });

  test('what nobody saved, or began and left, is cleaned away after two days; what drafts name is not', async () => {
    await upload(piece(FILE));
    await save();
    const unsaved = fileOf('n');
    await upload(piece(unsaved));
    await upload(piece(FILE.subarray(0, 100), 0, FILE.length));
    const { mediaFolder } = server.district.settings;
    writeFileSync(join(mediaFolder, 'readme.txt'), 'x');
    await cleanStore(server.district);
    expect(kept()).toHaveLength(3);
    expect(readdirSync(join(mediaFolder, 'uploads'))).toHaveLength(1);
    server.clock.now = Date.now() + 3 * DAY;
    await cleanStore(server.district);
    expect(kept().sort()).toEqual([NAME, 'readme.txt'].sort());
    expect(readdirSync(join(mediaFolder, 'uploads'))).toEqual([]);
  });
});
