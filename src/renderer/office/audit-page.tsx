import { useState } from 'react';
import styles from './office.module.css';
import { office } from './office-client.ts';
import {
  ACT_TEXTS,
  COLUMN_TEXTS,
  filled,
  OFFICE_TEXTS,
  PAGE_TEXTS,
  timeText,
} from './office-texts.ts';
import { Asked, Button, Fault, OfficePage, Table, useDoing } from './parts.tsx';

/** Who did what, newest first, and whether somebody changed it afterwards. */
export function AuditPage() {
  const [before, setBefore] = useState<number>();
  const [found, setFound] = useState<{ rows: number; brokenAt?: number | undefined }>();
  const check = useDoing(() => office.audit.check(), setFound);
  return (
    <OfficePage title={PAGE_TEXTS.audit}>
      <div className={styles.bar}>
        <Button isMain onPress={() => check.act(undefined)}>
          {OFFICE_TEXTS.checkTrail}
        </Button>
        {found !== undefined && found.brokenAt === undefined && (
          <p className={styles.good} role="status">
            {filled(OFFICE_TEXTS.trailWhole, { rows: found.rows })}
          </p>
        )}
        {found?.brokenAt !== undefined && (
          <Fault sentence={filled(OFFICE_TEXTS.trailBroken, { at: found.brokenAt })} />
        )}
      </div>
      <Fault sentence={check.fault} />
      <Asked
        about={['audit', before]}
        ask={() => office.audit.list(before === undefined ? {} : { before })}
      >
        {(acts) => (
          <>
            <Table
              columns={COLUMN_TEXTS.audit}
              rows={acts.map(({ seq, at, actor, action, subject, detail }) => ({
                id: String(seq),
                cells: [seq, timeText(at), actor, ACT_TEXTS[action] ?? action, subject, detail],
              }))}
            />
            {acts.length > 0 && (
              <Button onPress={() => setBefore(acts.at(-1)?.seq)}>{OFFICE_TEXTS.more}</Button>
            )}
          </>
        )}
      </Asked>
    </OfficePage>
  );
}
