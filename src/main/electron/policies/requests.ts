import { isOwnPage } from '../page-address.ts';

/** Whether a frame may go to an address, by whatever way it was sent there. */
export function mayNavigate(address: string): boolean {
  return isOwnPage(address);
}

/**
 * Whether a page may load something from an address. `data:` is for small pictures and is narrowed down further by the
 * content security policy; there is no network for pages at all.
 */
export function mayLoad(address: string, resource: string): boolean {
  return isOwnPage(address) || (resource === 'image' && address.startsWith('data:image/'));
}

/** No page opens a window: there is one, and it shows the terminal. */
export const WINDOW_OPEN = { action: 'deny' } as const;

/** No page gets a permission: Electron's own default would be to grant every one. */
export function isPermitted(_permission: string): boolean {
  return false;
}
