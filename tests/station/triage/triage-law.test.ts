import { afterAll, describe, expect, test } from 'vitest';
import { formatCitations } from '#shared/content/citation.ts';
import type { TriageBody, TriageOutcome } from '#shared/content/kinds/triage.ts';
import { shippedPack, stationOn } from '../../real-content.ts';

const { library, db } = stationOn(shippedPack('wuhua'), '2026-11-23 10:00');
afterAll(() => db.write.close());

function graph(id: string): TriageBody {
  return library.shownOne('triage', id, 'zh-CN').body;
}

/** Every end that can still come after this answer, whatever is answered later. */
function endsAfter(body: TriageBody, question: string, option: string): TriageOutcome[] {
  const next = body.questions
    .find(({ id }) => id === question)
    ?.options.find(({ id }) => id === option)?.next;
  expect(next, `${question} ${option}`).toBeDefined();
  return endsFrom(body, next ?? '');
}

function endsFrom(body: TriageBody, id: string): TriageOutcome[] {
  const end = body.outcomes.find((outcome) => outcome.id === id);
  if (end !== undefined) return [end];
  const question = body.questions.find((candidate) => candidate.id === id);
  return (question?.options ?? []).flatMap(({ next }) => endsFrom(body, next));
}

const cited = (end: TriageOutcome) =>
  end.deadlines.map(({ basis }) => formatCitations(basis)).join('');
const told = (end: TriageOutcome) =>
  [end.title, end.text, end.urgent, ...end.deadlines.map(({ text }) => text)].join('\n');
const end = (matter: string, id: string): TriageOutcome =>
  graph(matter).outcomes.find((outcome) => outcome.id === id) ??
  expect.unreachable(`${matter} ${id}`);

/** Reconsideration Law 2023, art. 23: what comes to a court only after reconsideration. */
describe.each([
  ['a penalty on the spot', 'triage.administrative', 'spot', 'on-spot'],
  ['whose the land is that was lawfully held', 'triage.administrative', 'held', 'has'],
  ['refused information', 'triage.administrative', 'what', 'info'],
  ['a duty that is not done', 'triage.administrative', 'what', 'nothing'],
  ['a dispute on tax', 'triage.administrative', 'what', 'tax'],
  ['a decision on land that was held', 'triage.housing', 'land-held', 'has'],
])('%s', (_name, matter, question, option) => {
  const ends = endsAfter(graph(matter), question, option);

  test('is led to reconsideration, never straight to a court', () => {
    for (const one of ends) {
      expect(cited(one), one.id).toContain('第二十三条');
      expect(one.title, one.id).not.toMatch(/直接起诉|到法院/);
      expect(told(one), one.id).toMatch(/不能(?:跳过复议)?直接去法院|复议后不服才能去法院/);
      expect(told(one), one.id).toMatch(/60日/);
    }
  });
});

/** What is not a decision on whose it is stays open for a court, for six months (Administrative Litigation Law, art. 46). */
describe.each(['taken', 'forced'])('land that was %s', (option) => {
  const ends = endsAfter(graph('triage.administrative'), 'land-how', option);

  test('may go to a court within six months, and is never told to be reconsidered first', () => {
    expect(ends.map(({ id }) => id)).toEqual(['review', 'sue', 'late']);
    for (const one of ends) {
      expect(told(one), one.id).not.toMatch(/不能(?:跳过复议)?直接去法院/);
      expect(cited(one), one.id).toMatch(/《行政诉讼法》[^《]*第四十六条/);
    }
  });
});

test('whoever is not sure what was done to the land hears that six months for a court may still run', () => {
  const ends = endsAfter(graph('triage.administrative'), 'land-how', 'unsure');
  expect(ends.map(({ id }) => id)).toEqual(['review-first', 'first-late']);
  expect(told(end('triage.administrative', 'first-late'))).toMatch(
    /征收.*可能还能直接起诉.*六个月/,
  );
});

