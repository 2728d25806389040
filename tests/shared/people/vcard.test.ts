import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { plainName } from '#shared/people/plain-name.ts';
import { type Contact, isDialable, vcard } from '#shared/people/vcard.ts';

const CARD: Contact = {
  name: '李示例',
  title: '值班律师',
  organisation: '示例律师事务所',
  phone: '0871-0000-0020',
  note: ['每周三 9:00–12:00', '热线 12348'],
};

/** Reads a card back as a phone does: unfolded, then by line, then without its backslashes. */
function read(card: string): ReadonlyMap<string, string> {
  const lines = card.replaceAll('\r\n ', '').split('\r\n').slice(0, -1);
  return new Map(
    lines.map((line) => {
      const [, name = '', value = ''] = /^([^:]+):([\s\S]*)$/.exec(line) ?? [];
      return [
        name,
        value.replace(/\\(.)/g, (_all, next: string) => (next === 'n' ? '\n' : next)),
      ] as const;
    }),
  );
}

const octets = (text: string) => new TextEncoder().encode(text).length;

describe.each(['3.0', '4.0'] as const)('a vCard %s', (version) => {
  test('says who, what, where and when', () => {
    const fields = read(vcard(CARD, version));
    expect(fields.get('VERSION')).toBe(version);
    expect(fields.get('FN')).toBe('李示例');
    expect(fields.get('N')).toBe('李示例;;;;');
    expect(fields.get('NOTE')).toBe('每周三 9:00–12:00\n热线 12348');
  });

  test('has a number to dial, and never a masked one', () => {
    expect(vcard(CARD, version)).toMatch(/^TEL;[^\r\n]*0871-0000-0020/m);
    const masked = vcard({ ...CARD, phone: '138****0001' }, version);
    expect(masked).not.toMatch(/^TEL/m);
    expect(read(masked).get('NOTE')).toContain('138****0001');
  });

  test('survives any text: what is written is what a phone reads, in lines of at most 75 octets', () => {
    const text = fc.string({ unit: 'binary', maxLength: 120 });
    fc.assert(
      fc.property(text, text, fc.array(text, { maxLength: 3 }), (name, organisation, note) => {
        const card = vcard({ ...CARD, name, organisation, note }, version);
        for (const line of card.split('\r\n')) expect(octets(line)).toBeLessThanOrEqual(75);
        const fields = read(card);
        expect(fields.get('FN')).toBe(plainName(name));
        expect(fields.get('ORG') ?? '').toBe(plainName(organisation));
        const lines = note.map(plainName).filter((line) => line !== '');
        expect(fields.get('NOTE') ?? '').toBe(lines.join('\n'));
        expect([...fields.keys()].filter((key) => key.startsWith('BEGIN'))).toHaveLength(1);
      }),
    );
  });
});

test('a name loses what would turn around the text beside it, and nothing else', () => {
  expect(plainName('王\u202e示例\u2066 ')).toBe('王 示例');
  expect(plainName('ئەخمەت\u200cجان')).toBe('ئەخمەت\u200cجان');
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (name) => {
      expect(plainName(name)).not.toMatch(/[\p{Bidi_Control}\p{Cc}]/u);
      expect(plainName(plainName(name))).toBe(plainName(name));
    }),
  );
});

test('only digits and hyphens can be dialled', () => {
  expect(['12348', '0909-000-0020', '138****0001', '-1', ''].map(isDialable)).toEqual([
    true,
    true,
    false,
    false,
    false,
  ]);
});
