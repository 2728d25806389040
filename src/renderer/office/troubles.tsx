import styles from './office.module.css';
import { office } from './office-client.ts';
import { OFFICE_TEXTS } from './office-texts.ts';
import { Asked, Fault } from './parts.tsx';

/** What terminals do not get as it stands here. */
export function Troubles() {
  return (
    <Asked about={['troubles']} ask={() => office.feed.troubles()}>
      {({ leftOut, failed, withoutFiles, isWritten }) => (
        <>
          {!isWritten && <Fault sentence={OFFICE_TEXTS.feedFailed} />}
          {failed.map((division) => (
            <Fault key={division} sentence={OFFICE_TEXTS.divisionFailed + division} />
          ))}
          {withoutFiles.map((division) => (
            <Fault key={division} sentence={OFFICE_TEXTS.divisionWithoutFiles + division} />
          ))}
          {leftOut.length > 0 && (
            <div className={styles.box}>
              <p className={styles.fault}>{OFFICE_TEXTS.leftOut}</p>
              <RecordNames records={leftOut} />
            </div>
          )}
        </>
      )}
    </Asked>
  );
}

/** Records by name, where nothing else can be read of them. */
export function RecordNames({
  records,
}: {
  readonly records: readonly { readonly id: string; readonly scope: string }[];
}) {
  return (
    <ul>
      {records.map(({ id, scope }) => (
        <li key={`${id} ${scope}`}>
          {id} · {scope}
        </li>
      ))}
    </ul>
  );
}
