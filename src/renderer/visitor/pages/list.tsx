import { useTranslation } from 'react-i18next';
import type { ListBody } from '#shared/content/kinds/list.ts';
import { useReading } from '../../station-client/use-station.ts';
import { Facts } from '../../ui/facts.tsx';
import { PageBody } from '../../ui/page-body.tsx';
import { Reading } from '../../ui/reading.tsx';
import { Section } from '../../ui/section.tsx';
import { langOf } from '../language-state.tsx';
import { Basis } from './basis.tsx';
import { RecordBody } from './record-body.tsx';

/** A published list (清单): row under row, because a table of five columns fits no screen in large print. */
export function ListPage({ id }: { readonly id: string }) {
  const { t } = useTranslation();
  const query = useReading(['list', id], (station, language) =>
    station.reading.list({ id, language }),
  );
  return (
    <PageBody>
      <Reading query={query}>
        {({ body, provenance }) => (
          <RecordBody
            title={body.title}
            above={t('reading.lists')}
            about={body.about}
            provenance={provenance}
          >
            <RowsOf list={body} lang={langOf(provenance.language)} />
            {body.basis.length > 0 && (
              <Section title={t('faqs.basis')}>
                <Basis citations={body.basis} />
              </Section>
            )}
          </RecordBody>
        )}
      </Reading>
    </PageBody>
  );
}

/** Two columns stand beside each other; of more, the first names the row and the others are told below it. */
function RowsOf({
  list: { columns, rows },
  lang,
}: {
  readonly list: ListBody;
  /** Language of the list where it is not the page's. */
  readonly lang: string | undefined;
}) {
  const [first, ...others] = columns;
  const named = rows.map(({ id, cells }) => ({ id, cells, name: cells[first?.id ?? ''] ?? '' }));
  const [second] = others;
  if (second === undefined || others.length === 1)
    return (
      <Facts
        lang={lang}
        facts={named.map(({ id, name, cells }) => ({
          id,
          label: name,
          value: cells[second?.id ?? ''] ?? '',
        }))}
      />
    );
  return named.map(({ id, name, cells }) => (
    <Section key={id} title={name} level={3} lang={lang}>
      <Facts
        lang={lang}
        facts={others.flatMap((column) => {
          const value = cells[column.id];
          return value === undefined ? [] : [{ id: column.id, label: column.label, value }];
        })}
      />
    </Section>
  ));
}
