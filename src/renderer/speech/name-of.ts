import { spokenText } from './spoken-text.ts';

/** What an element is called, in the words that a screen reader would use; empty for one that only holds others. */
export function nameOf(element: Element): string {
  // A key that writes into a field of which nothing is said, and a word for it (standards A-62).
  const instead = element.getAttribute('data-spoken');
  if (instead !== null) return instead;
  // What must be answered is said whole: its text does not take the focus.
  if (element.matches('[role=alertdialog]')) return spokenText(element);
  const label = element.getAttribute('aria-label');
  if (label !== null) return label;
  const ids = element.getAttribute('aria-labelledby')?.split(' ') ?? [];
  const labels = ids.map((id) => document.getElementById(id)?.textContent?.trim() ?? '');
  if (labels.length > 0) return labels.join('，');
  const isNamedByText = element.matches('a, button, h1, h2, h3, [role=button], [role=link]');
  return isNamedByText ? spokenText(element) : '';
}
