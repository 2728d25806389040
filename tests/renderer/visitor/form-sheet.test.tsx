import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { FormBlock, FormSampleBody } from '#shared/content/kinds/form-sample.ts';
import { readRecords } from '#station/packs/records.ts';
import { FormSheet } from '../../../src/renderer/visitor/pages/form-sheet.tsx';
import { draw } from '../draw.tsx';

const STARTER = join(import.meta.dirname, '../../../assets/starter');
const forms = readRecords([STARTER], '某某司法局')
  .records.filter(({ record }) => record.kind === 'form-sample')
  .map(({ record }) => ({ id: record.id, form: record.body as FormSampleBody }));

/** All printed words of a form, without what is written into it. */
function printed(block: FormBlock): string[] {
  switch (block.type) {
    case 'heading':
    case 'note':
      return [block.text];
    case 'paragraph':
      return block.text.split(/\{\{[a-z0-9-]+\}\}/);
    case 'fields':
    case 'signature':
      return block.fields.map((field) => field.label);
    case 'choice':
      return [block.label, ...block.options.map((option) => option.text)];
    case 'table':
      return [block.label, ...block.columns.map((column) => column.label)];
  }
}

/** What is written into a form: texts, and the words of chosen options. */
function written(form: FormSampleBody): string[] {
  return Object.entries(form.example).flatMap(([id, value]) => {
    const block = form.blocks.find((candidate) => candidate.id === id);
    if (block?.type !== 'choice') return [value].flat(2);
    return block.options
      .filter((option) => [value].flat(2).includes(option.id))
      .map((option) => `☑ ${option.text}`);
  });
}

const plain = (text: string) => text.replace(/\s+/g, '');

async function textOf(form: FormSampleBody, filled: boolean): Promise<string> {
  const { container } = await draw(<FormSheet form={form} filled={filled} />, {
    session: { language: 'x-rtl' },
  });
  return plain(container.textContent);
}

describe('the forms of the starter pack', () => {
  it('are there', () => {
    expect(forms.length).toBeGreaterThan(20);
  });

  for (const { id, form } of forms) {
    it(`show every field when blank: ${id}`, async () => {
      const text = await textOf(form, false);
      for (const words of form.blocks.flatMap(printed)) expect(text).toContain(plain(words));
      expect(text).not.toContain('☑');
    });

    it(`show every field and all that is written when filled: ${id}`, async () => {
      const text = await textOf(form, true);
      for (const words of [...form.blocks.flatMap(printed), ...written(form)])
        expect(text).toContain(plain(words));
    });
  }
});

describe('a form', () => {
  it('is Chinese and runs from left to right in every language', async () => {
    const { getByRole } = await draw(<FormSheet form={forms[0]?.form as FormSampleBody} filled />, {
      session: { language: 'x-rtl' },
    });
    expect(getByRole('article')).toMatchObject({ lang: 'zh-CN', dir: 'ltr' });
  });
});
