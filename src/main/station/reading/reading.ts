import type { EventBody } from '#shared/content/kinds/event.ts';
import type {
  ArticleSummary,
  CaseSummary,
  LectureSummary,
  ListSummary,
  Slide,
} from '#shared/contract/reading.ts';
import type { PageLanguage } from '#shared/contract/views.ts';
import { mediaFileName, mediaPath } from '#shared/media/media-path.ts';
import { hasEnded } from '#shared/time/has-ended.ts';
import type { LocalMoment } from '#shared/time/local-date.ts';
import type { Library, Shown } from '../content/library.ts';
import { listMedia } from '../media/media.ts';
import type { MediaFiles } from '../media/media-files.ts';

/** How much there is to read. */
export function readingOverview(library: Library) {
  const media = listMedia(library, 'zh-CN');
  return {
    cases: listCases(library, 'zh-CN').length,
    articles: library.records('article').length,
    pamphlets: media.filter(({ type }) => type === 'pdf').length,
    films: media.filter(({ type }) => type !== 'pdf').length,
    lectures: listLectures(library, 'zh-CN').length,
  };
}

/** Cases of the services that this place offers, in its order. */
export function listCases(library: Library, language: PageLanguage): CaseSummary[] {
  const offered = library.profile.services;
  return library
    .shown('legal-case', language)
    .filter(({ body }) => offered.includes(body.category))
    .sort((a, b) => offered.indexOf(a.body.category) - offered.indexOf(b.body.category))
    .map(({ body, provenance }) => ({
      id: provenance.id,
      title: body.title,
      category: body.category,
      language: provenance.language,
    }));
}

/** Articles in plain words. */
export function listArticles(library: Library, language: PageLanguage): ArticleSummary[] {
  return library.shown('article', language).map(({ body, provenance }) => ({
    id: provenance.id,
    title: body.title,
    summary: body.summary,
    topic: body.topic,
    language: provenance.language,
  }));
}

/** Lists that this place has published. */
export function listLists(library: Library, language: PageLanguage): ListSummary[] {
  return library.shown('list', language).map(({ body, provenance }) => ({
    id: provenance.id,
    title: body.title,
    about: body.about,
    language: provenance.language,
  }));
}

/** Lectures that are not over yet, the next one first. */
export function listLectures(library: Library, language: PageLanguage): LectureSummary[] {
  const moment = library.moment();
  return library
    .shown('event', language)
    .filter(({ body }) => !hasEnded(body, moment))
    .sort((a, b) => (startOf(a.body) < startOf(b.body) ? -1 : 1))
    .map(({ body: { title, place, date, from, to, seats }, provenance }) => ({
      id: provenance.id,
      title,
      place,
      date,
      from,
      to,
      seats,
      language: provenance.language,
    }));
}

/** Paths of pictures, by the record that shows them. */
export type SoundPictures = ReadonlyMap<string, string>;

/** Pictures that are here and are what their records say. */
export async function soundPictures(library: Library, files: MediaFiles): Promise<SoundPictures> {
  const pictures = new Map<string, string>();
  for (const { id, body } of library.records('media'))
    if (body.type === 'image' && (await files.isSound(mediaFileName(body), body)))
      pictures.set(id, mediaPath(body));
  return pictures;
}

/** What the screen shows while nobody is here: items of the playlists whose records are in force today. */
export function listSlides(
  library: Library,
  language: PageLanguage,
  pictures: SoundPictures = new Map(),
): Slide[] {
  const moment = library.moment();
  return library.records('playlist').flatMap(({ id: list, body }) =>
    body.items.flatMap(({ id, record, picture: beside, seconds, weight }): Slide[] => {
      const shown = slideOf(library, record, language, moment);
      const picture = pictures.get(beside ?? record);
      return shown === undefined
        ? []
        : [{ ...shown, picture, id: `${list}/${id}`, seconds, weight }];
    }),
  );
}

function slideOf(library: Library, id: string, language: PageLanguage, moment: LocalMoment) {
  const find = <Body>(records: readonly Shown<Body>[]) =>
    records.find(({ provenance }) => provenance.id === id);
  const article = find(library.shown('article', language));
  if (article !== undefined)
    return slide(article.body.title, article.body.summary, article.provenance.validUntil);
  const notice = find(library.shown('notice', language));
  if (notice !== undefined)
    return slide(notice.body.title, plain(notice.body.text), notice.provenance.validUntil);
  const media = find(library.shown('media', language));
  if (media !== undefined)
    return slide(media.body.title, media.body.description, media.provenance.validUntil);
  const lecture = find(library.shown('event', language));
  if (lecture === undefined || hasEnded(lecture.body, moment)) return undefined;
  const { title, about, date, from, to, place } = lecture.body;
  return { ...slide(title, about, date), when: { date, from, to, place } };
}

function slide(title: string, text: string, validUntil: string | undefined) {
  return { title, text, validUntil };
}

const SLIDE_CHARACTERS = 120;

/** The beginning of a Markdown text, without its signs, up to a whole sentence where there is one. */
function plain(markdown: string): string {
  const text = markdown
    .replaceAll(/[*_#>`-]/g, '')
    .replaceAll(/\s+/g, ' ')
    .trim();
  const characters = Array.from(text);
  if (characters.length <= SLIDE_CHARACTERS) return text;
  const cut = characters.slice(0, SLIDE_CHARACTERS).join('');
  const end = cut.lastIndexOf('。');
  return end > 0 ? cut.slice(0, end + 1) : `${cut}…`;
}

function startOf(event: EventBody): string {
  return `${event.date} ${event.from}`;
}
