import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { triageBodySchema } from '#shared/content/kinds/triage.ts';
import {
  endFaults,
  graphFaults,
  questionsAhead,
  type TriageGraph,
} from '#shared/content/kinds/triage-faults.ts';

type Graph = TriageGraph;

const question = (id: string, ...targets: string[]): Graph['questions'][number] => ({
  id,
  question: `问题 ${id}?`,
  options: targets.map((next) => ({ text: `去 ${next}`, next })),
});
const outcome = (id: string): Graph['outcomes'][number] => ({
  id,
  title: `结果 ${id}`,
  level: 'station',
  where: '',
  services: ['service.one'],
  papers: ['身份证'],
  urgent: '先留好证据',
});

const SOUND: Graph = {
  start: 'a',
  questions: [question('a', 'b', 'x'), question('b', 'x', 'y')],
  outcomes: [outcome('x'), outcome('y')],
};

const told = (graph: Graph) => graphFaults(graph).map(({ fault }) => fault);

describe('a graph of questions', () => {
  test('may lead to one outcome by two ways', () => expect(told(SOUND)).toEqual([]));

  test.each<[string, Graph, string]>([
    [
      'loop',
      { ...SOUND, questions: [question('a', 'b', 'x'), question('b', 'a', 'y')] },
      '问题"问题 b?"（b）会绕回问题"问题 a?"（a），问题没有尽头',
    ],
    [
      'unknown target',
      { ...SOUND, questions: [question('a', 'b', 'z'), question('b', 'x', 'y')] },
      '"问题 a?"的回答"去 z"指向了不存在的"z"，走到这里没有下文',
    ],
    ['unknown start', { ...SOUND, start: 'q' }, '开头指向了不存在的"q"'],
    [
      'outcome never reached',
      { ...SOUND, outcomes: [...SOUND.outcomes, outcome('z')] },
      '从开头走不到结果"结果 z"',
    ],
    [
      'id twice',
      { ...SOUND, outcomes: [...SOUND.outcomes, outcome('y')] },
      '两处用了同一个编号"y"',
    ],
  ])('with a fault is told so in one sentence: %s', (_name, graph, fault) => {
    expect(told(graph)).toContain(fault);
  });

  test('tells how many questions may still come', () => {
    expect(questionsAhead(SOUND, 'a')).toBe(2);
    expect(questionsAhead(SOUND, 'b')).toBe(1);
    expect(questionsAhead(SOUND, 'x')).toBe(0);
  });
});

/** Sound graphs of up to 12 questions: arrows only lead to later questions, and every node has an arrow to it. */
const soundGraphs = fc
  .record({ questions: fc.integer({ min: 1, max: 12 }), outcomes: fc.integer({ min: 1, max: 6 }) })
  .chain(({ questions, outcomes }) => {
    const count = questions + outcomes;
    const names = Array.from({ length: count }, (_, at) =>
      at < questions ? `q${at}` : `e${at - questions}`,
    );
    const extra = fc.array(fc.nat(1000), { minLength: count * 2, maxLength: count * 2 });
    return extra.map((picks): Graph => {
      const targets: string[][] = Array.from({ length: questions }, () => []);
      names.forEach((name, at) => {
        if (at > 0) targets[(picks[at] ?? 0) % Math.min(at, questions)]?.push(name);
      });
      return {
        start: 'q0',
        questions: targets.map((to, at) => {
          const later = names.slice(at + 1);
          const filled = [...to];
          while (filled.length < 2)
            filled.push(later[(picks[count + at] ?? 0) % later.length] ?? '');
          return question(`q${at}`, ...filled);
        }),
        outcomes: names.slice(questions).map(outcome),
      };
    });
  });

function withArrow(graph: Graph, from: string, to: string): Graph {
  const questions = graph.questions.map((one) =>
    one.id === from ? { ...one, options: [...one.options, { text: '种下的', next: to }] } : one,
  );
  return { ...graph, questions };
}

