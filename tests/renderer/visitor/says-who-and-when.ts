import { expect } from 'vitest';
import type { Provenance } from '#shared/contract/views.ts';
import { fullDate } from '../../../src/renderer/i18n/dates.ts';
import { startI18n } from '../../../src/renderer/i18n/i18n.ts';

/** Expects a part of a page to say who published a record, when, and where it comes from (V3). */
export function expectWhoAndWhen(part: HTMLElement, provenance: Provenance): void {
  const { t } = startI18n();
  const { responsibleBody, publishedAt, source } = provenance;
  const date = fullDate(t, publishedAt.slice(0, 10));
  expect(date).toMatch(/^\d{4}年\d{1,2}月\d{1,2}日/);
  expect(part.textContent).toContain(`${responsibleBody} ${date}公布`);
  expect(part.textContent).toContain(`来源：${source}`);
}