/** Reconsideration Law 2023, art. 24 and 27. */
test('whoever is led to reconsideration hears which body takes it', () => {
  for (const one of [
    ...['review-first', 'review', 'inaction', 'resource-choice'].map((id) =>
      end('triage.administrative', id),
    ),
    ...['land-review', 'land-choice'].map((id) => end('triage.housing', id)),
  ]) {
    expect(told(one), one.id).toContain('向县（区）政府申请');
    expect(cited(one), one.id).toMatch(/《行政复议法》[^《]*第二十四条/);
  }
  const tax = end('triage.administrative', 'tax');
  expect(told(tax)).toContain('上一级税务机关');
  expect(cited(tax)).toMatch(/《行政复议法》[^《]*第二十七条/);
});

describe('whoever waits for a duty to be done', () => {
  const matter = graph('triage.administrative');

  test('is told from which day the sixty days run', () => {
    const one = end('triage.administrative', 'inaction');
    expect(told(one)).toContain('从收到申请那天起满60日');
    expect(told(one)).toContain('书面不同意的，从收到那天就算');
    expect(told(one)).toContain('不用等期限满');
  });

  test.each(['silent-days', 'refused-days'])('is late after sixty more days: %s', (question) => {
    expect(endsAfter(matter, question, 'within').map(({ id }) => id)).toEqual(['inaction']);
    expect(endsAfter(matter, question, 'over').map(({ id }) => id)).toEqual(['inaction-late']);
  });
});

test('a decision of a county government or above goes to the intermediate court', () => {
  const one = end('triage.administrative', 'sue');
  expect(told(one)).toContain('中级人民法院');
  expect(cited(one)).toMatch(/《行政诉讼法》[^《]*第十五条第一项/);
});

test('whoever falls ill from pollution leaves and calls for help before any evidence', () => {
  const [only, ...others] = endsAfter(graph('triage.neighbours'), 'poison', 'danger');
  expect(others).toEqual([]);
  expect(only?.call).toBe('120');
  expect(told(only ?? expect.unreachable())).toMatch(/人先走开.*119/);
});

test('a decision on whose land it is leaves thirty days for a court, and reconsideration stays open', () => {
  for (const one of [
    end('triage.housing', 'land-choice'),
    end('triage.administrative', 'resource-choice'),
  ]) {
    expect(cited(one)).toContain('《土地管理法》第十四条');
    expect(told(one)).toMatch(/30日/);
    expect(told(one)).toMatch(/60日/);
  }
});

test('whoever is told that legal aid can act first is told the article that says so', () => {
  const ends = library.records('triage').flatMap(({ body }) => body.outcomes);
  const first = ends.filter((one) => /先派人|先行提供|手续后补/.test(told(one)));
  expect(first.length).toBeGreaterThan(5);
  for (const one of first) expect(cited(one), one.title).toMatch(/《法律援助法》[^《]*第四十四条/);
});

describe('after a traffic accident', () => {
  const accident = graph('triage.traffic');

  test('with injured people the scene is kept, and what is moved to save them is marked', () => {
    const [only, ...others] = endsAfter(accident, 'hurt', 'injured');
    expect(others).toEqual([]);
    expect(told(only ?? expect.unreachable())).toMatch(/标出|标明/);
    expect(only?.call).toBe('120');
  });

  test('without injury and dispute one moves the vehicles first', () => {
    const [only] = endsAfter(accident, 'dispute', 'same');
    expect(told(only ?? expect.unreachable())).toContain('先把车挪到');
    expect(cited(only ?? expect.unreachable())).toContain('第七十条第二款、第三款');
  });

  test('with a dispute the police are told at once', () => {
    expect(endsAfter(accident, 'dispute', 'differs')[0]?.call).toBe('122');
  });
});

/** Legal Aid Law: art. 42 names whose hardship is not checked, art. 32 whom no condition of hardship binds. */
test.each(['elder-support', 'child-support'])(
  'support is told with who needs no check of hardship: %s',
  (id) => {
    const one = end('triage.family', id);
    expect(told(one)).toMatch(/没有固定生活来源的(?:老人|孩子).*不查经济困难/);
    expect(cited(one)).toMatch(/《法律援助法》.*第三十二条第四项.*第四十二条第一项/);
  },
);

