import type { FormSampleBody } from '#shared/content/kinds/form-sample.ts';
import type { Flow, Material } from '#shared/content/kinds/service.ts';
import type {
  DutyBoard,
  Hello,
  HomeView,
  Provenance,
  StationView,
} from '#shared/contract/views.ts';
import { addDays, weekdayOf } from '#shared/time/local-date.ts';
import { type SessionLanguage, useSession } from '../session/session.ts';

/** Made-up content in the language of the view: Chinese, or English for every other one. */
export type Say = (chinese: string, english: string) => string;

/** Monday 23 November 2026, 10:12. */
export const MONDAY = Date.parse('2026-11-23T10:12:00+08:00');
const TODAY = '2026-11-23';

/** Chooses texts by language. */
export function sayIn(language: SessionLanguage): Say {
  return (chinese, english) => (language === 'zh-CN' ? chinese : english);
}

/** Chooses texts by the language of the view. */
export function useSay(): Say {
  return sayIn(useSession().session.language);
}

/** A complete, confirmed record. */
export function provenance(say: Say, changes: Partial<Provenance> = {}): Provenance {
  return {
    id: 'service.example',
    version: 3,
    source: say('《法律援助法》', 'Legal Aid Law'),
    responsibleBody: say('某某区司法局', 'Example District Justice Bureau'),
    reviewer: say('王某', 'Wang'),
    publishedAt: '2026-09-01T09:00:00+08:00',
    effectiveFrom: '2026-09-01',
    completeness: '9/9',
    complete: true,
    confirm: [],
    language: 'own',
    ...changes,
  };
}

type Person = DutyBoard['staff'][number];

/** Someone on duty. */
export function person(say: Say, changes: Partial<Person> = {}): Person {
  return {
    name: '张某某',
    duty: 'advice',
    title: say('法律工作者', 'Legal worker'),
    window: 'w1',
    from: '09:00',
    to: '17:30',
    sample: true,
    ...changes,
  };
}

/** A full day: someone in charge, two at the windows, and when a lawyer comes next. */
export function dutyBoard(say: Say, changes: Partial<DutyBoard> = {}): DutyBoard {
  return {
    date: TODAY,
    leader: person(say, { name: '李某', duty: 'leader', title: say('副局长', 'Deputy director') }),
    staff: [person(say), person(say, { name: '欧阳某某', duty: 'mediation', window: 'w2' })],
    nextAdviser: {
      name: '赵某',
      title: say('律师', 'Lawyer'),
      date: addDays(TODAY, 2),
      from: '09:00',
      to: '11:30',
    },
    provenance: provenance(say),
    ...changes,
  };
}

/** A station with two windows, open now. */
export function station(say: Say, changes: Partial<StationView> = {}): StationView {
  return {
    code: '530102001',
    level: 'station',
    name: '某某街道公共法律服务工作站',
    district: say('某某区', 'Example District'),
    justiceBureau: say('某某区司法局', 'Example District Justice Bureau'),
    address: say('人民路 1 号', '1 Renmin Road'),
    phone: '000-12348',
    serves: [],
    windows: [
      window('w1', say('1 号窗口', 'Window 1'), say('法律咨询', 'Legal advice'), true),
      window('w2', say('2 号窗口', 'Window 2'), say('人民调解', 'Mediation'), false),
    ],
    barrierFree: [say('轮椅坡道', 'Wheelchair ramp')],
    web: { name: say('中国法律服务网', 'China Legal Service'), url: 'https://www.12348.gov.cn/' },
    open: { state: 'open', until: '12:00' },
    week: week(say),
    holidaysKnown: true,
    provenance: provenance(say),
    ...changes,
  };
}

function window(
  id: string,
  label: string,
  name: string,
  accessible: boolean,
): StationView['windows'][number] {
  return { id, label, name, lines: [], accessible };
}

