import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { JobReason, JobState } from '#shared/printing/print-job.ts';
import { Callout } from '../../ui/callout.tsx';
import { type PaperWord, paperWord } from './printing-words.ts';

export interface PaperCalloutProps {
  readonly job: { readonly state: JobState; readonly reason: JobReason };
  /** Where the slip comes out, when that is not this terminal's own printer. */
  readonly elsewhere?: string | undefined;
  /** The button for a copy, where the job says that one may be had. */
  readonly action?: ReactNode;
}

/** What stands on paper, or may. */
const COMES_OUT: readonly PaperWord[] = ['printing', 'printed', 'handed-over', 'in-doubt'];

/** Said after a number was taken: what became of its paper. */
export function PaperCallout({ job, elsewhere, action }: PaperCalloutProps) {
  const { t } = useTranslation();
  const word = paperWord(job);
  const calm = word === 'printing' || word === 'printed';
  return (
    <Callout tone={calm ? 'note' : 'warn'} action={action}>
      {(elsewhere === undefined || word !== 'printed') && t(`ticketPaper.${word}`)}
      {elsewhere !== undefined && COMES_OUT.includes(word) && (
        <p>{t('ticketPaper.elsewhere', { printer: elsewhere })}</p>
      )}
    </Callout>
  );
}
