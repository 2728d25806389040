import { z } from 'zod';
import type { ContentRecord } from '#shared/content/envelope.ts';
import { StationError } from '#shared/contract/errors.ts';
import { type PageLanguage, pageLanguageSchema } from '#shared/contract/views.ts';
import { communityBoard } from '../board/community-board.ts';
import { disclosureBoard } from '../board/disclosure-board.ts';
import { showRecord } from '../content/content-store.ts';
import { type Library, type LibraryOptions, openLibrary } from '../content/library.ts';
import { getGuide } from '../guides/guides.ts';
import { homeView } from '../home/home.ts';
import { getPerson } from '../people/people.ts';
import { openStations, type Stations } from '../stations/stations.ts';
import type { WritableDb } from '../store/sql.ts';

interface Asked {
  readonly language: PageLanguage;
  readonly id: string;
}

/** The visitor's methods that a draft can change, as they are read for a preview. */
const METHODS: Readonly<
  Record<string, (library: Library, stations: Stations, asked: Asked) => unknown>
> = {
  'home.view': (library, stations, { language }) => homeView(library, stations, language),
  'board.disclosure': (library, stations, { language }) =>
    disclosureBoard(library, stations, language),
  'board.community': (library, stations, { language }) =>
    communityBoard(library, stations, language),
  'stations.current': (_library, stations, { language }) => stations.current(language),
  'hotlines.list': (library, _stations, { language }) => library.shown('hotline', language),
  'guides.get': (library, stations, { id, language }) => getGuide(library, stations, id, language),
  'people.get': (library, stations, { id, language }) => getPerson(library, stations, id, language),
};

const askedSchema = z.object({
  language: pageLanguageSchema,
  id: z.string().max(80).default(''),
});

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
    const read = METHODS[method];
    const asked = askedSchema.safeParse(input);
    if (read === undefined || !asked.success) throw new StationError('bad-input');
    firstDay = draft.effectiveFrom;
    return asIf(cache, draft, () => read(library, stations, asked.data));
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
