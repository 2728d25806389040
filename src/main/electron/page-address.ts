/** The scheme of the pages: theirs alone, so that nothing else on the machine shares their origin. */
export const PAGE_SCHEME = 'kiosk';
export const PAGE_HOST = 'station';

/** Where a visitor starts. */
export const VISITOR_PAGE = `${PAGE_SCHEME}://${PAGE_HOST}/visitor/`;

/** What is shown when nothing else helps; see `assets/recovery`. */
export const RECOVERY_PAGE = `${PAGE_SCHEME}://${PAGE_HOST}/recovery/`;

/**
 * Whether an address is one of this program's own pages. The URL parser decides, not a comparison of texts, so that
 * look-alikes (`kiosk://station.example`, `kiosk://station@elsewhere`, `kiosk:station`) are told apart.
 */
export function isOwnPage(address: string): boolean {
  if (!URL.canParse(address)) return false;
  const url = new URL(address);
  return (
    url.protocol === `${PAGE_SCHEME}:` &&
    url.host === PAGE_HOST &&
    url.username === '' &&
    url.password === '' &&
    address.startsWith(`${PAGE_SCHEME}://${PAGE_HOST}/`)
  );
}
