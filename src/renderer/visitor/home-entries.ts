import {
  BookOpenTextIcon,
  ClipboardTextIcon,
  FilesIcon,
  HouseLineIcon,
  type Icon,
  MapPinIcon,
  QuestionIcon,
  UsersIcon,
  UsersThreeIcon,
} from '@phosphor-icons/react';
import type { HomeView } from '#shared/contract/views.ts';
import type { Route } from '../session/route.ts';

/** What is disclosed, and who and what helps; the words of each are `home.entries.<id>`. Longer words stand in the last row, which is wider. */
const ENTRIES = [
  { id: 'community', icon: UsersThreeIcon, to: { page: 'community' }, only: isCommunity },
  { id: 'find', icon: UsersIcon, to: { page: 'find' } },
  { id: 'board', icon: ClipboardTextIcon, to: { page: 'board' } },
  { id: 'faqs', icon: QuestionIcon, to: { page: 'faqs' } },
  { id: 'forms', icon: FilesIcon, to: { page: 'forms' } },
  { id: 'myCommunity', icon: HouseLineIcon, to: { page: 'my-community' } },
  { id: 'station', icon: MapPinIcon, to: { page: 'station' } },
  { id: 'read', icon: BookOpenTextIcon, to: { page: 'read' } },
] as const satisfies readonly {
  readonly id: string;
  readonly icon: Icon;
  readonly to: Route;
  readonly only?: (view: HomeView) => boolean;
}[];

function isCommunity(view: HomeView): boolean {
  return view.station.level === 'workroom' || view.station.level === 'point';
}

export const HOME_ENTRIES = ENTRIES.map(({ id }) => id);

/** The entries of this station's home page. */
export function homeEntries(view: HomeView) {
  return ENTRIES.filter((entry) => !('only' in entry) || entry.only(view));
}
