import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { JobReason, JobState } from '#shared/printing/print-job.ts';
import { Callout } from '../../ui/callout.tsx';
import { paperWord } from './printing-words.ts';

export interface PaperCalloutProps {
  readonly job: { readonly state: JobState; readonly reason: JobReason };
  /** The button for a copy, where the job says that one may be had. */
  readonly action?: ReactNode;
}

/** Said after a number was taken: what became of its paper. */
export function PaperCallout({ job, action }: PaperCalloutProps) {
  const { t } = useTranslation();
  const word = paperWord(job);
  const calm = word === 'printing' || word === 'printed';
  return (
    <Callout tone={calm ? 'note' : 'warn'} action={action}>
      {t(`ticketPaper.${word}`)}
    </Callout>
  );
}
