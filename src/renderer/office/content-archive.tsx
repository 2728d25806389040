import { useState } from 'react';
import { ARCHIVE_BYTES } from '#shared/contract/office.ts';
import type { ArchiveLook, Me } from '#shared/office/office-views.ts';
import styles from './office.module.css';
import { OfficeFault, office, officeFile } from './office-client.ts';
import { COLUMN_TEXTS, filled, MEETS_TEXTS, OFFICE_TEXTS } from './office-texts.ts';
import { Button, Fault, saveBlob, Table, useDoing } from './parts.tsx';
import { sendPieces } from './send-pieces.ts';

/** All content as one archive, out and in, as folders go by command. */
export function ContentArchive({ me }: { readonly me: Me }) {
  const [percent, setPercent] = useState<number>();
  const [order, setOrder] = useState<Order>();
  const [found, setFound] = useState<ArchiveLook>();
  const [drafts, setDrafts] = useState<number>();
  const give = useDoing(
    () => officeFile('/folder'),
    ({ name, content }) => saveBlob(name, content),
    false,
  );
  const look = useDoing(office.folder.look, setFound, false);
  const lookAt = (next: Order) => {
    setOrder(next);
    setFound(undefined);
    look.act(next);
  };
  const send = useDoing(
    (file: File) => sent(file, setPercent),
    (upload) => lookAt({ upload, overwrites: false }),
    false,
  );
  return (
    <details className={styles.box}>
      <summary>{OFFICE_TEXTS.archive}</summary>
      <p className={styles.empty}>{OFFICE_TEXTS.archiveHint}</p>
      <div className={styles.bar}>
        <Button isOff={give.isPending} onPress={() => give.act(undefined)}>
          {OFFICE_TEXTS.exportArchive}
        </Button>
        {me.roles.includes('editor') && (
          <label className={styles.label}>
            {OFFICE_TEXTS.importArchive}
            <input
              type="file"
              accept=".zip,application/zip"
              disabled={send.isPending || look.isPending}
              onChange={({ target }) => {
                const file = target.files?.[0];
                setOrder(undefined);
                setDrafts(undefined);
                setPercent(undefined);
                if (file !== undefined) send.act(file);
                target.value = '';
              }}
            />
          </label>
        )}
      </div>
      {send.isPending && (
        <p role="status">{filled(OFFICE_TEXTS.uploading, { percent: percent ?? 0 })}</p>
      )}
      <Fault sentence={give.fault ?? send.fault ?? (order && look.fault)} />
      {order !== undefined && (
        <Looked
          order={order}
          found={found}
          isLooking={look.isPending}
          onLook={lookAt}
          onTaken={(count) => {
            setOrder(undefined);
            setDrafts(count);
          }}
        />
      )}
      {drafts !== undefined && (
        <p className={styles.good} role="status">
          {filled(OFFICE_TEXTS.archiveTaken, { drafts })}
        </p>
      )}
    </details>
  );
}

async function sent(file: File, onPercent: (percent: number) => void): Promise<string> {
  if (file.size > ARCHIVE_BYTES || file.size === 0)
    throw new OfficeFault('bad-input', OFFICE_TEXTS.archiveTooLarge);
  const { upload } = await sendPieces(file, office.folder.upload, onPercent);
  return upload;
}

interface Order {
  readonly upload: string;
  readonly overwrites: boolean;
}

/**
 * What the archive would change; taken only when somebody has seen it. The server unpacks and compares all of it for a look, so that it
 * is asked for once, and again only when a person says so.
 */
function Looked({
  order,
  found,
  isLooking,
  onLook,
  onTaken,
}: {
  readonly order: Order;
  readonly found: ArchiveLook | undefined;
  readonly isLooking: boolean;
  readonly onLook: (order: Order) => void;
  readonly onTaken: (drafts: number) => void;
}) {
  const isFaulty = found?.outcome === 'faulty';
  return (
    <>
      {isLooking && <p role="status">{OFFICE_TEXTS.archiveLooking}</p>}
      {isFaulty && <Faults look={found} />}
      {found?.outcome === 'sound' && <Changes look={found} />}
      {!isFaulty && (
        <label className={styles.check}>
          <input
            type="checkbox"
            checked={order.overwrites}
            disabled={isLooking}
            onChange={({ target }) => onLook({ ...order, overwrites: target.checked })}
          />
          {OFFICE_TEXTS.archiveCounts}
        </label>
      )}
      {found?.outcome === 'sound' && <Confirm order={order} look={found} onTaken={onTaken} />}
      {!isLooking && <Button onPress={() => onLook(order)}>{OFFICE_TEXTS.archiveLookAgain}</Button>}
    </>
  );
}

type Sound = Extract<ArchiveLook, { outcome: 'sound' }>;

function Confirm({
  order,
  look: { digest, rows },
  onTaken,
}: {
  readonly order: Order;
  readonly look: Sound;
  readonly onTaken: (drafts: number) => void;
}) {
  const take = useDoing(office.folder.take, ({ drafts }) => onTaken(drafts));
  const clashes = rows.filter(({ why }) => why !== undefined).length;
  return (
    <>
      {clashes > 0 && (
        <p className={styles.fault}>{filled(OFFICE_TEXTS.archiveClashes, { count: clashes })}</p>
      )}
      <Button
        isMain
        isOff={take.isPending || clashes > 0 || rows.every(({ waits }) => waits)}
        onPress={() => take.act({ ...order, digest })}
      >
        {OFFICE_TEXTS.archiveConfirm}
      </Button>
      <Fault sentence={take.fault} />
    </>
  );
}

function Changes({ look: { rows, unchanged, files } }: { readonly look: Sound }) {
  const counts = { rows: rows.length, unchanged, files };
  return (
    <>
      <p role="status">{filled(OFFICE_TEXTS.archiveSeen, counts)}</p>
      <Table
        columns={COLUMN_TEXTS.archive}
        rows={rows.map(({ record, title, meets, places, ...row }) => ({
          id: `${record.id} ${record.scope}`,
          cells: [
            title,
            record.id,
            record.scope,
            MEETS_TEXTS[meets],
            meets === 'new' ? '' : filled(OFFICE_TEXTS.changes, { count: places }),
            refusalOf(row),
          ],
        }))}
      />
    </>
  );
}

/** Why a row is not taken as it stands. */
function refusalOf({ why, waits }: Pick<Sound['rows'][number], 'why' | 'waits'>): string {
  if (waits) return OFFICE_TEXTS.archiveWaits;
  return why === undefined ? '' : OFFICE_TEXTS.archiveRefused;
}

function Faults({ look }: { readonly look: Extract<ArchiveLook, { outcome: 'faulty' }> }) {
  return (
    <>
      <Fault sentence={OFFICE_TEXTS.archiveFaulty} />
      <ul>
        {look.faults.map((fault) => (
          <li key={fault}>{fault}</li>
        ))}
      </ul>
      {look.more && <p>{OFFICE_TEXTS.tableMore}</p>}
    </>
  );
}
