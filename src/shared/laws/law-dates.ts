import type { LocalDate } from '../time/local-date.ts';
import { dateOf } from './law-head.ts';
import { plainTitle } from './law-title.ts';
import type { LawArticle, LawEvent } from './parsed-law.ts';

const FORCE = /^(?:起)?(?:施行|实施|生效|起施行|起实施|起生效)/;
const FORCE_IN_EVENT = /自(\d{4})年(\d{1,2})月(\d{1,2})日起?(?:施行|实施|生效)/;
const FORCE_IN_TEXT =
  /自(?:(\d{4})年(\d{1,2})月(\d{1,2})日|(?:公布|发布|印发|通过)之日)起?(?:施行|实施|生效|执行)/;

/** Day of a version: of the last event that is not its entry into force. */
export function versionDateOf(history: readonly LawEvent[]): LocalDate | undefined {
  const made = history.filter(({ event }) => !FORCE.test(event));
  return (made.length > 0 ? made : history).map(({ date }) => date).at(-1);
}

/**
 * First day in force of the version: what its head says, else what its last articles say. A law that was only amended
 * still carries its first day in its text; such a day lies before the version and says nothing of it.
 */
export function inForceFromOf(
  history: readonly LawEvent[],
  articles: readonly LawArticle[],
  versionDate: LocalDate | undefined,
): LocalDate | undefined {
  const inHead = history
    .flatMap(({ date, event }) => (FORCE.test(event) ? [date] : dateIn(FORCE_IN_EVENT.exec(event))))
    .filter((date) => date >= (versionDate ?? ''))
    .sort()
    .at(-1);
  if (inHead !== undefined) return inHead;
  const said = lastSaid(articles);
  if (said === null) return undefined;
  const date = said[1] === undefined ? versionDate : dateIn(said)[0];
  return date !== undefined && date >= (versionDate ?? '') ? date : undefined;
}

/** From the end, where it stands: the whole of a law need not be looked through. */
function lastSaid(articles: readonly LawArticle[]): RegExpExecArray | null {
  for (let at = articles.length - 1; at >= 0; at -= 1) {
    const said = FORCE_IN_TEXT.exec(lastSentences(articles[at]?.text ?? ''));
    if (said !== null) return said;
  }
  return null;
}

/** Laws that end with this one: those named in a sentence of 同时废止, unless only a part of them does. */
export function repealsOf(articles: readonly LawArticle[]): string[] {
  const sentences = articles
    .slice(-LAST_ARTICLES)
    .filter(({ text }) => /同时废止|不再适用/.test(text))
    .flatMap(({ text }) => text.split(/[。；\n]/))
    .filter((sentence) => /同时废止|不再适用$/.test(sentence));
  return [
    ...new Set(
      sentences.flatMap((sentence) =>
        [...sentence.matchAll(/《([^《》]+(?:《[^《》]*》[^《》]*)?)》(?!第)/g)].map(
          ([, name = '']) => plainTitle(name),
        ),
      ),
    ),
  ].filter((name) => name !== '');
}

/** Entry into force and repeal stand at the end of a law, before its annexes. */
const LAST_ARTICLES = 12;

function lastSentences(text: string): string {
  return /^本|本(?:法|条例|规定|解释|规则|办法|决定|修正案|批复|意见|通知)(?:由|自)/.test(text) ||
    /同时废止/.test(text)
    ? text
    : '';
}

function dateIn(match: RegExpExecArray | null): LocalDate[] {
  if (match === null) return [];
  const date = dateOf(Number(match[1]), Number(match[2]), Number(match[3]));
  return date === undefined ? [] : [date];
}