test('whoever is given something by a will hears of the sixty days', () => {
  for (const id of ['inherit', 'inherit-quarrel']) {
    const one = end('triage.family', id);
    expect(cited(one)).toContain('《民法典》第一千一百二十四条第二款');
    expect(told(one)).toContain('60日');
  }
});

test('unpaid social insurance goes to those who can order payment', () => {
  const one = end('triage.wages', 'social-insurance');
  expect(cited(one)).toMatch(/《社会保险法》第六十三条.*第八十三条/);
  expect(one.text).toContain('征收机构');
});

test('nobody who was dismissed more than a year ago is sent to arbitration as if in time', () => {
  const ends = endsAfter(graph('triage.wages'), 'gone', 'over').map(({ id }) => id);
  expect(ends).toEqual(['late']);
  expect(endsAfter(graph('triage.wages'), 'what', 'fired').map(({ id }) => id)).toContain('late');
});

/** Labour Contract Law, art. 14 and 82: what want of a written contract costs the employer. */
describe('without a written contract', () => {
  const wages = graph('triage.wages');

  test('whoever still works there hears of double wages and of the contract that the law takes as signed, however long it is', () => {
    const ends = endsAfter(wages, 'unsigned', 'still');
    expect(ends.map(({ id }) => id)).toEqual(['no-contract']);
    for (const one of ends) {
      expect(told(one)).toMatch(/双倍工资/);
      expect(told(one)).toMatch(/满一年.*无固定期限/);
      expect(cited(one)).toMatch(/《劳动合同法》.*第十四条第三款.*第八十二条第一款/);
    }
  });

  test('whoever left hears that the year runs, and after it is asked to come all the same', () => {
    const [left] = endsAfter(wages, 'unsigned', 'less');
    expect(told(left ?? expect.unreachable())).toMatch(/双倍工资[^。]*更早到期/);
    expect(cited(left ?? expect.unreachable())).toMatch(/第二十七条第一款、第四款/);
    expect(endsAfter(wages, 'unsigned', 'more').map(({ id }) => id)).toEqual(['late']);
  });

  test('nobody goes by the year of a dismissal', () => {
    const ends = endsAfter(wages, 'what', 'contract').map(({ id }) => id);
    expect(ends).toEqual(['no-contract', 'no-contract-left', 'late']);
  });
});

test('talks do not stop the year for arbitration, and the page says so', () => {
  const one = end('triage.wages', 'mediate');
  expect(told(one)).toContain('谈归谈，仲裁还是一年以内');
  expect(cited(one)).toMatch(/第二十七条第一款、第二款/);
});

/** Civil Procedure Law 2023, art. 216: four grounds run from the day on which they became known. */
test('whoever has new evidence is not told that half a year is over', () => {
  const one = end('triage.court', 'retrial');
  expect(told(one)).toMatch(/一般在.*生效后六个月/);
  expect(told(one)).toMatch(/新证据.*伪造.*从知道那天起六个月/);
  expect(cited(one)).toMatch(/第二百一十一条第一项、第三项、第十二项、第十三项、第二百一十六条/);
});

/** Interpretation of the Administrative Litigation Law, art. 64 and 65. */
test('whoever knew the decision but not the limit has a year at most, not five', () => {
  const one = end('triage.administrative', 'late');
  expect(told(one)).toMatch(/没告诉您多久以内起诉[^。]*最长一年/);
  expect(told(one)).toMatch(/一直不知道决定内容[^。]*最长五年，不动产二十年/);
  expect(cited(one)).toMatch(/第六十四条.*第六十五条/);
});

test('a relative in administrative detention is led to review and suspension, never to lawyers for a crime', () => {
  for (const [question, option] of [
    ['stage', 'detained'],
    ['notice', 'got'],
  ] as const)
    expect(endsAfter(graph('triage.detained'), question, option).map(({ id }) => id)).toContain(
      'administrative',
    );
  const one = end('triage.detained', 'administrative');
  expect(told(one)).toMatch(/暂缓执行/);
  expect(told(one)).toMatch(/60日.*六个月/);
  expect(one.services).not.toContain('service.legal-aid-criminal-defence');
});

