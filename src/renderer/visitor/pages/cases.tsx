import { useTranslation } from 'react-i18next';
import type { ServiceCategory } from '#shared/content/kinds/service.ts';
import type { CaseSummary } from '#shared/contract/reading.ts';
import { useGo, useSession } from '../../session/session.ts';
import { useReading } from '../../station-client/use-station.ts';
import { Callout } from '../../ui/callout.tsx';
import { Choice } from '../../ui/choice.tsx';
import { PageBody } from '../../ui/page-body.tsx';
import { PageTitle } from '../../ui/page-title.tsx';
import { Reading } from '../../ui/reading.tsx';
import { Row, Rows } from '../../ui/row.tsx';
import { LanguageState, langOf } from '../language-state.tsx';

/** Typical cases by service (V11). */
export function CasesPage({ category }: { readonly category?: ServiceCategory | undefined }) {
  const { t } = useTranslation();
  const query = useReading(['cases'], (station, language) => station.reading.cases({ language }));
  return (
    <PageBody>
      <PageTitle title={t('reading.cases')} above={t('laws.title')}>
        {t('reading.casesLead')}
      </PageTitle>
      <Reading query={query}>{(cases) => <Cases cases={cases} chosen={category} />}</Reading>
    </PageBody>
  );
}

function Cases({
  cases,
  chosen,
}: {
  readonly cases: readonly CaseSummary[];
  readonly chosen: ServiceCategory | undefined;
}) {
  const { t } = useTranslation();
  const { act } = useSession();
  const go = useGo();
  const categories = [...new Set(cases.map((one) => one.category))];
  const category = chosen ?? categories[0];
  if (category === undefined) return <Callout>{t('reading.nothing')}</Callout>;
  return (
    <>
      <Choice
        label={t('reading.cases')}
        options={categories.map((value) => ({ value, label: t(`category.${value}.name`) }))}
        chosen={category}
        onChoose={(value) => act({ type: 'replace', to: { page: 'cases', category: value } })}
      />
      <LanguageState language={cases[0]?.language ?? 'own'} />
      <Rows>
        {cases
          .filter((one) => one.category === category)
          .map((one) => (
            <Row
              key={one.id}
              label={one.title}
              lang={langOf(one.language)}
              onPress={() => go({ page: 'case', id: one.id })}
            />
          ))}
      </Rows>
    </>
  );
}
