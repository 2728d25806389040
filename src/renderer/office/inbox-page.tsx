import { useState } from 'react';
import type { InboxRow } from '#shared/office/office-views.ts';
import styles from './office.module.css';
import { office } from './office-client.ts';
import { COLUMN_TEXTS, OFFICE_TEXTS, PAGE_TEXTS, TOPIC_TEXTS, timeText } from './office-texts.ts';
import { Asked, Button, Fault, OfficePage, Table, useDoing } from './parts.tsx';

/** What visitors handed in. It is opened one by one, and the trail says who looked. */
export function InboxPage() {
  const [text, setText] = useState<string>();
  const open = useDoing(office.inbox.open, (opened) => setText(opened.text));
  const handle = useDoing(office.inbox.handled, () => setText(undefined));
  const doing = (row: InboxRow) => (
    <span key="do" className={styles.bar}>
      <Button onPress={() => open.act({ id: row.operation })}>{OFFICE_TEXTS.openSealed}</Button>
      {row.handledAt === undefined && (
        <Button isMain onPress={() => handle.act({ id: row.operation })}>
          {OFFICE_TEXTS.handle}
        </Button>
      )}
    </span>
  );
  return (
    <OfficePage title={PAGE_TEXTS.inbox}>
      <Fault sentence={open.fault ?? handle.fault} />
      {text !== undefined && <div className={`${styles.box} ${styles.value}`}>{text}</div>}
      <Asked about={['inbox']} ask={() => office.inbox.list()}>
        {(rows) => (
          <Table
            columns={COLUMN_TEXTS.inbox}
            rows={rows.map((row) => ({
              id: row.operation,
              cells: [
                row.receipt,
                TOPIC_TEXTS[row.topic],
                row.outlet,
                timeText(row.receivedAt),
                row.handledAt === undefined ? '' : OFFICE_TEXTS.handled,
                doing(row),
              ],
            }))}
          />
        )}
      </Asked>
    </OfficePage>
  );
}
