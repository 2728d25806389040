import { screen, waitFor, within } from '@testing-library/react';
import { afterAll, describe, expect, it } from 'vitest';
import { communityBoard } from '#station/board/community-board.ts';
import { disclosureBoard } from '#station/board/disclosure-board.ts';
import { listGuides } from '#station/guides/guides.ts';
import type { FakeAnswers } from '../../../src/renderer/gallery/fake-station.ts';
import { BoardPage } from '../../../src/renderer/visitor/pages/board.tsx';
import { CommunityPage } from '../../../src/renderer/visitor/pages/community.tsx';
import { HotlineStrip } from '../../../src/renderer/visitor/pages/hotline-strip.tsx';
import { HotlinesPage } from '../../../src/renderer/visitor/pages/hotlines.tsx';
import { StationPage } from '../../../src/renderer/visitor/pages/station.tsx';
import { shippedPack, stationOn } from '../../real-content.ts';
import { draw } from '../draw.tsx';
import { scanQr } from '../scan-qr.ts';
import { expectWhoAndWhen } from './says-who-and-when.ts';

const MORNING = '2026-11-23 10:24';
const CUIHU = '530102001009';
const pack = shippedPack('wuhua');
const street = stationOn(pack, MORNING);
const workroom = stationOn(pack, MORNING, CUIHU);
afterAll(() => {
  street.db.write.close();
  workroom.db.write.close();
});

const answersOf = ({ library, stations }: typeof street): FakeAnswers => ({
  'board.disclosure': async ({ language }) => disclosureBoard(library, stations, language),
  'board.community': async ({ language }) => communityBoard(library, stations, language),
  'guides.list': async ({ language }) => listGuides(library, language),
  'hotlines.list': async ({ language }) => library.shown('hotline', language),
  'stations.current': async ({ language }) => stations.current(language),
});

const part = (name: string) => screen.findByRole('region', { name });
const board = disclosureBoard(street.library, street.stations, 'zh-CN');
const answers = answersOf(street);

describe('the disclosure board', () => {
  it('has its eight items, each with its count, who published it and when', async () => {
    await draw(<BoardPage />, { answers });
    const names = ['值班人员', '服务时间', '服务指南九项', '服务承诺', '表格样本', '常见问题'];
    for (const name of [...names, '热线、监督电话、网址', '通知和其他']) {
      const row = await screen.findByRole('button', { name: new RegExp(`^${name}`) });
      expect(row.textContent, name).toMatch(/\d+ 条 · .+局 \d{4}年\d{1,2}月\d{1,2}日公布/);
    }
  });

  it('says every pledge, and what to do when one is not kept', async () => {
    await draw(<BoardPage item="pledges" />, { answers });
    expect(board.pledges.length).toBeGreaterThan(0);
    for (const { body, provenance } of board.pledges) {
      const section = await part(body.title);
      for (const { text } of body.items) expect(section.textContent).toContain(text);
      expect(section.textContent).toContain(body.remedy);
      expectWhoAndWhen(section, provenance);
    }
  });

  it('lists every guide under its service with its fee, and as of when', async () => {
    await draw(<BoardPage item="particulars" />, { answers });
    await screen.findAllByRole('region');
    const guides = listGuides(street.library, 'zh-CN');
    for (const { title, fee } of guides) {
      const row = screen.getByRole('button', { name: new RegExp(`^${title}`) });
      expect(row.textContent, title).toContain(fee);
    }
    const { newest } = board.items.find(({ id }) => id === 'particulars') ?? expect.unreachable();
    expect(document.body.textContent).toContain('内容截至 2026年');
    expect(document.body.textContent).toContain(`${newest?.responsibleBody}发布`);
  });

  it('names everybody on duty, with post and hours, by whose roster', async () => {
    await draw(<BoardPage item="duty" />, { answers });
    await screen.findByText('值班人员');
    const { leader, staff, provenance } = board.duty;
    for (const person of [leader ?? expect.unreachable(), ...staff])
      expect(screen.getAllByText(person.name).length).toBeGreaterThan(0);
    expectWhoAndWhen(document.body, provenance ?? expect.unreachable());
  });

  it('shows the notices with who published them', async () => {
    await draw(<BoardPage item="other" />, { answers });
    for (const { body, provenance } of board.notices)
      expectWhoAndWhen(await part(body.title), provenance);
  });
});

