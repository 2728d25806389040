import type { KindName } from '../content/kinds/index.ts';
import type { EditField, EditForm, EditOption } from './edit-field.ts';
import { DUTY_NAMES, HELP_NAMES, LANGUAGE_NAMES, ROLE_NAMES } from './value-names.ts';

const DISTRICT = '由区县统一设置，要改请联系区县';

const options = (labels: Readonly<Record<string, string>>): EditOption[] =>
  Object.entries(labels).map(([value, label]) => ({ value, label }));

const text = (at: string, label: string, hint?: string): EditField => ({
  at,
  label,
  input: { type: 'text' },
  ...(hint === undefined ? {} : { hint }),
});
const longText = (at: string, label: string, hint?: string): EditField => ({
  ...text(at, label, hint),
  input: { type: 'text', isLong: true },
});
const phone = (label: string): EditField => ({
  at: 'phone',
  label,
  input: { type: 'text', keys: 'digits' },
  hint: '数字和短横线，例如 0871-12345678',
});
const time = (at: string, label: string): EditField => ({ at, label, input: { type: 'time' } });
const sentences = (at: string, label: string, noun: string): EditField => ({
  at,
  label,
  input: { type: 'list', noun, hasIds: true, fields: [longText('text', noun)] },
});
const weekdays: EditField = { at: 'weekdays', label: '星期几', input: { type: 'weekdays' } };
const periods: EditField = {
  at: 'periods',
  label: '时间段',
  input: {
    type: 'list',
    noun: '时间段',
    hasIds: false,
    fields: [time('from', '开始'), time('to', '结束')],
  },
};
const web: EditField = {
  at: 'web',
  label: '网站',
  input: {
    type: 'group',
    fields: [
      text('name', '网站名称'),
      { at: 'url', label: '网址', input: { type: 'text', keys: 'latin' } },
    ],
  },
};
const person = (at: string, label: string): EditField => ({
  at,
  label,
  input: { type: 'reference', to: 'person' },
});

const ROLES = options(ROLE_NAMES);
const DUTIES = options(DUTY_NAMES);
const HELPS = options(HELP_NAMES);
const LANGUAGES = options(LANGUAGE_NAMES);
const NTH = [1, 2, 3, 4, 5].map((value) => ({
  value,
  label: `第${'一二三四五'[value - 1] ?? ''}个`,
}));
const WEEKDAYS = [1, 2, 3, 4, 5, 6, 7].map((value) => ({
  value,
  label: `星期${'一二三四五六日'[value - 1] ?? ''}`,
}));

/**
 * The forms for what a station may change itself, in the order in which staff read them. What is not here is the district's.
 * A test keeps them in step with the schemas of their kinds.
 */
