import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type TriageBody, triageFaults } from '#shared/content/kinds/triage.ts';

type Graph = Pick<TriageBody, 'start' | 'questions' | 'outcomes'>;

const question = (id: string, ...targets: string[]): Graph['questions'][number] => ({
  id,
  question: `问题 ${id}?`,
  help: '',
  options: targets.map((next, at) => ({ id: `o${at}`, text: next, next })),
});
const outcome = (id: string): Graph['outcomes'][number] => ({
  id,
  title: id,
  text: '到窗口办理。',
  services: [],
  level: 'station',
  urgent: '',
});

const SOUND: Graph = {
  start: 'a',
  questions: [question('a', 'b', 'x'), question('b', 'x', 'y')],
  outcomes: [outcome('x'), outcome('y')],
};

describe('a graph of questions', () => {
  test('may lead to one outcome by two ways', () => expect(triageFaults(SOUND)).toEqual([]));

  test.each<[string, Graph, string]>([
    [
      'loop',
      { ...SOUND, questions: [question('a', 'b', 'x'), question('b', 'a', 'y')] },
      '从"a"又会绕回自己,问题没有尽头',
    ],
    [
      'unknown target',
      { ...SOUND, questions: [question('a', 'b', 'z'), question('b', 'x', 'y')] },
      '指向了不存在的"z"',
    ],
    ['unknown start', { ...SOUND, start: 'q' }, '指向了不存在的"q"'],
    [
      'outcome never reached',
      { ...SOUND, outcomes: [...SOUND.outcomes, outcome('z')] },
      '从开头走不到"z"',
    ],
    ['id twice', { ...SOUND, outcomes: [...SOUND.outcomes, outcome('y')] }, '两处用了同一个编号'],
  ])('with a fault is told so: %s', (_name, graph, fault) => {
    expect(triageFaults(graph)).toContain(fault);
  });

  test('that is accepted ends in an outcome whatever is answered', () => {
    const target = fc.constantFrom('a', 'b', 'c', 'x', 'y');
    const options = fc.array(target, { minLength: 2, maxLength: 3 });
    const graph = fc
      .tuple(fc.array(options, { minLength: 1, maxLength: 3 }), fc.integer({ min: 1, max: 2 }))
      .map(
        ([targets, outcomes]): Graph => ({
          start: 'a',
          questions: targets.map((one, at) => question('abc'[at] ?? '', ...one)),
          outcomes: ['x', 'y'].slice(0, outcomes).map(outcome),
        }),
      );
    let accepted = 0;
    fc.assert(
      fc.property(graph, (one) => {
        if (triageFaults(one).length > 0) return;
        accepted += 1;
        expect(endsWell(one, one.start, 10)).toBe(true);
      }),
      { numRuns: 5000 },
    );
    expect(accepted).toBeGreaterThan(50);
  });
});

/** Whether every way from a place reaches an outcome within some answers. */
function endsWell(graph: Graph, id: string, answers: number): boolean {
  if (graph.outcomes.some((one) => one.id === id)) return true;
  const asked = graph.questions.find((one) => one.id === id);
  return (
    answers > 0 &&
    asked !== undefined &&
    asked.options.every((option) => endsWell(graph, option.next, answers - 1))
  );
}