describe('the hotlines', () => {
  it('each have number, purpose and hours, who published them and when', async () => {
    await draw(<HotlinesPage />, { answers });
    const items = await screen.findAllByRole('listitem');
    expect(items).toHaveLength(board.hotlines.length);
    for (const { body, provenance } of board.hotlines) {
      const item = items.find(({ textContent }) => textContent.includes(body.name));
      expect(item?.textContent).toContain(body.number);
      expect(item?.textContent).toContain(body.what);
      expect(item?.textContent).toContain(body.when);
      expectWhoAndWhen(item ?? expect.unreachable(), provenance);
    }
  });

  it('stand on home with the name, hours and cost of their record, in its own words', async () => {
    const [main = expect.unreachable()] = board.hotlines.filter(
      ({ body }) => body.number === '12348',
    );
    const body = {
      ...main.body,
      name: '某省法律服务热线',
      when: '每天 8:30–22:00',
      cost: '按市话计',
    };
    const strip = (
      <HotlineStrip hotline={{ ...main, body }} supervision={undefined} web={undefined} />
    );
    await draw(strip);
    const text = screen.getByRole('button').textContent;
    expect(text).toContain('某省法律服务热线');
    expect(text).toContain('每天 8:30–22:00 · 按市话计');
  });

  it('say nothing of hours and cost on home where no record does', async () => {
    await draw(<HotlineStrip hotline={undefined} supervision={undefined} web={undefined} />);
    expect(screen.getByRole('button').textContent).toContain('12348');
    expect(document.body.textContent).not.toMatch(/小时|免费|不收费/);
  });

  it('carry a code that a phone reads as the address beside it', async () => {
    await draw(<HotlinesPage />, { answers });
    await screen.findAllByRole('listitem');
    const withWeb = board.hotlines.flatMap(({ body: { web } }) => (web === undefined ? [] : [web]));
    expect(withWeb.length).toBeGreaterThan(0);
    for (const { name, url } of withWeb) {
      const [code] = screen.getAllByRole('img', { name: `扫码打开${name}` });
      // Its modules come in a frame of their own.
      await waitFor(() => expect(scanQr(code as unknown as SVGElement)).toBe(url));
    }
  });
});

describe('the community board', () => {
  const shown = communityBoard(workroom.library, workroom.stations, 'zh-CN');

  it('names the adviser, with duty, contact and hours', async () => {
    await draw(<CommunityPage />, { answers: answersOf(workroom) });
    const section = await part('法律顾问');
    const { name, duty, contact, hours, provenance } = shown.adviser ?? expect.unreachable();
    expect(hours.length).toBeGreaterThan(0);
    for (const text of [name, `职责：${duty}`, contact ?? expect.unreachable(), ...hours])
      expect(section.textContent).toContain(text);
    expectWhoAndWhen(section, provenance);
  });

  it('tells how a matter goes, and whom to call about the service', async () => {
    await draw(<CommunityPage />, { answers: answersOf(workroom) });
    const process = shown.process ?? expect.unreachable();
    const steps = within(await part('办理流程')).getAllByRole('listitem');
    expect(steps.map(({ textContent }) => textContent)).toEqual(
      process.body.items.map(({ text }) => text),
    );
    expectWhoAndWhen(await part('办理流程'), process.provenance);
    const supervision = shown.supervision ?? expect.unreachable();
    expect((await part('监督电话')).textContent).toContain(supervision.body.number);
    expectWhoAndWhen(await part('监督电话'), supervision.provenance);
  });

  it('has policies and services, each with who published them and when', async () => {
    await draw(<CommunityPage />, { answers: answersOf(workroom) });
    const policies = await part('政策');
    expect(shown.policies.length).toBeGreaterThan(0);
    for (const { provenance } of shown.policies) expectWhoAndWhen(policies, provenance);
    const catalogue = await part('服务目录');
    expect(within(catalogue).getAllByRole('button')).toHaveLength(shown.catalogue.length);
    expect(catalogue.textContent).toMatch(/内容截至 \d{4}年\d{1,2}月\d{1,2}日 · .+发布/);
  });
});

describe('the page of a station', () => {
  it('says who published its hours, apart from what else it says', async () => {
    await draw(<StationPage />, { answers });
    const station = street.stations.current('zh-CN');
    expectWhoAndWhen(await part('开放时间'), station.hoursProvenance ?? expect.unreachable());
    expectWhoAndWhen(document.body, station.provenance);
  });
});
