import type { KindName } from '#shared/content/kinds/index.ts';

type Body = Readonly<Record<string, unknown>>;

/** What a kind promises: a body that is sound and complete, bodies that break one rule each, and what may be missing. */
export interface KindCase {
  /** Sound, with every particular. */
  readonly whole: Body;
  /** The title that it is known by. */
  readonly title: string;
  /** Changes that each break a rule of the kind, by the field where the fault is told. */
  readonly broken: readonly (readonly [field: string, change: Body])[];
  /** Changes that leave it sound and take particulars away, by the labels of what is then missing. */
  readonly lacking: readonly (readonly [missing: readonly string[], change: Body])[];
  /** Records that it points to. */
  readonly references?: readonly string[];
  /** True when it is nothing that visitors search for. */
  readonly unsearched?: boolean;
}

const BASIS = [{ law: '法律援助法', article: '第三十一条' }];
const LONG = '一'.repeat(60);
const ITEM = { id: 'one', text: '一视同仁' };
const STEPS = {
  nodes: [
    { id: 'start', title: '申请', actor: 'you', kind: 'start' },
    { id: 'check', title: '审查', actor: 'window', kind: 'step' },
    { id: 'end', title: '办结', actor: 'body', kind: 'end' },
  ],
  edges: [
    { from: 'start', to: 'check' },
    { from: 'check', to: 'end' },
  ],
};
const PERIOD = { from: '09:00', to: '17:00' };
const SEASON = { id: 'year', from: '01-01', to: '12-31', weekdays: [1], periods: [PERIOD] };
const SHIFT = { id: 'day', person: 'person.li', duty: 'reception', ...PERIOD, weekdays: [1] };
const LEADER = { ...SHIFT, id: 'leader', duty: 'leader' };
const TRIAGE_END = {
  id: 'aid',
  title: '法律援助',
  text: '到 3 号窗口。',
  services: ['service.aid'],
  level: 'station',
  papers: [ITEM],
  formSamples: ['form-sample.aid'],
  deadlines: [{ id: 'year', text: '一年以内申请仲裁。', basis: BASIS }],
  urgent: '先留好证据。',
};
const HOLIDAY = { id: 'day', name: '假日', from: '2026-05-01', to: '2026-05-05' };

