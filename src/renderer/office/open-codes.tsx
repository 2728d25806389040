import styles from './office.module.css';
import { office } from './office-client.ts';
import { COLUMN_TEXTS, filled, OFFICE_TEXTS, timeText } from './office-texts.ts';
import { Asked, AskTwice, Fault, Table, useDoing } from './parts.tsx';

/** Codes that somebody may still use: a stick that was lost is no way into the district any more once its code is cancelled. */
export function OpenCodes() {
  const { act, fault } = useDoing(office.terminals.cancelCode);
  return (
    <Asked about={['open-codes']} ask={() => office.terminals.openCodes()}>
      {(codes) =>
        codes.length > 0 && (
          <section className={styles.box} aria-label={OFFICE_TEXTS.openCodes}>
            <p>{OFFICE_TEXTS.openCodes}</p>
            <Table
              columns={COLUMN_TEXTS.openCodes}
              rows={codes.map(({ id, outlet, madeBy, madeAt, expiresAt }) => ({
                id,
                cells: [
                  ...[outlet, madeBy, timeText(madeAt), timeText(expiresAt)],
                  <AskTwice
                    key="cancel"
                    label={OFFICE_TEXTS.cancelCode}
                    question={filled(OFFICE_TEXTS.cancelSure, { outlet })}
                    onSure={() => act({ id })}
                  />,
                ],
              }))}
            />
            <Fault sentence={fault} />
          </section>
        )
      }
    </Asked>
  );
}
