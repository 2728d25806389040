import type { DeskView } from '#shared/contract/queue.ts';
import type { StaffSession } from '#shared/contract/staff.ts';

/** Who has a window: nobody, whoever is logged in here, or a colleague by name. */
export type WindowHolder =
  | { readonly is: 'nobody' | 'me' }
  | { readonly is: 'colleague'; readonly name: string };

/** Who has a window that is open or paused, as a desk's view tells it. */
export function holderOf(
  view: DeskView,
  windowId: string,
  { name }: Pick<StaffSession, 'name'>,
): WindowHolder {
  const window = view.windows.find(({ id }) => id === windowId);
  if (window === undefined || window.state === 'closed') return { is: 'nobody' };
  if (window.staff === undefined || window.staff === name) return { is: 'me' };
  return { is: 'colleague', name: window.staff };
}
