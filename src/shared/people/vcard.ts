import { plainName } from './plain-name.ts';

/** What a contact card says, for a phone's address book. */
export interface Contact {
  readonly name: string;
  readonly title: string;
  readonly organisation: string;
  /** As the pages show it: digits, hyphens, and stars where a private number is masked. */
  readonly phone?: string | undefined;
  readonly address?: string | undefined;
  readonly url?: string | undefined;
  /** Lines of plain text. */
  readonly note: readonly string[];
}

export type VcardVersion = '3.0' | '4.0';

/** Octets that a line may have before it is folded (RFC 6350 section 3.2; RFC 2425 section 5.8.1 for version 3.0). */
const LINE_OCTETS = 75;

/**
 * A vCard as RFC 6350 (4.0) or RFC 2426 (3.0) writes it, with CRLF at the end of each line. Most phones read 3.0 from a
 * QR code. A masked number cannot be dialled and is left to the note. A Chinese name is not cut into family and given name:
 * nobody can tell where.
 */
export function vcard(contact: Contact, version: VcardVersion): string {
  const name = plainName(contact.name);
  const lines = [
    'BEGIN:VCARD',
    `VERSION:${version}`,
    `N:${escaped(name)};;;;`,
    `FN:${escaped(name)}`,
    ...(contact.organisation === '' ? [] : [`ORG:${escaped(plainName(contact.organisation))}`]),
    `TITLE:${escaped(plainName(contact.title))}`,
    ...phoneLines(contact.phone, version),
    ...(contact.address === undefined
      ? []
      : [`ADR${typed('work', version)}:;;${escaped(plainName(contact.address))};;;;`]),
    ...(contact.url === undefined ? [] : [`URL:${contact.url}`]),
    ...noteLines(contact),
    'END:VCARD',
  ];
  return lines.map((line) => `${folded(line)}\r\n`).join('');
}

/** Whether a number can be dialled as it stands: not one that is masked (138****0001). */
export function isDialable(phone: string): boolean {
  return /^[0-9][0-9-]*$/.test(phone);
}

function phoneLines(phone: string | undefined, version: VcardVersion): string[] {
  if (phone === undefined || !isDialable(phone)) return [];
  return version === '3.0'
    ? [`TEL;TYPE=WORK,VOICE:${phone}`]
    : [`TEL;VALUE=uri;TYPE="work,voice":tel:${phone};phone-context=+86`];
}

function noteLines({ note, phone }: Contact): string[] {
  const masked = phone !== undefined && !isDialable(phone) ? [`电话 ${phone}`] : [];
  const text = [...masked, ...note.map(plainName)].filter((line) => line !== '').join('\n');
  return text === '' ? [] : [`NOTE:${escaped(text)}`];
}

function typed(type: string, version: VcardVersion): string {
  return `;TYPE=${version === '3.0' ? type.toUpperCase() : type}`;
}

/** Backslash, comma, semicolon and line break are written with a backslash (RFC 6350 section 3.4). */
function escaped(text: string): string {
  return text.replace(/[\\,;]/g, '\\$&').replace(/\r\n|\r|\n/g, '\\n');
}

/** Breaks a line after at most 75 octets, never within a character; a space begins each line that goes on. */
function folded(line: string): string {
  const lines: string[] = [];
  let current = '';
  let octets = 0;
  for (const character of line) {
    const size = octetsOf(character);
    if (octets + size > LINE_OCTETS) {
      lines.push(current);
      current = ' ';
      octets = 1;
    }
    current += character;
    octets += size;
  }
  return [...lines, current].join('\r\n');
}

function octetsOf(character: string): number {
  const point = character.codePointAt(0) ?? 0;
  return point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
}