describe('the checker', () => {
  test('takes every sound graph, and each then ends whatever is answered', () => {
    fc.assert(
      fc.property(soundGraphs, fc.infiniteStream(fc.nat(1000)), (graph, answers) => {
        expect(told(graph)).toEqual([]);
        let at = graph.start;
        let asked = 0;
        const ahead = questionsAhead(graph, at);
        for (;;) {
          const one = graph.questions.find(({ id }) => id === at);
          if (one === undefined) break;
          asked += 1;
          expect(asked).toBeLessThanOrEqual(ahead);
          at = one.options[Number(answers.next().value) % one.options.length]?.next ?? '';
        }
        expect(graph.outcomes.map(({ id }) => id)).toContain(at);
      }),
      { numRuns: 300 },
    );
  });

  test('names a planted loop', () => {
    fc.assert(
      fc.property(soundGraphs, fc.nat(1000), (graph, pick) => {
        // From the first question every other one is reached: an arrow back to it closes a loop.
        const from = graph.questions[pick % graph.questions.length]?.id ?? '';
        const looped = withArrow(graph, from, graph.start);
        expect(told(looped)).toContain(
          `问题"问题 ${from}?"（${from}）会绕回问题"问题 q0?"（q0），问题没有尽头`,
        );
      }),
      { numRuns: 300 },
    );
  });

  test('names a planted dead end by its question and answer', () => {
    fc.assert(
      fc.property(soundGraphs, fc.nat(1000), (graph, pick) => {
        const from = graph.questions[pick % graph.questions.length]?.id ?? '';
        expect(told(withArrow(graph, from, 'nowhere'))).toEqual([
          `"问题 ${from}?"的回答"种下的"指向了不存在的"nowhere"，走到这里没有下文`,
        ]);
      }),
      { numRuns: 300 },
    );
  });

  test('names planted orphans', () => {
    fc.assert(
      fc.property(soundGraphs, (graph) => {
        const orphaned: Graph = {
          ...graph,
          questions: [...graph.questions, question('lost', graph.outcomes[0]?.id ?? '', 'alone')],
          outcomes: [...graph.outcomes, outcome('alone')],
        };
        expect(told(orphaned)).toEqual([
          '从开头走不到问题"问题 lost?"（lost）',
          '从开头走不到结果"结果 alone"',
        ]);
      }),
      { numRuns: 100 },
    );
  });
});

describe('an end', () => {
  test.each<[string, Partial<Graph['outcomes'][number]>, string]>([
    ['service', { services: [] }, '结果"结果 x"没有写对应的服务'],
    ['papers', { papers: [] }, '结果"结果 x"没有写要带什么'],
    ['what to do now', { urgent: '' }, '结果"结果 x"没有写现在先做什么'],
    ['body elsewhere', { level: 'elsewhere' }, '结果"结果 x"没有写由哪个单位办'],
  ])('without its %s is told so', (_name, change, fault) => {
    const outcomes = [{ ...outcome('x'), ...change }];
    expect(endFaults({ outcomes }).map((one) => one.fault)).toEqual([fault]);
  });

  test('in danger needs no papers', () => {
    expect(endFaults({ outcomes: [{ ...outcome('x'), papers: [], call: '110' }] })).toEqual([]);
  });

  test('is refused by the schema with what to do about it', () => {
    const parsed = triageBodySchema.safeParse({
      title: '我该找谁',
      topic: 'work',
      start: 'a',
      questions: [
        {
          id: 'a',
          question: '您遇到了什么事？',
          options: [
            { id: 'one', text: '甲', next: 'a' },
            { id: 'two', text: '乙', next: 'x' },
          ],
        },
      ],
      outcomes: [
        {
          id: 'x',
          title: '到窗口',
          text: '请到窗口办理。',
          level: 'station',
          services: ['service.one'],
          papers: [{ id: 'id', text: '身份证' }],
          urgent: '现在就来',
        },
      ],
    });
    expect(parsed.error?.issues).toMatchObject([
      {
        message: '问题"您遇到了什么事？"（a）会绕回问题"您遇到了什么事？"（a），问题没有尽头',
        params: { remedy: '改掉"a"里指向"a"的那个回答' },
      },
    ]);
  });
});
