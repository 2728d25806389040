import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { EditRecord } from '#shared/contract/editing.ts';
import { localMoment } from '#shared/time/local-date.ts';
import { useStation } from '../station-client/use-station.ts';
import { Callout } from '../ui/callout.tsx';
import { AskTwice } from './ask-twice.tsx';
import { isTaken } from './is-taken.ts';
import styles from './staff.module.css';

/** Who changed what, newest first; each version can be brought back. */
export function History({
  record,
  onDone,
}: {
  readonly record: EditRecord;
  readonly onDone: () => void;
}) {
  const { t } = useTranslation();
  const station = useStation();
  const [sentence, setSentence] = useState('');
  const restore = (seq: number, side: 'before' | 'after') => {
    station.editing.restore({ id: record.id, seq, side }).then(
      (answer) => (answer.state === 'faults' ? setSentence(t('staff.restoreFaults')) : onDone()),
      (error: unknown) => setSentence(t(isTaken(error) ? 'staff.draftFirst' : 'staff.failed')),
    );
  };
  if (record.versions.length === 0) return <Callout>{t('staff.noHistory')}</Callout>;
  return (
    <ol className={styles.versions}>
      {sentence !== '' && <Callout tone="warn">{sentence}</Callout>}
      {record.versions.map((version, at) => (
        <li key={version.seq} className={styles.version}>
          <strong>
            {moment(version.at)} · {version.editor} · {t(`staff.action.${version.action}`)}
          </strong>
          <small>{t(`staff.versionState.${version.progress}`)}</small>
          <dl className={styles.changes}>
            {version.changes.map(({ field, label, before, after }) => (
              <div key={field}>
                <dt>{label}</dt>
                <dd>
                  <del>{t('staff.was', { text: before })}</del>
                  <ins>{t('staff.is', { text: after })}</ins>
                </dd>
              </div>
            ))}
          </dl>
          <AskTwice
            label={t(at === 0 ? 'staff.undo' : 'staff.restore')}
            onSure={() => restore(version.seq, at === 0 ? 'before' : 'after')}
          />
        </li>
      ))}
    </ol>
  );
}

/** "2026-11-23 10:12". */
function moment(at: number): string {
  const { date, minutes } = localMoment(at);
  const two = (number: number) => String(number).padStart(2, '0');
  return `${date} ${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}
