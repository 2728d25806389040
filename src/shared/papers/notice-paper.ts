import type { Citation } from '../content/citation.ts';
import type { Material, ServiceBody } from '../content/kinds/service.ts';
import type { PaperBlock, PaperCheck, PaperDocument, PaperField } from './paper-document.ts';
import { stepList } from './step-list.ts';
import { type NoticePlace, takeawayText } from './takeaway-text.ts';

/** What the printed notice says beyond what fits a QR code. */
export interface PrintedNoticePlace extends NoticePlace {
  readonly address?: string | undefined;
  /** Where to complain: "12345 政务服务便民热线". */
  readonly complaint?: string | undefined;
}

/** The one-time notice (一次性告知单) of a guide: everything that a visitor has to know and bring, told once. */
export function noticePaper(guide: ServiceBody, place: PrintedNoticePlace): PaperDocument {
  return {
    title: '一次性告知单',
    subtitle: guide.title,
    sample: false,
    blocks: [
      { type: 'fields', columns: 2, fields: placeFields(guide, place) },
      ...section('请注意', note(guide.urgent ?? '')),
      ...section('一、谁可以申请', list(guide.applicants.map((item) => item.text))),
      ...section('二、申请条件', list(guide.conditions.map((item) => item.text))),
      ...section('三、要带的材料（备好一样勾一样）', [
        { type: 'checklist', items: guide.materials.map(checkOf) },
      ]),
      ...section('四、办理流程', [{ type: 'steps', steps: stepList(guide.steps) }]),
      ...section('五、时限和收费', [{ type: 'fields', columns: 1, fields: terms(guide) }]),
      ...section('六、服务依据', note(byLaw(guide.basis))),
      ...closing(guide, place),
    ],
    foot: `${place.station} ${place.date} · 以窗口告知为准`,
  };
}

function placeFields(guide: ServiceBody, place: PrintedNoticePlace): PaperField[] {
  const windows = place.windows.join('、') || (place.above ?? '请向工作人员询问');
  return [
    field('告知单位', place.station),
    field('告知日期', place.date),
    field('办理窗口', windows),
    field('收费', guide.fee.headline),
    ...(place.phone === undefined ? [] : [field('本站电话', place.phone)]),
    field('时限', guide.timeLimit.headline),
    field('咨询电话', '12348'),
    ...(place.complaint === undefined ? [] : [field('投诉监督', place.complaint)]),
    ...(place.address === undefined ? [] : [field('地址', place.address)]),
  ];
}

function terms(guide: ServiceBody): PaperField[] {
  return [
    field('办理时限', withSources(guide.timeLimit.detail, guide.timeLimit.basis)),
    field('收费标准', guide.fee.detail),
    field('收费依据', withSources(guide.feeBasis.text, guide.feeBasis.basis)),
  ].filter((term) => term.value !== '');
}

function closing(guide: ServiceBody, place: PrintedNoticePlace): PaperBlock[] {
  return [
    {
      type: 'qr',
      text: takeawayText(guide, place),
      captions: [
        '手机扫一扫，带走这份清单，不用上网。',
        '本告知单供您准备材料用，以窗口告知为准。',
        '不会填、走不开、看不清，都可以打 12348 或者问工作人员。',
      ],
    },
  ];
}

function section(text: string, blocks: readonly PaperBlock[]): PaperBlock[] {
  return blocks.length === 0 ? [] : [{ type: 'heading', text }, ...blocks];
}

function list(items: readonly string[]): PaperBlock[] {
  const said = items.filter((item) => item !== '');
  return said.length === 0 ? [] : [{ type: 'list', items: said }];
}

const ORIGINALS = { show: '原件看后还给您', keep: '原件交窗口', none: '' } as const;

function note(text: string): PaperBlock[] {
  return text === '' ? [] : [{ type: 'note', text }];
}

function checkOf(material: Material): PaperCheck {
  const papers = [
    ORIGINALS[material.original],
    material.copies > 0 ? `复印件${material.copies}份` : '',
  ].filter((part) => part !== '');
  return {
    text: material.name,
    details: [
      ...(papers.length === 0 ? [] : [`${papers.join('，')}。`]),
      ...(material.when === undefined ? [] : [`什么时候要带：${material.when}。`]),
      ...(material.note === undefined ? [] : [material.note]),
    ],
  };
}

function withSources(text: string, basis: readonly Citation[]): string {
  const sources = byLaw(basis);
  return text === '' || sources === '' ? `${text}${sources}` : `${text}（${sources}）`;
}

/** Citations with each law named once: 《法律援助法》第三十一条第五项、第三十八条；《劳动合同法》第三十条. */
function byLaw(basis: readonly Citation[]): string {
  const laws = new Map<string, string[]>();
  for (const { law, article } of basis)
    laws.set(law, [...(laws.get(law) ?? []), ...(article === undefined ? [] : [article])]);
  return [...laws].map(([law, articles]) => `《${law}》${articles.join('、')}`).join('；');
}

function field(label: string, value: string): PaperField {
  return { label, lines: 1, value };
}
