import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { pamphletPaper } from '#shared/papers/pamphlet-paper.ts';
import { openMediaFiles } from '#station/media/media-files.ts';
import {
  listArticles,
  listCases,
  listLectures,
  listSlides,
  readingOverview,
  soundPictures,
} from '#station/reading/reading.ts';
import { PROFILES, shippedPack, stationOn } from '../../real-content.ts';

describe.each(PROFILES)('%s', (profile) => {
  let station: ReturnType<typeof stationOn>;
  beforeAll(() => {
    station = stationOn(shippedPack(profile), '2026-11-23 10:00');
  });
  afterAll(() => station.db.write.close());

  test('has cases of the services that it offers alone, in its order', () => {
    const { library } = station;
    const categories = [...new Set(listCases(library, 'zh-CN').map(({ category }) => category))];
    expect(categories).toEqual(
      library.profile.services.filter((service) => categories.includes(service)),
    );
    expect(readingOverview(library).cases).toBeGreaterThanOrEqual(16);
  });

  test('has articles with their law', () => {
    const { library } = station;
    expect(listArticles(library, 'zh-CN').length).toBeGreaterThanOrEqual(12);
    for (const { body } of library.records('article')) expect(body.basis).not.toEqual([]);
  });

  test('shows a lecture until it is over, and no longer', () => {
    const { library } = station;
    const titles = () => listLectures(library, 'zh-CN').map(({ date }) => date);
    station.at('2026-12-12 15:59');
    expect(titles()).toEqual(['2026-12-12', '2027-03-06']);
    station.at('2026-12-12 16:00');
    expect(titles()).toEqual(['2027-03-06']);
    station.at('2026-11-23 10:00');
  });

  test('has two cases or more of every service that it offers', () => {
    const { library } = station;
    const cases = Map.groupBy(library.records('legal-case'), ({ body }) => body.category);
    const thin = library.profile.services.filter((one) => (cases.get(one)?.length ?? 0) < 2);
    expect(thin).toEqual([]);
  });

  test('plays its own lectures and notices among those of the country', () => {
    const { library } = station;
    const own = library
      .records('playlist')
      .filter(({ scope }) => scope !== '00')
      .flatMap(({ body }) => body.items.map(({ record }) => record.split('.')[0]));
    expect(own.filter((kind) => kind === 'event').length).toBeGreaterThan(1);
    expect(own.filter((kind) => kind === 'notice').length).toBeGreaterThan(1);
  });

  test('plays what is in force, and what ended is not played', () => {
    const { library } = station;
    const all = library.records('playlist').flatMap(({ body }) => body.items);
    expect(listSlides(library, 'zh-CN')).toHaveLength(all.length);
    station.at('2027-07-01 10:00');
    const left = listSlides(library, 'zh-CN');
    expect(left.length).toBeGreaterThan(0);
    expect(left.length).toBeLessThan(all.length);
    for (const { validUntil } of left)
      if (validUntil !== undefined) expect(validUntil >= '2027-07-01').toBe(true);
    station.at('2026-11-23 10:00');
  });
});

test('publicity shows a picture where its file is here and sound, and its words where it is not', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'pictures-'));
  const bytes = Buffer.from('a picture');
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const body = {
    title: '宪法宣传周',
    type: 'image',
    mime: 'image/png',
    sha256,
    bytes: bytes.length,
  };
  const pack = shippedPack('wuhua');
  const [media] = pack.records.filter(({ record }) => record.kind === 'media');
  const [list] = pack.records.filter(({ record }) => record.kind === 'playlist');
  if (media === undefined || list === undefined) throw new Error('nothing to begin with');
  const item = { id: 'one', record: 'media.poster', seconds: 20, weight: 1 };
  const poster = { ...body, description: '十二月第一周，一起学宪法。', captions: '' };
  const station = stationOn(
    {
      ...pack,
      records: [
        { ...media, record: { ...media.record, id: 'media.poster', body: poster } },
        { ...list, record: { ...list.record, body: { title: '只放一张', items: [item] } } },
      ],
    },
    '2026-11-23 10:00',
  );
  const { library } = station;
  const files = openMediaFiles([folder]);
  const shown = async () => listSlides(library, 'zh-CN', await soundPictures(library, files));
  expect(await shown()).toMatchObject([{ title: '宪法宣传周', picture: undefined }]);
  writeFileSync(join(folder, `${sha256}.png`), bytes);
  expect(await shown()).toMatchObject([
    { text: '十二月第一周，一起学宪法。', picture: `/media/${sha256}.png`, seconds: 20 },
  ]);
  station.db.write.close();
  rmSync(folder, { recursive: true });
});

test('a pamphlet has the paragraphs and lists of its article without signs of Markdown', () => {
  const paper = pamphletPaper(
    {
      title: '借条',
      summary: '一张好借条只要六句话。',
      text: '先看**这里**。\n\n1. 写姓名\n2. 写金额\n\n- 签名\n\n最后一句。',
      topic: 'debt',
      basis: [{ law: '民法典', article: '第六百六十八条' }],
    },
    { station: '某站', date: '2026-11-23' },
  );
  expect(paper.blocks).toEqual([
    { type: 'note', text: '一张好借条只要六句话。' },
    { type: 'note', text: '先看这里。' },
    { type: 'list', items: ['写姓名', '写金额'] },
    { type: 'list', items: ['签名'] },
    { type: 'note', text: '最后一句。' },
    { type: 'heading', text: '法律依据' },
    { type: 'note', text: '《民法典》第六百六十八条' },
  ]);
});
