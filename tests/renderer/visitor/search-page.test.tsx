import { screen } from '@testing-library/react';
import { expect, it, vi } from 'vitest';
import type { SearchAnswer } from '#shared/contract/search.ts';
import { KeyboardScope } from '../../../src/renderer/keyboard/keyboard-scope.tsx';
import { SearchPage } from '../../../src/renderer/visitor/pages/search.tsx';
import { draw } from '../draw.tsx';

const NOTHING: SearchAnswer = {
  ...{ groups: [], understood: [], next: [{ type: 'staff' }], complete: true },
};

it('asks again while the search is still being laid out, so that nobody is left with too little', async () => {
  const query = vi
    .fn<() => Promise<SearchAnswer>>()
    .mockResolvedValueOnce({ ...NOTHING, complete: false })
    .mockResolvedValue(NOTHING);
  const page = (
    <KeyboardScope>
      <SearchPage text="老板不给工资" />
    </KeyboardScope>
  );
  await draw(page, { answers: { 'search.query': query } });
  expect(await screen.findByText(/新内容还在整理/)).toBeTruthy();
  await expect.poll(() => screen.queryByText(/新内容还在整理/), { timeout: 10_000 }).toBeNull();
  expect(query).toHaveBeenCalledTimes(2);
});
