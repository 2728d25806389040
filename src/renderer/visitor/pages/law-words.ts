import type { TFunction } from 'i18next';
import type { LawSummary } from '#shared/contract/laws.ts';
import { fullDate } from '../../i18n/dates.ts';

/** What a list says of a law below its title: whether it holds, of which day it is, how long it is. */
export function lawDetail(t: TFunction, law: LawSummary): string {
  const { genre, state, versionDate, articles, versions } = law;
  return [
    genre === 'case' ? '' : t(`laws.state.${state}`),
    versionDate === undefined ? '' : t('laws.of', { date: fullDate(t, versionDate) }),
    genre === 'case' ? '' : t('laws.articles', { count: articles }),
    versions > 1 ? t('laws.versions', { count: versions }) : '',
  ]
    .filter((part) => part !== '')
    .join(' · ');
}
