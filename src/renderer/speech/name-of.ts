/** What an element is called, in the words that a screen reader would use; empty for one that only holds others. */
export function nameOf(element: Element): string {
  const label = element.getAttribute('aria-label');
  if (label !== null) return label;
  const ids = element.getAttribute('aria-labelledby')?.split(' ') ?? [];
  const labels = ids.map((id) => document.getElementById(id)?.textContent?.trim() ?? '');
  if (labels.length > 0) return labels.join(' ');
  const isNamedByText = element.matches('a, button, h1, h2, h3, [role=button], [role=link]');
  return isNamedByText ? (element.textContent?.trim() ?? '') : '';
}
