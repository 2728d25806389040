import { z } from 'zod';
import type { ContentRecord } from '#shared/content/envelope.ts';
import { StationError } from '#shared/contract/errors.ts';
import { pageLanguageSchema } from '#shared/contract/views.ts';
import { showRecord } from '../content/content-store.ts';
import { type LibraryOptions, openLibrary } from '../content/library.ts';
import { VISITOR_METHODS } from '../preview/visitor-methods.ts';
import { openStations } from '../stations/stations.ts';
import type { WritableDb } from '../store/sql.ts';

const askedSchema = z.object({
  language: pageLanguageSchema,
  id: z.string().max(80).default(''),
});

/** What only lists ask for, which no form of the station changes. */
const NOTHING = { code: '', filter: {} };

/** Ten in the morning by China's clock, of the day on which a draft begins to be shown. */
const MORNING = 'T10:00:00+08:00';

/** Reads visitors' pages as if a draft were published, on its first day if that is still to come. */
export function openPreview(settings: LibraryOptions, cache: WritableDb) {
  let firstDay = '';
  const library = openLibrary({
    ...settings,
    get profile() {
      return settings.profile;
    },
    get divisions() {
      return settings.divisions;
    },
    now: () => Math.max(settings.now(), firstDay === '' ? 0 : Date.parse(`${firstDay}${MORNING}`)),
  });
  const stations = openStations(cache, library);
  return (draft: ContentRecord, method: string, input: unknown): unknown => {
    const read = VISITOR_METHODS[method];
    const asked = askedSchema.safeParse(input);
    if (read === undefined || !asked.success) throw new StationError('bad-input');
    firstDay = draft.effectiveFrom;
    return asIf(cache, draft, () => read(library, stations, { ...NOTHING, ...asked.data }));
  };
}

/** Nothing else runs between the change and its end, so nobody but `read` ever sees it. */
function asIf<Result>(cache: WritableDb, draft: ContentRecord, read: () => Result): Result {
  cache.write.exec('savepoint preview');
  try {
    showRecord(cache, draft, draft, '');
    return read();
  } finally {
    cache.write.exec('rollback to preview; release preview');
  }
}
