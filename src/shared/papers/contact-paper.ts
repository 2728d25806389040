import type { PersonBody } from '../content/kinds/person.ts';
import { contactOf, someOf } from '../people/contact-of.ts';
import { plainName } from '../people/plain-name.ts';
import { vcard } from '../people/vcard.ts';
import type { PaperBlock, PaperDocument, PaperField } from './paper-document.ts';

/** What the printed card says beyond the person's own record. */
export interface ContactPaperPlace {
  /** The station that gives it. */
  readonly station: string;
  readonly date: string;
  readonly serves: readonly string[];
  readonly address?: string | undefined;
  readonly url?: string | undefined;
  /** The next turns, each as one line. */
  readonly next: readonly string[];
}

/** A person's contact card on paper, with the same as a QR code for a phone's address book. */
export function contactPaper(person: PersonBody, place: ContactPaperPlace): PaperDocument {
  return {
    title: '联系卡',
    subtitle: plainName(person.name),
    sample: person.sample,
    blocks: [
      { type: 'fields', columns: 1, fields: fieldsOf(person, place) },
      ...section(
        '能帮您什么',
        person.duties.map((duty) => duty.text),
      ),
      ...section('接下来在哪里', place.next),
      {
        type: 'qr',
        text: vcard(contactOf(person, place), '3.0'),
        captions: [
          '手机扫一扫，存进通讯录，不用上网。',
          '来之前先打个电话，免得白跑。',
          '找不到人，可以打 12348。',
        ],
      },
    ],
    foot: `${place.station} ${place.date} · 以现场公布的值班安排为准`,
  };
}

function fieldsOf(person: PersonBody, place: ContactPaperPlace): PaperField[] {
  return [
    field('身份', person.title),
    field('单位', person.organisation),
    field('电话', person.phone ?? '请问工作人员'),
    field('服务的地方', someOf(place.serves)),
    field('擅长', person.specialties.join('、')),
    field('服务时间', person.hours.map((line) => line.text).join('；')),
    field('地址', place.address ?? ''),
  ].filter(({ value }) => value !== '');
}

function field(label: string, value: string): PaperField {
  return { label, lines: 1, value };
}

function section(text: string, items: readonly string[]): PaperBlock[] {
  return items.length === 0
    ? []
    : [
        { type: 'heading', text },
        { type: 'list', items },
      ];
}