export const KIND_CASES: Readonly<Record<KindName, KindCase>> = {
  'access-rule': {
    whole: {
      title: '经济困难标准',
      subject: 'legal-aid-economic-standard',
      text: '家庭人均月收入低于当地标准的，算经济困难。',
      monthlyIncomeYuan: 1500,
      groups: [ITEM],
      basis: BASIS,
    },
    title: '经济困难标准',
    broken: [
      ['subject', { subject: 'other' }],
      ['monthlyIncomeYuan', { monthlyIncomeYuan: -1 }],
      ['basis', { basis: [] }],
    ],
    lacking: [[['适用人群'], { groups: [] }]],
  },
  article: {
    whole: {
      title: '劳动合同怎么签',
      summary: '签合同前后要看的几件事。',
      text: LONG,
      topic: 'work',
      basis: BASIS,
      cover: 'media.cover',
    },
    title: '劳动合同怎么签',
    broken: [
      ['text', { text: '太短' }],
      ['topic', { topic: 'weather' }],
      ['cover', { cover: 'notice.one' }],
    ],
    lacking: [[['法律依据'], { basis: [] }]],
    references: ['media.cover'],
  },
  calendar: {
    whole: {
      year: 2026,
      holidays: [1, 2, 3, 4, 5, 6, 7].map((at) => ({ ...HOLIDAY, id: `day-${at}` })),
      workingDays: ['2026-05-09'],
    },
    title: '2026年放假调休安排',
    broken: [
      ['year', { year: 2019 }],
      ['holidays.0.to', { holidays: [{ ...HOLIDAY, to: '2026-04-30' }] }],
      ['holidays.0.from', { holidays: [{ ...HOLIDAY, from: '2026-02-30' }] }],
      ['workingDays.0', { workingDays: ['2026-05-11'] }],
      ['workingDays.0', { workingDays: ['2026-05-02'] }],
    ],
    lacking: [[['放假日期'], { holidays: [HOLIDAY] }]],
  },
  event: {
    whole: {
      title: '民法典讲座',
      about: '讲继承和遗嘱怎么写。',
      speaker: '王示例',
      place: '二楼会议室',
      date: '2026-12-04',
      ...PERIOD,
      seats: 40,
    },
    title: '民法典讲座',
    broken: [
      ['to', { to: '08:00' }],
      ['date', { date: '2026-11-31' }],
      ['seats', { seats: 0 }],
    ],
    lacking: [[['主讲人', '座位数'], { speaker: '', seats: undefined }]],
  },
  faq: {
    whole: {
      question: '老板不给工资怎么办',
      answer: '先到劳动监察投诉，也可以申请法律援助。',
      topic: 'work',
      basis: BASIS,
      services: ['service.aid'],
      words: ['讨薪', '欠薪'],
    },
    title: '老板不给工资怎么办',
    broken: [
      ['question', { question: '长'.repeat(41) }],
      ['basis', { basis: [] }],
      ['basis.0.article', { basis: [{ law: '民法典', article: '31条' }] }],
      ['services.0', { services: ['faq.other'] }],
      ['words', { words: ['讨薪'] }],
    ],
    lacking: [[['对应的服务'], { services: [] }]],
    references: ['service.aid'],
  },
  'form-sample': {
    whole: {
      title: '法律援助申请表',
      purpose: '申请法律援助时填写。',
      hints: [ITEM],
      blocks: [
        { type: 'fields', id: 'who', columns: 2, fields: [{ id: 'name', label: '姓名' }] },
        {
          type: 'paragraph',
          id: 'text',
          text: '本人{{age}}岁',
          fields: [{ id: 'age', label: '年龄' }],
        },
        {
          type: 'choice',
          id: 'kind',
          label: '事项',
          options: [
            { id: 'wage', text: '讨薪' },
            { id: 'other', text: '其他' },
          ],
        },
      ],
      example: { name: '李示例', age: '60', kind: 'wage' },
    },
    title: '法律援助申请表',
    broken: [
      ['blocks', { blocks: [] }],
      ['blocks.0.type', { blocks: [{ type: 'poem' }, { type: 'note', id: 'n', text: '注' }] }],
      ['example', { example: { name: '李示例', age: '60' } }],
      ['example', { example: { name: '李', age: '6', kind: 'wage', more: '多' } }],
      ['example', { example: { name: '李', age: '6', kind: 'nothing' } }],
      ['example.name', { example: { name: 5, age: '6', kind: 'wage' } }],
    ],
    lacking: [[['填写提示'], { hints: [] }]],
  },
  grid: {
    whole: {
      code: '320402001001-G01',
      name: '第一网格',
      contacts: ['mediator', 'lawyer', 'publicist', 'notary', 'legal-aid-contact'].map((duty) => ({
        id: duty,
        person: 'person.li',
        duty,
      })),
    },
    title: '第一网格',
    broken: [
      ['code', { code: '3204020' }],
      ['contacts', { contacts: [] }],
      ['contacts.0.person', { contacts: [{ id: 'a', person: 'li', duty: 'lawyer' }] }],
    ],
    lacking: [
      [
        ['调解员', '宣传员', '公证员', '法律援助联络员'],
        { contacts: [{ id: 'a', person: 'person.li', duty: 'lawyer' }] },
      ],
    ],
    references: ['person.li'],
  },
  hotline: {
    whole: {
      name: '公共法律服务热线',
      number: '12348',
      group: 'legal',
      what: '免费解答法律问题。',
      when: '24 小时',
    },
    title: '公共法律服务热线 12348',
    broken: [
      ['number', { number: '一二三四八' }],
      ['group', { group: 'fun' }],
      ['web.url', { web: { name: '网', url: 'www.12348.gov.cn' } }],
      ['web.url', { web: { name: '网', url: 'file:///etc/passwd' } }],
    ],
    lacking: [[['接听时间'], { when: '' }]],
  },
  hours: {
    whole: { station: '530102001', title: '服务时间', seasons: [SEASON], followsCalendar: true },
    title: '服务时间',
    broken: [
      ['seasons', { seasons: [] }],
      ['seasons.0.from', { seasons: [{ ...SEASON, from: '13-01' }] }],
      ['seasons.0.weekdays.0', { seasons: [{ ...SEASON, weekdays: [0] }] }],
      [
        'seasons.0.periods.0.to',
        { seasons: [{ ...SEASON, periods: [{ from: '17:00', to: '09:00' }] }] },
      ],
      [
        'seasons.0.periods.0.from',
        { seasons: [{ ...SEASON, periods: [{ from: '9:00', to: '17:00' }] }] },
      ],
      ['exceptions.0.date', { exceptions: [{ id: 'a', date: '12-01', reason: '停电' }] }],
    ],
    lacking: [],
  },
  law: {
    whole: {
      title: '中华人民共和国法律援助法',
      shortTitle: '法律援助法',
      category: '行政法',
      history: [{ date: '2021-08-20', event: '通过' }],
      inForce: 'in-force',
      outline: [{ id: 'c1', level: 1, heading: '第一章 总则', firstArticle: 0 }],
      articles: 71,
    },
    title: '中华人民共和国法律援助法',
    broken: [
      ['inForce', { inForce: 'maybe' }],
      ['articles', { articles: -1 }],
      ['outline.0.level', { outline: [{ id: 'a', level: 5, heading: '节', firstArticle: 0 }] }],
    ],
    lacking: [[['通过和施行日期', '条文'], { history: [], articles: 0 }]],
  },
  'law-article': {
    whole: {
      law: 'law.legal-aid',
      number: '第一条',
      position: 0,
      text: '为了规范和促进法律援助工作。',
    },
    title: '第一条',
    broken: [
      ['law', { law: 'faq.one' }],
      ['text', { text: '' }],
      ['position', { position: 0.5 }],
    ],
    lacking: [],
    references: ['law.legal-aid'],
  },
  'legal-case': {
    whole: {
      title: '拖欠工资案',
      category: 'legal-aid',
      facts: LONG,
      outcome: LONG,
      lesson: '保存证据。',
      basis: BASIS,
    },
    title: '拖欠工资案',
    broken: [
      ['category', { category: 'wages' }],
      ['facts', { facts: '短' }],
    ],
    lacking: [[['案例提示', '法律依据'], { lesson: '', basis: [] }]],
  },
  list: {
    whole: {
      title: '公证事项清单',
      columns: [{ id: 'item', label: '事项' }],
      rows: [{ id: 'will', cells: { item: '遗嘱' } }],
      basis: BASIS,
    },
    title: '公证事项清单',
    broken: [
      ['rows', { rows: [] }],
      ['rows.0.cells.price', { rows: [{ id: 'will', cells: { price: '百元' } }] }],
    ],
    lacking: [[['依据'], { basis: [] }]],
  },
  media: {
    whole: {
      title: '宣传片',
      type: 'video',
      mime: 'video/mp4',
      sha256: 'a'.repeat(64),
      bytes: 10,
      description: '讲法律援助。',
      captions: 'WEBVTT',
    },
    title: '宣传片',
    broken: [
      ['mime', { mime: 'image/png' }],
      ['mime', { mime: 'text/html' }],
      ['sha256', { sha256: 'A'.repeat(64) }],
      ['bytes', { bytes: 0 }],
    ],
    lacking: [[['文字说明', '字幕'], { description: '', captions: '' }]],
  },
  notice: {
    whole: { title: '国庆值班安排', text: '国庆期间每天有人值班。', group: 'station' },
    title: '国庆值班安排',
    broken: [
      ['group', { group: 'gossip' }],
      ['text', { text: '短' }],
    ],
    lacking: [],
  },
  person: {
    whole: {
      name: '李示例',
      role: 'lawyer',
      title: '律师',
      phone: '0871-12345678',
      duties: [ITEM],
      serves: ['530102001'],
      hours: [{ id: 'a', text: '每周三下午' }],
    },
    title: '李示例',
    broken: [
      ['role', { role: 'king' }],
      ['phone', { phone: '电话' }],
      ['languages.0', { languages: ['fr'] }],
      ['serves', { serves: [] }],
    ],
    lacking: [[['联系电话', '职责', '服务时间'], { phone: undefined, duties: [], hours: [] }]],
  },
  playlist: {
    whole: { title: '待机画面', items: [{ id: 'a', record: 'media.film', seconds: 30 }] },
    title: '待机画面',
    broken: [
      ['items', { items: [] }],
      ['items.0.record', { items: [{ id: 'a', record: 'person.li', seconds: 30 }] }],
      ['items.0.seconds', { items: [{ id: 'a', record: 'media.film', seconds: 1 }] }],
    ],
    lacking: [],
    references: ['media.film'],
    unsearched: true,
  },
  pledge: {
    whole: { title: '服务承诺', items: [ITEM], remedy: '打监督电话。' },
    title: '服务承诺',
    broken: [
      ['items', { items: [] }],
      ['items.0.id', { items: [{ ...ITEM, id: 'One' }] }],
    ],
    lacking: [[['没做到怎么办'], { remedy: '' }]],
  },
  'service-local': {
    whole: {
      service: 'service.legal-aid',
      station: '530102001',
      where: '二楼 3 号窗口',
      phone: '0871-0000-0000',
    },
    title: 'service.legal-aid',
    broken: [
      ['service', { service: 'notice.one' }],
      ['phone', { phone: '不知道' }],
      ['note', { note: '一'.repeat(121) }],
    ],
    lacking: [
      [['到哪里办'], { where: '' }],
      [['咨询电话'], { phone: undefined }],
    ],
    references: ['service.legal-aid'],
    unsearched: true,
  },
  'queue-plan': {
    whole: {
      station: '530102001',
      lines: [{ id: 'legal-aid', name: '法律援助', prefix: 'A', windows: ['w1'] }],
      priorities: [
        { id: 'old', name: '老年人', basis: 'law', law: BASIS, reason: '年满六十周岁，依法优先。' },
      ],
    },
    title: '排队叫号设置 530102001',
    broken: [
      ['lines', { lines: [] }],
      ['lines.0.prefix', { lines: [{ id: 'advice', name: '咨询', prefix: 'a', windows: ['w1'] }] }],
      [
        'lines',
        {
          lines: ['advice', 'notary'].map((id) => ({ id, name: id, prefix: 'A', windows: ['w1'] })),
        },
      ],
      [
        'lines',
        {
          lines: [
            { id: 'advice', name: '咨询', prefix: 'A', windows: ['w1'], also: ['notary'] },
            { id: 'notary', name: '公证', prefix: 'B', windows: ['w2'] },
          ],
        },
      ],
      [
        'priorities.0.law',
        { priorities: [{ id: 'old', name: '老年人', basis: 'law', reason: '依法优先' }] },
      ],
      [
        'priorities',
        {
          priorities: ['甲等', '乙等'].map((name) => ({ id: 'same', name, reason: '本站的规则' })),
        },
      ],
    ],
    lacking: [[['优先办理人群'], { priorities: [] }]],
    unsearched: true,
  },
  roster: {
    whole: { station: '530102001', title: '值班安排', shifts: [SHIFT, LEADER] },
    title: '值班安排',
    broken: [
      ['shifts', { shifts: [] }],
      ['shifts.0.to', { shifts: [{ ...SHIFT, to: '08:00' }] }],
      ['shifts.0.weekdays', { shifts: [{ ...SHIFT, weekdays: [] }] }],
      ['shifts.0.person', { shifts: [{ ...SHIFT, person: '李示例' }] }],
      ['shifts.0.monthly.nth.0', { shifts: [{ ...SHIFT, monthly: { nth: [6], weekday: 1 } }] }],
    ],
    lacking: [
      [['带班领导'], { shifts: [SHIFT] }],
      [['值班人员'], { shifts: [LEADER] }],
    ],
    references: ['person.li'],
  },
  service: {
    whole: {
      title: '申请法律援助',
      category: 'legal-aid',
      summary: '没钱请律师，可以免费请。',
      basis: BASIS,
      applicants: [ITEM],
      conditions: [ITEM],
      materials: [
        { id: 'form', name: '申请表', original: 'keep', copies: 0, sample: 'form-sample.aid' },
      ],
      steps: STEPS,
      timeLimit: { headline: '7 天', detail: '受理后 7 天内决定。' },
      fee: { headline: '免费', detail: '不收任何费用。' },
      feeBasis: { text: '法律援助法规定免费。' },
      quality: [ITEM],
      line: 'legal-aid',
      formSamples: ['form-sample.other'],
      words: ['免费律师', '法援'],
    },
    title: '申请法律援助',
    broken: [
      ['category', { category: 'banking' }],
      [
        'materials.0.original',
        { materials: [{ id: 'a', name: '证', original: 'maybe', copies: 0 }] },
      ],
      ['steps', { steps: { ...STEPS, edges: [STEPS.edges[0], STEPS.edges[0]] } }],
      ['fee.headline', { fee: { headline: '', detail: '无' } }],
      ['words', { words: ['法援'] }],
      ['facts', { facts: [1, 2, 3].map((at) => ({ id: `f${at}`, label: '派', value: '3 天' })) }],
    ],
    lacking: [
      [
        ['服务依据', '服务对象', '申请条件', '申请材料', '收费依据', '质量要求'],
        {
          basis: [],
          applicants: [],
          conditions: [],
          materials: [],
          feeBasis: { text: '' },
          quality: [],
        },
      ],
    ],
    references: ['form-sample.other', 'form-sample.aid'],
  },
  station: {
    whole: {
      code: '530102001',
      level: 'station',
      address: '华山南路 1 号',
      phone: '0871-12345678',
      windows: [{ id: 'w1', label: '1号窗口', name: '综合窗口', lines: ['advice'] }],
    },
    title: '530102001',
    broken: [
      ['code', { code: '53010' }],
      ['level', { level: 'palace' }],
      ['windows.0.lines', { windows: [{ id: 'w1', label: '1', name: '综合', lines: [] }] }],
    ],
    lacking: [[['地址', '电话', '窗口'], { address: undefined, phone: undefined, windows: [] }]],
  },
  synonym: {
    whole: { everyday: ['讨薪'], legal: ['劳动报酬'] },
    title: '讨薪',
    broken: [
      ['everyday', { everyday: [] }],
      ['legal', { legal: [] }],
    ],
    lacking: [],
    unsearched: true,
  },
  triage: {
    whole: {
      title: '我该找谁',
      topic: 'work',
      start: 'what',
      questions: [
        {
          id: 'what',
          question: '您遇到了什么事？',
          options: [
            { id: 'wage', text: '欠薪', next: 'aid' },
            { id: 'other', text: '别的', next: 'aid' },
          ],
        },
      ],
      outcomes: [TRIAGE_END],
      words: ['欠薪', '讨薪'],
    },
    title: '我该找谁',
    broken: [
      ['', { start: 'nowhere' }],
      ['', { outcomes: [{ ...TRIAGE_END, urgent: '' }] }],
      ['questions', { questions: [] }],
      ['outcomes.0.level', { outcomes: [{ ...TRIAGE_END, level: 'moon' }] }],
    ],
    lacking: [
      [['每个结果的期限和依据'], { outcomes: [{ ...TRIAGE_END, deadlines: [] }] }],
      [['群众的说法'], { words: [] }],
    ],
    references: ['service.aid', 'form-sample.aid'],
  },
};