export const EDIT_FORMS = [
  {
    kind: 'roster',
    mayAdd: true,
    begin: (station) => ({ station, title: '值班表', shifts: [], changes: [] }),
    fields: [
      text('title', '名称'),
      {
        at: 'shifts',
        label: '班次',
        input: {
          type: 'list',
          noun: '班次',
          hasIds: true,
          fields: [
            person('person', '谁值班'),
            { at: 'duty', label: '做什么', input: { type: 'choice', options: DUTIES } },
            { at: 'window', label: '在哪个窗口', input: { type: 'reference', to: 'window' } },
            time('from', '从几点'),
            time('to', '到几点'),
            { ...weekdays, label: '每周哪几天' },
            {
              at: 'monthly',
              label: '每月哪几天',
              input: {
                type: 'group',
                fields: [
                  { at: 'nth', label: '第几个', input: { type: 'choices', options: NTH } },
                  { at: 'weekday', label: '星期几', input: { type: 'choice', options: WEEKDAYS } },
                ],
              },
            },
            { at: 'dates', label: '指定日期', input: { type: 'dates' } },
            { at: 'whenClosed', label: '放假时也值班', input: { type: 'switch' } },
          ],
        },
      },
      {
        at: 'changes',
        label: '临时换班',
        input: {
          type: 'list',
          noun: '换班',
          hasIds: true,
          fields: [
            { at: 'date', label: '哪一天', input: { type: 'date' } },
            { at: 'shift', label: '哪个班', input: { type: 'reference', to: 'shift' } },
            { ...person('person', '换成谁'), hint: '不选就是这一班当天没有人' },
          ],
        },
      },
    ],
    untouched: ['station'],
  },
  {
    kind: 'hours',
    mayAdd: false,
    begin: (station) => ({ station, title: '服务时间', seasons: [], followsCalendar: true }),
    fields: [
      text('title', '名称'),
      {
        at: 'seasons',
        label: '开门时间',
        input: {
          type: 'list',
          noun: '时段',
          hasIds: true,
          fields: [
            { at: 'from', label: '每年从哪天起', input: { type: 'month-day' } },
            { at: 'to', label: '到哪天止', input: { type: 'month-day' } },
            weekdays,
            periods,
          ],
        },
      },
      { at: 'followsCalendar', label: '节假日休息，调休日上班', input: { type: 'switch' } },
      {
        at: 'exceptions',
        label: '特别的日子',
        input: {
          type: 'list',
          noun: '特别的日子',
          hasIds: true,
          fields: [
            { at: 'date', label: '哪一天', input: { type: 'date' } },
            text('reason', '原因'),
            { ...periods, hint: '没有时间段就是当天不开门' },
          ],
        },
      },
      longText('note', '说明'),
    ],
    untouched: ['station'],
  },
  {
    kind: 'notice',
    mayAdd: true,
    begin: () => ({ title: '', text: '', group: 'station', important: false }),
    fields: [
      text('title', '标题'),
      longText('text', '正文'),
      {
        at: 'group',
        label: '类别',
        input: {
          type: 'choice',
          options: options({
            station: '本站通知',
            event: '活动',
            policy: '惠民政策',
            law: '法律变化',
          }),
        },
      },
      { at: 'important', label: '重要，放在最前面', input: { type: 'switch' } },
    ],
    untouched: [],
  },
  {
    kind: 'pledge',
    mayAdd: true,
    begin: () => ({ title: '', items: [], remedy: '' }),
    fields: [
      text('title', '名称'),
      sentences('items', '承诺内容', '承诺'),
      longText('remedy', '没做到怎么办', '告诉群众找谁、打哪个电话'),
    ],
    untouched: ['order'],
  },
  {
    kind: 'station',
    mayAdd: false,
    begin: () => ({}),
    fields: [
      text('address', '地址'),
      phone('电话'),
      longText('gettingThere', '怎么来'),
      { at: 'barrierFree', label: '无障碍设施', input: { type: 'texts' } },
      {
        at: 'windows',
        label: '窗口',
        input: {
          type: 'list',
          noun: '窗口',
          hasIds: true,
          isFixed: true,
          fields: [
            text('label', '窗口牌'),
            text('name', '办什么'),
            { at: 'accessible', label: '低位窗口，轮椅可用', input: { type: 'switch' } },
          ],
        },
      },
      { ...web, locked: DISTRICT },
      { at: 'place', label: '位置名', input: { type: 'text' }, locked: DISTRICT },
      { at: 'serves', label: '另外服务的区域', input: { type: 'texts' }, locked: DISTRICT },
    ],
    untouched: ['code', 'level', 'floorPlan'],
  },
  {
    kind: 'hotline',
    mayAdd: true,
    begin: () => ({ name: '', number: '', group: 'other', what: '', when: '工作时间' }),
    fields: [
      text('name', '名称'),
      { at: 'number', label: '号码', input: { type: 'text', keys: 'digits' } },
      {
        at: 'group',
        label: '类别',
        input: {
          type: 'choice',
          options: options({
            legal: '法律服务',
            government: '政务',
            emergency: '紧急求助',
            supervision: '监督投诉',
            other: '其他',
          }),
        },
      },
      longText('what', '能办什么'),
      text('when', '接听时间'),
      text('cost', '费用'),
      longText('how', '接通以后怎么说'),
      web,
    ],
    untouched: ['order'],
  },
  {
    kind: 'person',
    mayAdd: true,
    begin: (station) => ({ name: '', role: 'staff', title: '', serves: [station] }),
    fields: [
      text('name', '姓名'),
      { at: 'role', label: '身份', input: { type: 'choice', options: ROLES } },
      text('title', '职务'),
      text('organisation', '单位'),
      phone('联系电话'),
      { at: 'specialties', label: '擅长', input: { type: 'texts' } },
      { at: 'languages', label: '会说', input: { type: 'choices', options: LANGUAGES } },
      text('grade', '等级'),
      sentences('duties', '职责', '职责'),
      { at: 'helps', label: '能帮群众做什么', input: { type: 'choices', options: HELPS } },
      sentences('hours', '服务时间', '服务时间'),
      { at: 'sample', label: '这是示例，不是真人', input: { type: 'switch' } },
    ],
    untouched: ['serves'],
  },
  {
    kind: 'service-local',
    mayAdd: true,
    begin: (station) => ({ service: '', station }),
    fields: [
      { at: 'service', label: '哪一份指南', input: { type: 'reference', to: 'guide' } },
      text('where', '到哪里办'),
      phone('咨询电话'),
      text('when', '什么时候办'),
      longText('note', '本站提醒'),
    ],
    untouched: ['station'],
  },
] as const satisfies readonly (EditForm & { readonly kind: KindName })[];

/** Kinds of which a station changes its own records. */
export type EditableKind = (typeof EDIT_FORMS)[number]['kind'];

export const EDITABLE_KINDS = EDIT_FORMS.map(({ kind }) => kind);

/** The form for a kind; undefined for one that is the district's alone. */
export function formFor(kind: string): EditForm | undefined {
  return EDIT_FORMS.find((form) => form.kind === kind);
}
