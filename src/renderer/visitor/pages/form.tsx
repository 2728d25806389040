import { PrinterIcon } from '@phosphor-icons/react';
import { useTranslation } from 'react-i18next';
import { useSession } from '../../session/session.ts';
import { useReading } from '../../station-client/use-station.ts';
import { Callout } from '../../ui/callout.tsx';
import { Choice } from '../../ui/choice.tsx';
import { PageBody } from '../../ui/page-body.tsx';
import { PageTitle } from '../../ui/page-title.tsx';
import { Provenance } from '../../ui/provenance.tsx';
import { Reading } from '../../ui/reading.tsx';
import { Section } from '../../ui/section.tsx';
import { TextList } from '../../ui/text-list.tsx';
import { LanguageState, langOf } from '../language-state.tsx';
import { FormSheet } from './form-sheet.tsx';
import styles from './guide-actions.module.css';
import { PrintButton } from './print-button.tsx';

/** A form sample, blank or filled, with the hints for filling it in. */
export function FormPage({ id, filled }: { readonly id: string; readonly filled: boolean }) {
  const { t } = useTranslation();
  const { session, act } = useSession();
  const query = useReading(['form', id], (station, language) =>
    station.forms.get({ id, language }),
  );
  return (
    <PageBody>
      <Reading query={query}>
        {({ body, provenance }) => (
          <>
            <LanguageState language={provenance.language} />
            {session.language !== 'zh-CN' && <Callout>{t('forms.chinesePaper')}</Callout>}
            <PageTitle
              title={body.title}
              above={t('forms.title')}
              lang={langOf(provenance.language)}
            >
              {body.purpose}
            </PageTitle>
            <Choice
              label={t('forms.title')}
              options={[
                { value: 'blank', label: t('forms.blank') },
                { value: 'filled', label: t('forms.filled') },
              ]}
              chosen={filled ? 'filled' : 'blank'}
              onChoose={(choice) =>
                act({ type: 'replace', to: { page: 'form', id, filled: choice === 'filled' } })
              }
            />
            <div className={styles.actions}>
              <PrintButton
                label={t(filled ? 'forms.printFilled' : 'forms.print')}
                icon={PrinterIcon}
                paper={{ type: 'form-sample', id, filled }}
              />
            </div>
            {body.hints.length > 0 && (
              <Section title={t('forms.hints')}>
                <TextList items={body.hints} />
              </Section>
            )}
            <FormSheet form={body} filled={filled} />
            <Provenance provenance={provenance} />
          </>
        )}
      </Reading>
    </PageBody>
  );
}
