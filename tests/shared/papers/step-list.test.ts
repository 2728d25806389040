import { expect, test } from 'vitest';
import { stepList } from '#shared/papers/step-list.ts';

const flow = {
  nodes: [
    {
      id: 'apply',
      title: '申请',
      detail: '带材料来。',
      actor: 'you' as const,
      kind: 'start' as const,
    },
    { id: 'complete', title: '材料齐不齐', actor: 'window' as const, kind: 'decision' as const },
    { id: 'fetch', title: '补材料', actor: 'you' as const, kind: 'step' as const },
    { id: 'done', title: '办好', actor: 'body' as const, kind: 'end' as const },
  ],
  edges: [
    { from: 'apply', to: 'complete' },
    { from: 'complete', to: 'done', when: '齐了' },
    { from: 'complete', to: 'fetch', when: '缺材料' },
    { from: 'fetch', to: 'complete' },
  ],
};

test('tells a flow chart in words: branches by their case, jumps by their number', () => {
  expect(stepList(flow)).toEqual([
    { number: 1, title: '申请（您）', details: ['带材料来。'] },
    { number: 2, title: '材料齐不齐（窗口）', details: ['齐了：到第4步；缺材料：到第3步。'] },
    { number: 3, title: '补材料（您）', details: ['接着到第2步。'] },
    { number: 4, title: '办好（办理机关）', details: ['到此结束。'] },
  ]);
});
