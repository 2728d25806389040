import { expect, test } from 'vitest';
import type { FormSampleBody } from '#shared/content/kinds/form-sample.ts';
import { formPaper } from '#shared/papers/form-paper.ts';

const form: FormSampleBody = {
  title: '示范表',
  purpose: '试一试表格的各种部分。',
  hints: [{ id: 'h', text: '用黑笔写。' }],
  blocks: [
    {
      type: 'paragraph',
      id: 'p',
      text: '我叫{{name}}。',
      fields: [{ id: 'name', label: '姓名', lines: 1 }],
    },
    {
      type: 'choice',
      id: 'kind',
      label: '哪一种',
      multiple: true,
      options: [
        { id: 'a', text: '甲' },
        { id: 'b', text: '乙' },
      ],
    },
    {
      type: 'table',
      id: 'list',
      label: '清单',
      columns: [
        { id: 'x', label: '名称' },
        { id: 'y', label: '份数' },
      ],
      rows: 3,
    },
  ],
  example: { name: '王示例', kind: ['b'], list: [['身份证', '1']] },
  words: [],
  order: 1,
};
const place = { station: '示例站', date: '2026-11-23' };

test('a blank form has the blanks and none of the example', () => {
  const paper = formPaper(form, place, { filled: false });
  expect(paper.sample).toBe(false);
  expect(JSON.stringify(paper)).not.toContain('王示例');
  expect(paper.blocks[0]).toEqual({
    type: 'paragraph',
    parts: ['我叫', { label: '姓名', lines: 1, value: undefined }, '。'],
  });
  expect(paper.blocks[2]).toMatchObject({
    rows: [
      ['', ''],
      ['', ''],
      ['', ''],
    ],
  });
});

test('a filled form is marked as an example and has its values, choices and rows', () => {
  const paper = formPaper(form, place, { filled: true });
  expect(paper.sample).toBe(true);
  expect(paper.blocks[0]).toMatchObject({ parts: ['我叫', { value: '王示例' }, '。'] });
  expect(paper.blocks[1]).toMatchObject({
    options: [
      { text: '甲', chosen: false },
      { text: '乙', chosen: true },
    ],
  });
  expect(paper.blocks[2]).toMatchObject({
    rows: [
      ['身份证', '1'],
      ['', ''],
      ['', ''],
    ],
  });
});

test('blank and filled forms give a column the same room', () => {
  const room = (filled: boolean) =>
    formPaper(form, place, { filled }).blocks.flatMap((block) =>
      block.type === 'table' ? block.room : [],
    );
  expect(room(true)).toEqual(room(false));
});
