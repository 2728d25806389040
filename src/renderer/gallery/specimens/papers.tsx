import { PrinterIcon } from '@phosphor-icons/react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { StationError } from '#shared/contract/errors.ts';
import { FormSheet } from '../../visitor/pages/form-sheet.tsx';
import { PrintButton } from '../../visitor/pages/print-button.tsx';
import { type FakeAnswers, never } from '../fake-station.ts';
import { formSample } from '../fixtures.ts';
import styles from '../gallery.module.css';
import { Host, Specimen, Touched } from '../specimen.tsx';

const FAILURES = ['no-printer', 'printer-failed', 'busy', 'host-gone', 'timeout'] as const;
const ready: FakeAnswers['papers.printer'] = async () => ({ state: 'ready' });

/** Forms as they look on paper, and printing them. */
export function PaperSpecimens() {
  return (
    <>
      <Specimen name="FormSheet, blank">
        <FormSheet form={formSample()} filled={false} />
      </Specimen>
      <Specimen name="FormSheet, filled">
        <FormSheet form={formSample()} filled />
      </Specimen>
      <PrintSpecimen name="printer not yet known" answers={{ 'papers.printer': never }} />
      <PrintSpecimen name="ready" answers={{ 'papers.printer': ready }} />
      <PrintSpecimen
        name="no printer"
        answers={{ 'papers.printer': async () => ({ state: 'none' }) }}
      />
      <PrintSpecimen
        name="printer unreachable"
        answers={{ 'papers.printer': async () => ({ state: 'unreachable' }) }}
      />
      <PrintSpecimen
        name="touched, sending"
        answers={{ 'papers.printer': ready, 'papers.print': never }}
        around={Touched}
      />
      <PrintSpecimen
        name="touched, sent"
        answers={{ 'papers.printer': ready, 'papers.print': async () => ({ jobId: '1' }) }}
        around={Touched}
      />
      {FAILURES.map((kind) => (
        <PrintSpecimen
          key={kind}
          name={`touched, ${kind}`}
          answers={{
            'papers.printer': ready,
            'papers.print': () => Promise.reject(new StationError(kind)),
          }}
          around={Touched}
        />
      ))}
    </>
  );
}

function PrintSpecimen({
  name,
  answers,
  around: Around = Untouched,
}: {
  readonly name: string;
  readonly answers: FakeAnswers;
  readonly around?: (props: { readonly children: ReactNode }) => ReactNode;
}) {
  const { t } = useTranslation();
  return (
    <Specimen name={`PrintButton, ${name}`}>
      <Host answers={answers}>
        <Around>
          <div className={styles.beside}>
            <PrintButton
              label={t('forms.print')}
              icon={PrinterIcon}
              paper={{ type: 'form-sample', id: 'form-sample.example', filled: false }}
            />
          </div>
        </Around>
      </Host>
    </Specimen>
  );
}

function Untouched({ children }: { readonly children: ReactNode }) {
  return children;
}
