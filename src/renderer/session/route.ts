import type { BoardItemId } from '#shared/board/disclosure.ts';
import type { FaqTopic } from '#shared/content/kinds/faq.ts';
import type { ServiceCategory } from '#shared/content/kinds/service.ts';
import type { OutletLevel } from '#shared/content/kinds/station.ts';
import type { PersonFilter } from '#shared/people/person-filter.ts';

/** Where a visitor is. Pages are reached by touch alone; there is no address that a visitor could change. */
export type Route =
  | { readonly page: 'home' }
  | { readonly page: 'guides'; readonly category: ServiceCategory }
  | { readonly page: 'guide'; readonly id: string }
  | { readonly page: 'board'; readonly item?: BoardItemId | undefined }
  | { readonly page: 'community' }
  | { readonly page: 'faqs'; readonly topic?: FaqTopic | undefined }
  | { readonly page: 'faq'; readonly id: string }
  | { readonly page: 'forms' }
  | { readonly page: 'form'; readonly id: string; readonly filled?: boolean | undefined }
  | { readonly page: 'search'; readonly text?: string | undefined }
  | { readonly page: 'hotlines' }
  | { readonly page: 'station'; readonly code?: string | undefined }
  | ({ readonly page: 'stations' } & OutletWishes)
  | { readonly page: 'find' }
  | ({ readonly page: 'people'; readonly part?: number | undefined } & PersonFilter)
  | { readonly page: 'person'; readonly id: string }
  | { readonly page: 'my-community'; readonly group?: string | undefined }
  | { readonly page: 'serving'; readonly code: string }
  | { readonly page: 'grid'; readonly code: string }
  /** Taking a queue number, for the matter of a guide when it came from one. */
  | { readonly page: 'take'; readonly guide?: string | undefined }
  /** A number that was taken; `job` prints it, where it is printed. */
  | { readonly page: 'number'; readonly id: string; readonly job?: string | undefined }
  | { readonly page: 'read' }
  | { readonly page: 'laws'; readonly category?: string | undefined; readonly from?: number }
  | { readonly page: 'law'; readonly id: string }
  | { readonly page: 'law-text'; readonly id: string; readonly at?: number | undefined }
  /** Words within a law; `part` counts the pages of what was found. */
  | {
      readonly page: 'law-find';
      readonly id: string;
      readonly text?: string | undefined;
      readonly part?: number | undefined;
    }
  | { readonly page: 'law-article'; readonly id: string; readonly at: number }
  | { readonly page: 'cases'; readonly category?: ServiceCategory | undefined }
  | { readonly page: 'case'; readonly id: string }
  | { readonly page: 'articles' }
  | { readonly page: 'article'; readonly id: string }
  | { readonly page: 'films' }
  | { readonly page: 'pamphlets' }
  /** A film, a pamphlet or a sound. */
  | { readonly page: 'media'; readonly id: string }
  | { readonly page: 'lectures' }
  | { readonly page: 'lecture'; readonly id: string }
  | { readonly page: 'list'; readonly id: string }
  /** Which matter it is. */
  | { readonly page: 'triages' }
  /** A question, or the end that the answers led to; the first question without `node`. */
  | { readonly page: 'triage'; readonly id: string; readonly node?: string | undefined };

/** Which outlets a list shows. */
export interface OutletWishes {
  readonly level?: OutletLevel | undefined;
  /** Code of a street, or of what lies above it. */
  readonly area?: string | undefined;
  readonly openNow?: boolean | undefined;
  readonly part?: number | undefined;
}

/** Any place but home. */
export type OtherRoute = Exclude<Route, { readonly page: 'home' }>;

/** Whether two routes show the same page with the same content. */
export function isSameRoute(a: Route, b: Route): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