/** Seven days with a public holiday, a working weekend day, and the rest as usual. */
export function week(say: Say): StationView['week'] {
  const usual = [
    { from: '09:00', to: '12:00' },
    { from: '13:00', to: '17:30' },
  ];
  return Array.from({ length: 7 }, (_, at) => {
    const date = addDays(TODAY, at);
    const weekday = weekdayOf(date);
    if (at === 2) return { date, weekday, periods: [], reason: say('国庆节', 'National Day') };
    if (weekday === 6)
      return { date, weekday, periods: usual, reason: say('调休上班', 'Working day in exchange') };
    return { date, weekday, periods: weekday === 7 ? [] : usual };
  });
}

/** A telephone number with all that is known of it. */
export function hotline(say: Say): NonNullable<HomeView['hotline']> {
  return {
    body: {
      name: say('公共法律服务热线', 'Public legal service hotline'),
      number: '12348',
      group: 'legal',
      what: say('律师免费解答法律问题', 'Lawyers answer legal questions free of charge'),
      when: say('24 小时', '24 hours'),
      cost: say('免费', 'Free'),
      how: say('接通后按 1', 'Press 1'),
      order: 1,
    },
    provenance: provenance(say, { id: 'hotline.12348' }),
  };
}

/** One paper of every sort: shown, kept, copied, only in a case, with a sample. */
export function materials(say: Say): Material[] {
  const words: Record<Material['icon'], string> = {
    'id-card': say('居民身份证', 'Identity card'),
    document: say('案件材料', 'Papers of the case'),
    form: say('法律援助申请表', 'Application for legal aid'),
    people: say('家庭成员情况说明', 'Statement on family members'),
    house: say('不动产权证书', 'Certificate of real estate'),
    money: say('收入证明', 'Proof of income'),
    medical: say('住院病历', 'Hospital records'),
    photo: say('一寸照片', 'Small photograph'),
    evidence: say('聊天记录、转账记录', 'Chat and transfer records'),
  };
  return (Object.keys(words) as Material['icon'][]).map((icon, at) => ({
    id: icon,
    icon,
    name: words[icon],
    original: (['show', 'keep', 'none'] as const)[at % 3] ?? 'none',
    copies: at % 3,
    ...(at === 2 ? { sample: 'form-sample.legal-aid' } : {}),
    ...(at === 4 ? { note: say('户口簿、租房合同也可以', 'A lease will do, too') } : {}),
    ...(at === 6 ? { when: say('受伤的', 'someone was injured') } : {}),
  }));
}

/** A flow with a decision, two ends and named branches. */
export function flow(say: Say): Flow {
  return {
    nodes: [
      {
        id: 'apply',
        title: say('提交申请', 'Apply'),
        detail: say('到窗口或网上', 'At a window or online'),
        actor: 'you',
        kind: 'start',
      },
      { id: 'check', title: say('审查材料', 'Papers are checked'), actor: 'window', kind: 'step' },
      {
        id: 'decide',
        title: say('符合条件吗', 'Are the conditions met?'),
        detail: say('7 日内', 'Within 7 days'),
        actor: 'body',
        kind: 'decision',
      },
      {
        id: 'add',
        title: say('补充材料', 'Bring what is missing'),
        actor: 'you',
        kind: 'step',
      },
      { id: 'assign', title: say('指派律师', 'A lawyer is assigned'), actor: 'body', kind: 'end' },
      { id: 'refuse', title: say('书面告知理由', 'Written reasons'), actor: 'body', kind: 'end' },
    ],
    edges: [
      { from: 'apply', to: 'check' },
      { from: 'check', to: 'decide' },
      { from: 'decide', to: 'add', when: say('材料不齐', 'papers missing') },
      { from: 'add', to: 'assign' },
      { from: 'decide', to: 'assign', when: say('符合', 'yes') },
      { from: 'decide', to: 'refuse', when: say('不符合', 'no') },
    ],
  };
}

