import type { TFunction } from 'i18next';
import type { OutletAbove, StationView } from '#shared/contract/views.ts';

/** Windows here that take a business, or the outlet above with its windows; empty when neither is known. */
export function whereToGo(
  {
    windows,
    above,
  }: { readonly windows: StationView['windows']; readonly above?: OutletAbove | undefined },
  t: TFunction,
): string {
  const labels = (of: StationView['windows']) => of.map(({ label }) => label).join(t('join.items'));
  return above === undefined ? labels(windows) : `${above.outlet.name} ${labels(above.windows)}`;
}
