import { screen } from '@testing-library/react';
import { afterAll, describe, expect, it } from 'vitest';
import { formatCitations } from '#shared/content/citation.ts';
import { getGuide, listGuides } from '#station/guides/guides.ts';
import type { FakeAnswers } from '../../../src/renderer/gallery/fake-station.ts';
import { GuidePage } from '../../../src/renderer/visitor/pages/guide.tsx';
import { shippedPack, stationOn } from '../../real-content.ts';
import { draw } from '../draw.tsx';
import { expectWhoAndWhen } from './says-who-and-when.ts';

const { library, stations, db } = stationOn(shippedPack('wuhua'), '2026-11-23 10:24');
afterAll(() => db.write.close());

const answers: FakeAnswers = {
  'guides.get': async ({ id, language }) => getGuide(library, stations, id, language),
  'papers.printer': async () => ({ state: 'none' }),
};

/** Expects a part of the page, by its heading, to say all of these. */
function expectAll(name: string, texts: readonly (string | undefined)[]): void {
  expect(texts.length, name).toBeGreaterThan(0);
  const part = screen.getByText(name, { selector: 'h2' }).closest('section');
  for (const text of texts)
    if (text !== undefined && text !== '') expect(part?.textContent, name).toContain(text);
}

/** The value beside a label among the answers that people look for first. */
const fact = (label: string) =>
  screen.getAllByText(label, { selector: 'dt' })[0]?.nextElementSibling?.textContent;

describe.each(listGuides(library, 'zh-CN'))('the guide $title', ({ id, title }) => {
  const { body, provenance, windows, faqs, samples } = getGuide(library, stations, id, 'zh-CN');

  it('says all nine particulars, by name and in full, who published it and when', async () => {
    await draw(<GuidePage id={id} />, { answers });
    await screen.findByText(title, { selector: 'h2' });

    expectAll('依据', [formatCitations(body.basis)]);
    expectAll(
      '谁可以申请',
      body.applicants.map(({ text }) => text),
    );
    expectAll(
      '要符合什么条件',
      body.conditions.map(({ text }) => text),
    );
    expectAll(
      '要带什么',
      body.materials.flatMap(({ name, note, when, copies, original }) => [
        name,
        note,
        when && `只在这种情况：${when}`,
        copies > 0 ? `复印件 ${copies} 份` : '',
        { show: '带原件，看完还您', keep: '原件要留下', none: '' }[original],
      ]),
    );
    expectAll(
      '怎么办',
      body.steps.nodes.flatMap((node) => [node.title, node.detail]),
    );
    expect(fact('多久办好')).toBe(body.timeLimit.headline);
    expectAll('时限说明', [body.timeLimit.detail]);
    expect(fact('收费')).toBe(body.fee.headline);
    expectAll('收费说明', [body.fee.detail]);
    expectAll('收费依据', [body.feeBasis.text, formatCitations(body.feeBasis.basis)]);
    expectAll(
      '办理质量要求',
      body.quality.map(({ text }) => text),
    );

    expect(fact('去哪里')).toBe(windows.map(({ label }) => label).join('、'));
    expectAll(
      '别人还问',
      faqs.map(({ question }) => question),
    );
    if (samples.length > 0)
      expectAll(
        '表格样本',
        samples.map((sample) => sample.title),
      );
    expectWhoAndWhen(document.body, provenance);
  });
});