/** A form with one block of every sort; forms are Chinese in every language. */
export function formSample(): FormSampleBody {
  const field = (id: string, label: string, lines = 1) => ({ id, label, lines });
  return {
    title: '法律援助申请表',
    purpose: '请不起律师、想申请法律援助时填写。',
    hints: [{ id: 'pen', text: '用黑色水笔填写' }],
    blocks: [
      { type: 'heading', id: 'who', text: '申请人' },
      {
        type: 'fields',
        id: 'person',
        columns: 3,
        fields: [field('name', '姓名'), field('sex', '性别'), field('born', '出生日期')],
      },
      { type: 'fields', id: 'matter', columns: 1, fields: [field('case', '案情', 3)] },
      {
        type: 'choice',
        id: 'kind',
        label: '申请事项',
        multiple: true,
        options: [
          { id: 'wages', text: '劳动报酬' },
          { id: 'support', text: '赡养费' },
          { id: 'injury', text: '工伤赔偿' },
        ],
      },
      {
        type: 'table',
        id: 'family',
        label: '家庭成员',
        columns: [
          { id: 'name', label: '姓名' },
          { id: 'relation', label: '关系' },
          { id: 'income', label: '月收入' },
        ],
        rows: 3,
      },
      {
        type: 'paragraph',
        id: 'promise',
        text: '本人 {{promise-name}} 承诺以上内容属实。',
        fields: [field('promise-name', '承诺人')],
      },
      { type: 'note', id: 'law', text: '虚假申请要承担法律责任。' },
      {
        type: 'signature',
        id: 'sign',
        fields: [field('signed', '签名'), field('date', '日期')],
      },
    ],
    example: {
      name: '张某某',
      sex: '女',
      born: '1968年5月2日',
      case: '2026年3月至6月在某工地做工，工资一万二千元没有发。',
      kind: ['wages'],
      family: [['王某某', '丈夫', '1800元']],
      'promise-name': '张某某',
      signed: '张某某',
      date: '2026年11月23日',
    },
    words: [],
    order: 1,
  };
}

/** What a host says first. */
export function hello(say: Say): Hello {
  return {
    programVersion: '0.1.0',
    now: MONDAY,
    utcOffsetMinutes: 480,
    stationName: '某某街道公共法律服务工作站',
    level: 'station',
    languages: ['zh-CN', 'en'],
    keyboards: ['zh-CN', 'en'],
    display: { name: '32″', mmPerPx: 0.369, screenBottomMm: 720, viewingDistanceMm: 500 },
    idle: {
      browseSeconds: 120,
      attractSeconds: 0,
      formSeconds: 180,
      warningSeconds: 30,
      numberSeconds: 30,
    },
    content: {
      asOf: '2026-11-23T08:00:00+08:00',
      publisher: say('某某区司法局', 'Example District Justice Bureau'),
      stale: false,
    },
    sampleContent: true,
  };
}

/** Texts that are longer than anyone should write. */
export const LONG_TEXTS = {
  'zh-CN': {
    title: '博尔塔拉蒙古自治州阿拉山口市艾比湖街道公共法律服务工作站暨人民调解委员会',
    text: '因请求支付劳动报酬、赡养费、抚养费、扶养费、工伤待遇、交通事故赔偿以及因见义勇为行为主张民事权益，经济困难的，可以申请法律援助，由法律援助机构指派律师免费代理，不需要缴纳任何费用。',
    word: '〇一二三四五六七八九'.repeat(4),
  },
  en: {
    title: 'Application for exemption from the court acceptance fee in labour disputes',
    text: 'Anyone in financial difficulty who claims wages, maintenance, compensation for an injury at work or in a traffic accident may ask the legal aid centre to assign a lawyer, who acts free of charge at every stage of the proceedings.',
    word: 'Rechtsschutzversicherungsgesellschaften'.repeat(2),
  },
} as const;