describe('whoever was beaten, cheated or bullied', () => {
  const harmed = graph('triage.harmed');

  test('is asked about danger first, and whoever says so is told whom to call', () => {
    expect(harmed.start).toBe('danger');
    for (const option of ['now', 'money'])
      expect(endsAfter(harmed, 'danger', option).map(({ call }) => call)).toEqual(['110']);
    expect(told(end('triage.harmed', 'stop-payment'))).toMatch(/96110.*止付/);
  });

  test.each([
    ['beaten', /伤情鉴定/, '第一百八十八条'],
    ['beaten', /附带民事/, '第一百零一条'],
    ['beaten', /告诫书/, '《反家庭暴力法》第十六条'],
    ['beaten', /公安可以调解/, '《治安管理处罚法》'],
    ['cheated', /止付/, '《反电信网络诈骗法》第二十条'],
    ['bullied', /学校.*应当马上制止/, '《未成年人保护法》（2024年修正）第三十九条'],
  ])('hears after two answers or three what helps: %s %s', (kind, words, article) => {
    const ends = endsAfter(harmed, 'what', kind).filter((one) => words.test(told(one)));
    expect(ends.map(cited).join('')).toContain(article);
  });

  /** Reconsideration Law 2023, art. 11 (11) and 23: six months for a court are only for a decision that was not made on the spot. */
  test('is led to reconsideration first where the police decide nothing or on the spot', () => {
    const before = [
      ...endsAfter(harmed, 'ignored', 'slight'),
      ...endsAfter(harmed, 'decided', 'spot'),
    ];
    expect(before.map(({ id }) => id)).toEqual(['idle', 'decided-spot']);
    for (const one of [...before, ...endsAfter(harmed, 'police', 'waiting')]) {
      expect(told(one), one.id).toMatch(/先申请行政复议，不能直接去法院/);
      expect(told(one), one.id).toMatch(/60日/);
      expect(told(one), one.id).not.toMatch(/六个月/);
      expect(cited(one), one.id).toMatch(/《行政复议法》[^《]*第二十三条第一款第[一三]项/);
    }
  });

  test('may take any other decision to a court within six months, and hears that sixty days come first', () => {
    for (const [question, option] of [
      ['decided', 'later'],
      ['ignored', 'no-penalty'],
    ] as const) {
      const [one = expect.unreachable(), ...others] = endsAfter(harmed, question, option);
      expect(others).toEqual([]);
      expect(told(one)).toMatch(/60日内复议，或者六个月内起诉/);
      expect(cited(one)).toMatch(/第二十条.*《行政诉讼法》[^《]*第四十六条/);
    }
  });

  test('goes to the procuratorate with what is a crime, never with a slight injury', () => {
    for (const option of ['no-filing', 'serious'])
      expect(endsAfter(harmed, 'ignored', option).map(({ id }) => id)).toEqual(['refused']);
    expect(cited(end('triage.harmed', 'idle'))).not.toContain('第一百一十三条');
  });

  test.each([
    ['police', 'waiting'],
    ['decided', 'spot'],
    ['decided', 'later'],
    ['ignored', 'slight'],
  ])(
    'hears before any settlement that the injury is examined, for it may be a crime: %s %s',
    (question, option) => {
      for (const one of endsAfter(harmed, question, option))
        expect(told(one), one.id).toMatch(/轻伤以上.*刑事案/);
    },
  );

  test('hears of the days that run after a criminal case was dropped or judged', () => {
    const one = end('triage.harmed', 'crime');
    expect(told(one)).toMatch(/7日内可以申诉.*5日内请检察院抗诉/);
    expect(cited(one)).toMatch(/第一百八十条、第二百二十九条/);
  });

  test('is never the one who is led to a defence lawyer', () => {
    for (const one of harmed.outcomes)
      expect(one.services, one.id).not.toContain('service.legal-aid-criminal-defence');
  });
});
