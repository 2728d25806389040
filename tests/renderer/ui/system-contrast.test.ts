import { expect, test } from 'vitest';
import { followSystemContrast } from '../../../src/renderer/ui/system-contrast.ts';

test('a page follows the wish for contrast of the computer on which it is shown, also when it changes', () => {
  let change = () => {};
  const wish = {
    matches: true,
    addEventListener: (_type: string, heard: () => void) => {
      change = heard;
    },
  };
  const root = document.documentElement;
  followSystemContrast({ document, matchMedia: () => wish } as unknown as Window);
  expect(root.dataset.contrast).toBe('more');
  wish.matches = false;
  change();
  expect(root.dataset.contrast).toBeUndefined();
});
