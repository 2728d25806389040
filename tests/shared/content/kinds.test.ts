import { describe, expect, test } from 'vitest';
import type { ContentRecord } from '#shared/content/envelope.ts';
import { completenessOf, formatCompleteness, scopeFault } from '#shared/content/kind.ts';
import {
  CONTENT_KINDS,
  isKindName,
  type KindName,
  kindNamed,
} from '#shared/content/kinds/index.ts';
import { KIND_CASES } from './kind-cases.ts';

const NAMES = Object.keys(CONTENT_KINDS).filter(isKindName);

function recordOf(kind: KindName, body: unknown, scope = '00'): ContentRecord {
  return {
    id: `${kind}.one`,
    kind,
    scope,
    version: 1,
    effectiveFrom: '2026-11-01',
    source: '测试',
    responsibleBody: '测试',
    editor: '甲',
    reviewer: '乙',
    publishedAt: '2026-11-01T09:00:00+08:00',
    confirm: [],
    translations: {},
    body,
  };
}

test('every kind has its cases', () => {
  expect(Object.keys(KIND_CASES).toSorted()).toEqual(NAMES.toSorted());
});

test('a kind is listed under its own name', () => {
  for (const name of NAMES) expect(kindNamed(name).kind).toBe(name);
});

describe.each(NAMES)('%s', (name) => {
  const kind = kindNamed(name);
  const { whole, title, broken, lacking, references = [], unsearched = false } = KIND_CASES[name];

  test('a sound body passes and is complete', () => {
    const parsed = kind.body.safeParse(whole);
    expect(parsed.error?.issues).toBeUndefined();
    const { missing, present, total } = completenessOf(kind, recordOf(name, parsed.data));
    expect({ missing, present }).toEqual({ missing: [], present: total });
    expect(total).toBeGreaterThan(0);
  });

  test.each(broken)('a fault at "%s" is refused there', (field, change) => {
    const parsed = kind.body.safeParse({ ...whole, ...change });
    expect(parsed.error?.issues.map((issue) => issue.path.join('.'))).toContain(field);
  });

  test('a field that nobody knows is refused', () => {
    expect(kind.body.safeParse({ ...whole, surprise: 1 }).success).toBe(false);
  });

  test('what is missing is counted and named', () => {
    for (const [missing, change] of lacking) {
      const body = kind.body.parse({ ...whole, ...change });
      const completeness = completenessOf(kind, recordOf(name, body));
      expect(completeness.missing).toEqual(missing);
      const { total } = completeness;
      expect(formatCompleteness(completeness)).toBe(
        `${total - missing.length}/${total}，缺${missing.join('、')}`,
      );
    }
  });

  test('its title is found by search', () => {
    const body = kind.body.parse(whole);
    expect(kind.title(body)).toBe(title);
    const { title: searched, words } = kind.search(body);
    expect(searched === '' && words.length === 0).toBe(unsearched);
    expect(title).toContain(searched);
  });

  test('the records that it points to are told', () => {
    expect([...new Set(kind.references(kind.body.parse(whole)))]).toEqual(references);
  });
});

describe('where records may be published', () => {
  const at = (name: KindName, scope: string, body: unknown = { station: '530102001' }) =>
    scopeFault(kindNamed(name), recordOf(name, body, scope));

  test.each(['hours', 'roster', 'queue-plan'] as const)(
    '%s: only where its outlet sees it',
    (name) => {
      expect(at(name, '530102001')).toBeUndefined();
      expect(at(name, '530102')).toBeUndefined();
      expect(at(name, '00')).toMatch(/全国/);
      expect(at(name, '53')).toMatch(/全省/);
      expect(at(name, '530103')).toBe('范围 530103 里看不到网点 530102001');
      expect(at(name, '530102001007')).toMatch(/看不到网点/);
    },
  );

  test.each(['calendar', 'law', 'law-article', 'access-rule'] as const)(
    '%s: not below a district',
    (name) => {
      expect(at(name, '00')).toBeUndefined();
      expect(at(name, '530102')).toBeUndefined();
      expect(at(name, '530102001')).toMatch(/整个区县/);
      expect(at(name, '530102-J01')).toMatch(/整个区县/);
    },
  );

  test('a notice: anywhere', () => {
    for (const scope of ['00', '53', '530102001007', '530102001-J01'])
      expect(at('notice', scope)).toBeUndefined();
  });
});
