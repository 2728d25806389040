import { useTranslation } from 'react-i18next';
import type { ServiceCategory } from '#shared/content/kinds/service.ts';
import type { ServiceSummary } from '#shared/contract/views.ts';
import { useGo } from '../../session/session.ts';
import { useReading } from '../../station-client/use-station.ts';
import { Callout } from '../../ui/callout.tsx';
import { PageBody } from '../../ui/page-body.tsx';
import { PageTitle } from '../../ui/page-title.tsx';
import { Reading } from '../../ui/reading.tsx';
import { Row, Rows } from '../../ui/row.tsx';
import { Section } from '../../ui/section.tsx';
import { LanguageState, langOf } from '../language-state.tsx';
import { SearchBar } from '../search-bar.tsx';

/** The guides of one service, by their groups. */
export function GuidesPage({ category }: { readonly category: ServiceCategory }) {
  const { t } = useTranslation();
  const query = useReading(['guides'], (station, language) => station.guides.list({ language }));
  return (
    <PageBody>
      <PageTitle title={t(`category.${category}.name`)} above={t('guides.title')}>
        {t('guides.pick')}
      </PageTitle>
      <SearchBar />
      <Reading query={query}>
        {(guides) => <GuideGroups guides={guides.filter((guide) => guide.category === category)} />}
      </Reading>
    </PageBody>
  );
}

function GuideGroups({ guides }: { readonly guides: readonly ServiceSummary[] }) {
  const { t } = useTranslation();
  if (guides.length === 0) return <Callout>{t('guides.empty')}</Callout>;
  const groups = Map.groupBy(guides, (guide) => guide.group ?? '');
  return (
    <>
      <LanguageState
        language={guides.find((guide) => guide.language !== 'own')?.language ?? 'own'}
      />
      {[...groups].map(([group, members]) =>
        groups.size === 1 ? (
          <GuideRows key={group} guides={members} />
        ) : (
          <Section key={group} title={group === '' ? t('guides.others') : group}>
            <GuideRows guides={members} />
          </Section>
        ),
      )}
    </>
  );
}

function GuideRows({ guides }: { readonly guides: readonly ServiceSummary[] }) {
  const go = useGo();
  return (
    <Rows columns="two">
      {guides.map((guide) => (
        <Row
          key={guide.id}
          label={guide.title}
          detail={guide.highlight ?? guide.summary}
          end={guide.fee}
          lang={langOf(guide.language)}
          onPress={() => go({ page: 'guide', id: guide.id })}
        />
      ))}
    </Rows>
  );
}
