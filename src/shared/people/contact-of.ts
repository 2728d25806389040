import type { PersonBody } from '../content/kinds/person.ts';
import type { Contact } from './vcard.ts';

/** What is known of a person's surroundings when a card is made. */
export interface ContactPlace {
  /** Names of the places that the person serves. */
  readonly serves: readonly string[];
  readonly address?: string | undefined;
  readonly url?: string | undefined;
}

/** A note longer than this makes a QR code that phones read only from close by. */
const MOST_LINES = 4;

/** A person's contact card: in Chinese, the language of record, and marked where it is a sample. */
export function contactOf(person: PersonBody, place: ContactPlace): Contact {
  return {
    name: person.name,
    title: person.title,
    organisation: person.organisation,
    phone: person.phone,
    address: place.address,
    url: place.url,
    note: [
      ...(person.sample ? ['示例人员，不是真人'] : []),
      ...(place.serves.length === 0 ? [] : [`服务：${someOf(place.serves)}`]),
      ...(person.specialties.length === 0 ? [] : [`擅长：${person.specialties.join('、')}`]),
      ...person.hours.slice(0, MOST_LINES).map((line) => line.text),
      '公共法律服务热线 12348',
    ],
  };
}

/** The first few names, and how many there are in all. */
export function someOf(names: readonly string[]): string {
  return names.length <= MOST_LINES
    ? names.join('、')
    : `${names.slice(0, MOST_LINES - 1).join('、')}等 ${names.length} 处`;
}
