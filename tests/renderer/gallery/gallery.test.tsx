import { globSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { cleanup, render } from '@testing-library/react';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { Gallery } from '../../../src/renderer/gallery/gallery.tsx';
import { startI18n } from '../../../src/renderer/i18n/i18n.ts';

const RENDERER = join(import.meta.dirname, '../../../src/renderer');
const specimens = globSync('gallery/{*,specimens/*}.tsx', { cwd: RENDERER })
  .map((path) => readFileSync(join(RENDERER, path), 'utf8'))
  .join('\n');

globalThis.ResizeObserver ??= class {
  observe() {}
  unobserve() {}
  disconnect() {}
};

afterEach(() => {
  cleanup();
  window.location.hash = '';
  vi.restoreAllMocks();
});

describe('the gallery', () => {
  it('shows every component of the design system', () => {
    // Everything that can be touched is a pressable, and every sheet opens whole; neither is anything to see by itself.
    const components = globSync('ui/*.tsx', { cwd: RENDERER })
      .map((path) => basename(path))
      .filter((name) => name !== 'pressable.tsx' && name !== 'whole.tsx');
    expect(components.filter((name) => !specimens.includes(`/ui/${name}'`))).toEqual([]);
  });

  for (const hash of ['', 'language=en&zoom=1.5', 'language=x-rtl&zoom=2&contrast=more&panel=43'])
    it(`draws everything without a complaint: #${hash}`, async () => {
      const complaints = vi.spyOn(console, 'error');
      window.location.hash = hash;
      startI18n();
      const { container } = render(<Gallery />);
      expect(container.querySelectorAll('[data-section]').length).toBeGreaterThan(8);
      for (const specimen of container.querySelectorAll('[data-specimen]'))
        expect(specimen.textContent).not.toContain('undefined');
      expect(complaints).not.toHaveBeenCalled();
    });

  it('shows one section when it is asked for one', () => {
    window.location.hash = 'only=papers';
    startI18n();
    const { container } = render(<Gallery />);
    const shown = [...container.querySelectorAll<HTMLElement>('[data-section]')];
    expect(shown.map((section) => section.dataset.section)).toEqual(['papers']);
  });

  it('is not linked from the pages of visitors', () => {
    const pages = globSync('visitor/**/*.{ts,tsx,html}', { cwd: RENDERER });
    const linked = pages.filter((path) =>
      readFileSync(join(RENDERER, path), 'utf8').includes('gallery'),
    );
    expect(linked).toEqual([]);
  });
});
