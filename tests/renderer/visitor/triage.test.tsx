import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterAll, describe, expect, it } from 'vitest';
import { getTriage, listTriages, triageTakeaway } from '#station/triage/triage.ts';
import type { FakeAnswers } from '../../../src/renderer/gallery/fake-station.ts';
import { TriagePage } from '../../../src/renderer/visitor/pages/triage.tsx';
import { shippedPack, stationOn } from '../../real-content.ts';
import { draw } from '../draw.tsx';

const station = stationOn(shippedPack('wuhua'), '2026-11-23 10:24');
afterAll(() => station.db.write.close());
const { library, stations } = station;

const answers: FakeAnswers = {
  'triage.get': async ({ id, language }) => getTriage(library, stations, id, language),
  'triage.takeaway': async ({ id, outcome }) => triageTakeaway(library, stations, id, outcome),
  'papers.printer': async () => ({ state: 'none' }),
};

const graphs = listTriages(library, 'zh-CN').map(({ id }) =>
  getTriage(library, stations, id, 'zh-CN'),
);
const ends = graphs.flatMap((graph) =>
  graph.body.outcomes.map((outcome) => ({
    name: `${graph.body.title} › ${outcome.title}`,
    graph,
    outcome,
  })),
);

describe.each(ends)('the end $name', ({ graph, outcome }) => {
  it('says what to do now, where, with what, by when and by which law, that it is for reference, and leads to people', async () => {
    const { id } = graph.provenance;
    const end = graph.ends.find((candidate) => candidate.id === outcome.id);
    const { acts } = await draw(<TriagePage id={id} node={outcome.id} />, { answers });
    await screen.findByRole('heading', { name: outcome.title });
    const text = document.body.textContent ?? '';
    for (const part of [outcome.text, outcome.urgent, '仅供参考', '12348'])
      expect(text).toContain(part);
    for (const paper of outcome.papers) expect(text).toContain(paper.text);
    for (const { text: limit, basis } of outcome.deadlines) {
      expect(text).toContain(limit);
      for (const { law } of basis) expect(text).toContain(`《${law}》`);
    }
    if (outcome.level === 'elsewhere') expect(text).toContain(outcome.where);
    // Each guide below has its own fee; the end has none.
    expect(screen.queryByText('收费')).toBeNull();
    const touch = async (name: string | RegExp) =>
      userEvent.click(screen.getAllByRole('button', { name })[0] ?? expect.unreachable());
    await touch(/打 12348 问律师/);
    await touch(/我的社区谁在服务/);
    await touch(/当面问工作人员/);
    const to = acts.map((act) => ('to' in act ? act.to.page : ''));
    expect(to).toEqual(['hotlines', 'my-community', 'station']);
    if (end?.takesNumberFor === undefined) return;
    const isElsewhere = outcome.level === 'elsewhere' || outcome.call !== undefined;
    const label = isElsewhere || end.windows.length === 0 ? '取号，先问窗口' : '取号办理';
    await touch(label);
    expect(acts.at(-1)).toMatchObject({ to: { page: 'take', guide: end.takesNumberFor } });
  });
});

it('most ends of a station with a queue let one take a number', () => {
  const taking = graphs
    .flatMap((graph) => graph.ends)
    .filter(({ takesNumberFor }) => takesNumberFor);
  expect(taking.length).toBeGreaterThan(ends.length / 2);
});

it('an answer leads to the next question, and says how many are left', async () => {
  const [first] = graphs;
  const question = first?.body.questions.find(({ id }) => id === first.body.start);
  const { acts } = await draw(<TriagePage id={first?.provenance.id ?? ''} />, { answers });
  await userEvent.click(
    await screen.findByRole('button', { name: question?.options[0]?.text ?? '?' }),
  );
  expect(acts.at(-1)).toMatchObject({
    to: { page: 'triage', node: question?.options[0]?.next },
  });
  expect(screen.getByText(/第 1 问，最多 \d+ 问/)).toBeTruthy();
});

it('nobody takes a number for what another body does as if it were done here', async () => {
  const register = ends.find(({ outcome }) => outcome.id === 'register') ?? expect.unreachable();
  const { id } = register.graph.provenance;
  await draw(<TriagePage id={id} node="register" />, { answers });
  await screen.findByRole('heading', { name: register.outcome.title });
  expect(screen.queryByRole('button', { name: '取号办理' })).toBeNull();
  const names = screen.getAllByRole('button').map((button) => button.textContent);
  expect(names.indexOf('取号，先问窗口')).toBeGreaterThan(names.indexOf('用手机带走'));
});
