import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ContentRecord } from '#shared/content/envelope.ts';
import { danglingPaths, localiseRecord } from '#shared/content/localise.ts';

const BODY = {
  title: '申请法律援助',
  materials: [
    { id: 'id-card', name: '身份证', copies: 1 },
    { id: 'form', name: '申请表', copies: 2 },
  ],
  steps: {
    nodes: [{ id: 'start', title: '开始' }],
    edges: [{ from: 'start', to: 'end', when: '材料齐全' }],
  },
};

const PATHS = [
  'title',
  'materials.id-card.name',
  'materials.form.name',
  'steps.nodes.start.title',
  'steps.edges.start>end.when',
];

/** Paths that lead to no text; none may do harm. */
const LOST = [
  'subtitle',
  'materials',
  'materials.id-card.copies',
  'materials.0.name',
  'materials.none.name',
  'title.length',
  '__proto__.polluted',
  'constructor.name',
  '',
];

function record(fields: Record<string, string>, reviewed = true): ContentRecord<typeof BODY> {
  return {
    id: 'service.test',
    kind: 'service',
    scope: '00',
    version: 1,
    effectiveFrom: '2026-11-01',
    source: '测试',
    responsibleBody: '测试',
    editor: '甲',
    reviewer: '乙',
    publishedAt: '2026-11-01T09:00:00+08:00',
    confirm: [],
    translations: { en: { reviewed, fields } },
    body: structuredClone(BODY),
  };
}

const fields = fc.dictionary(fc.constantFrom(...PATHS, ...LOST), fc.string({ minLength: 1 }));

describe('a record in another language', () => {
  test('has each translated text in its place', () => {
    const translated = record({
      title: 'Legal aid',
      'materials.form.name': 'Form',
      'steps.edges.start>end.when': 'complete',
    });
    const { body, language } = localiseRecord(translated, 'en');
    expect(language).toBe('own');
    expect(body.title).toBe('Legal aid');
    expect(body.materials.map((material) => material.name)).toEqual(['身份证', 'Form']);
    expect(body.steps.edges[0]?.when).toBe('complete');
  });

  test('stays Chinese where nothing is translated, and says so', () => {
    expect(localiseRecord(record({ title: 'Legal aid' }), 'bo-CN')).toEqual({
      body: BODY,
      language: 'chinese',
    });
    expect(localiseRecord(record({ title: 'Legal aid' }), 'zh-CN')).toEqual({
      body: BODY,
      language: 'own',
    });
    expect(localiseRecord(record({ title: 'Legal aid' }, false), 'en').language).toBe('draft');
  });

  test('keeps its form: only texts that were there change', () => {
    fc.assert(
      fc.property(fields, (texts) => {
        const { body } = localiseRecord(record(texts), 'en');
        const value = (path: string) => (Object.hasOwn(texts, path) ? texts[path] : undefined);
        expect(body).toEqual({
          title: value('title') ?? BODY.title,
          materials: BODY.materials.map((material) => ({
            ...material,
            name: value(`materials.${material.id}.name`) ?? material.name,
          })),
          steps: {
            nodes: [{ id: 'start', title: value('steps.nodes.start.title') ?? '开始' }],
            edges: [
              { from: 'start', to: 'end', when: value('steps.edges.start>end.when') ?? '材料齐全' },
            ],
          },
        });
        expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false);
      }),
    );
  });

  test('is the same when translated twice', () => {
    fc.assert(
      fc.property(fields, (texts) => {
        const once = localiseRecord(record(texts), 'en').body;
        const twice = localiseRecord({ ...record(texts), body: once }, 'en').body;
        expect(twice).toEqual(once);
      }),
    );
  });

  test('leaves the record itself as it was', () => {
    fc.assert(
      fc.property(fields, (texts) => {
        const original = record(texts);
        const before = structuredClone(original);
        localiseRecord(original, 'en');
        expect(original).toEqual(before);
      }),
    );
  });
});

test('paths that lead to no text are found', () => {
  const texts = Object.fromEntries([...PATHS, ...LOST].map((path) => [path, 'x']));
  expect(danglingPaths({ body: BODY }, texts)).toEqual(
    Object.keys(texts).filter((path) => LOST.includes(path)),
  );
});
