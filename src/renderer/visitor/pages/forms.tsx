import { useTranslation } from 'react-i18next';
import { useGo } from '../../session/session.ts';
import { useReading } from '../../station-client/use-station.ts';
import { Callout } from '../../ui/callout.tsx';
import { PageBody } from '../../ui/page-body.tsx';
import { PageTitle } from '../../ui/page-title.tsx';
import { Reading } from '../../ui/reading.tsx';
import { Row, Rows } from '../../ui/row.tsx';
import { langOf } from '../language-state.tsx';

/** All form samples. */
export function FormsPage() {
  const { t } = useTranslation();
  const go = useGo();
  const query = useReading(['forms'], (station, language) => station.forms.list({ language }));
  return (
    <PageBody>
      <PageTitle title={t('forms.title')} />
      <Reading query={query}>
        {(forms) =>
          forms.length === 0 ? (
            <Callout>{t('forms.empty')}</Callout>
          ) : (
            <Rows columns="two">
              {forms.map((form) => (
                <Row
                  key={form.id}
                  label={form.title}
                  detail={form.purpose}
                  lang={langOf(form.language)}
                  onPress={() => go({ page: 'form', id: form.id })}
                />
              ))}
            </Rows>
          )
        }
      </Reading>
    </PageBody>
  );
}
