import { useState } from 'react';
import type { Me, TableTaken } from '#shared/office/office-views.ts';
import { TABLE_KINDS } from '#shared/tables/content-sheets.ts';
import styles from './office.module.css';
import { OfficeFault, office } from './office-client.ts';
import { COLUMN_TEXTS, filled, OFFICE_TEXTS } from './office-texts.ts';
import { Button, Fault, saveBlob, Table, useDoing } from './parts.tsx';

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
const MOST_BYTES = 4_000_000;

/** Records of a kind as a table for office programs, out and in. */
export function ContentTable({ kind, me }: { readonly kind: string; readonly me: Me }) {
  const [taken, setTaken] = useState<TableTaken>();
  const give = useDoing(() => office.tables.export({ kind }), save);
  const take = useDoing((file: File) => takeTable(kind, file), setTaken);
  if (!(TABLE_KINDS as readonly string[]).includes(kind)) return undefined;
  return (
    <div className={styles.box}>
      <div className={styles.bar}>
        <Button isOff={give.isPending} onPress={() => give.act(undefined)}>
          {OFFICE_TEXTS.exportTable}
        </Button>
        {me.roles.includes('editor') && (
          <label className={styles.label}>
            {OFFICE_TEXTS.importTable}
            <input
              type="file"
              accept={`.xlsx,${XLSX}`}
              onChange={({ target }) => {
                const file = target.files?.[0];
                setTaken(undefined);
                if (file !== undefined) take.act(file);
                target.value = '';
              }}
            />
          </label>
        )}
        <span className={styles.empty}>{OFFICE_TEXTS.tableHint}</span>
      </div>
      <Fault sentence={give.fault ?? take.fault} />
      {taken !== undefined && <Outcome taken={taken} />}
    </div>
  );
}

function Outcome({ taken }: { readonly taken: TableTaken }) {
  if (taken.outcome === 'taken')
    return (
      <p className={styles.good} role="status">
        {filled(OFFICE_TEXTS.tableTaken, { drafts: taken.drafts, unchanged: taken.unchanged })}
      </p>
    );
  return (
    <>
      <Fault sentence={OFFICE_TEXTS.tableFaulty} />
      <Table
        columns={COLUMN_TEXTS.tableFaults}
        rows={taken.faults.map(({ sheet, row, column, fault }, at) => ({
          id: String(at),
          cells: [sheet, row, column, fault],
        }))}
      />
      {taken.more && <p>{OFFICE_TEXTS.tableMore}</p>}
    </>
  );
}

function save({ fileName, base64 }: { readonly fileName: string; readonly base64: string }): void {
  const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
  saveBlob(fileName, new Blob([bytes], { type: XLSX }));
}

async function takeTable(kind: string, file: File): Promise<TableTaken> {
  if (file.size > MOST_BYTES) throw new OfficeFault('bad-input', OFFICE_TEXTS.tableTooLarge);
  const bytes = new Uint8Array(await file.arrayBuffer());
  let binary = '';
  for (let at = 0; at < bytes.length; at += CHUNK)
    binary += String.fromCharCode(...bytes.subarray(at, at + CHUNK));
  return office.tables.take({ kind, fileName: file.name.slice(0, 80), base64: btoa(binary) });
}

/** As many arguments as a call certainly takes. */
const CHUNK = 8_192;
