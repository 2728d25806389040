import { useState } from 'react';
import { CONTENT_KINDS } from '#shared/content/kinds/index.ts';
import type { ContentRow, Me } from '#shared/office/office-views.ts';
import { ContentArchive } from './content-archive.tsx';
import { ContentTable } from './content-table.tsx';
import { Differences } from './differences.tsx';
import styles from './office.module.css';
import { office } from './office-client.ts';
import {
  COLUMN_TEXTS,
  filled,
  OFFICE_TEXTS,
  PAGE_TEXTS,
  STATE_TEXTS,
  timeText,
} from './office-texts.ts';
import {
  Asked,
  Button,
  Fault,
  OfficePage,
  SelectField,
  Table,
  TextField,
  useDoing,
} from './parts.tsx';
import { RecordNames, Troubles } from './troubles.tsx';

const KINDS = Object.values(CONTENT_KINDS).map(({ kind, label }) => [kind, label] as const);
const ANY_KIND = [['', OFFICE_TEXTS.anyKind] as const, ...KINDS];

interface ForEditors {
  readonly me: Me;
  /** Opens a draft that was just begun. */
  readonly onDraft: (id: string) => void;
}

/** What is published, by kind, place and words; from here it is changed, withdrawn and looked back at. */
export function ContentPage({ me, onDraft }: ForEditors) {
  const [kind, setKind] = useState('');
  const [text, setText] = useState('');
  const [page, setPage] = useState(0);
  const [chosen, setChosen] = useState<ContentRow>();
  if (chosen !== undefined)
    return <History row={chosen} me={me} onDraft={onDraft} onBack={() => setChosen(undefined)} />;
  const filter = { page, ...(kind === '' ? {} : { kind }), ...(text === '' ? {} : { text }) };
  return (
    <OfficePage title={PAGE_TEXTS.content}>
      <Troubles />
      <Waiting me={me} />
      <div className={styles.bar}>
        <SelectField
          label={OFFICE_TEXTS.kind}
          value={kind}
          options={ANY_KIND}
          onChange={(next) => {
            setKind(next);
            setPage(0);
          }}
        />
        <TextField
          label={OFFICE_TEXTS.search}
          value={text}
          onChange={(next) => {
            setText(next);
            setPage(0);
          }}
        />
      </div>
      <ContentTable key={kind} kind={kind} me={me} />
      <ContentArchive me={me} />
      <Asked about={['content', filter]} ask={() => office.content.list(filter)}>
        {({ rows, more }) => (
          <>
            <Table
              columns={COLUMN_TEXTS.content}
              rows={rows.map((row) => ({
                id: `${row.record.id} ${row.record.scope}`,
                cells: rowCells(row, () => setChosen(row)),
              }))}
            />
            <div className={styles.bar}>
              {page > 0 && <Button onPress={() => setPage(page - 1)}>{OFFICE_TEXTS.back}</Button>}
              {more && <Button onPress={() => setPage(page + 1)}>{OFFICE_TEXTS.more}</Button>}
            </div>
          </>
        )}
      </Asked>
      {me.roles.includes('editor') && <NewRecord me={me} onDraft={onDraft} />}
    </OfficePage>
  );
}

function rowCells(row: ContentRow, onOpen: () => void) {
  const { record, title, state, changedAt, missing } = row;
  const kind = KINDS.find(([name]) => name === record.kind)?.[1] ?? record.kind;
  return [
    title,
    kind,
    record.scope,
    state === 'published' ? STATE_TEXTS.published : OFFICE_TEXTS.withdrawn,
    timeText(changedAt),
    missing,
    <Button key="open" onPress={onOpen}>
      {OFFICE_TEXTS.history}
    </Button>,
  ];
}

/** Divisions in which much would go wait here for a reviewer's word. */
function Waiting({ me }: { readonly me: Me }) {
  const { act, fault } = useDoing(office.feed.confirm);
  return (
    <Asked about={['waiting']} ask={() => office.feed.waiting()}>
      {(divisions) =>
        divisions.map(({ division, unsound, gone, top }) => (
          <div key={division} className={styles.box}>
            <p className={styles.fault}>
              {unsound.length === 0 ? OFFICE_TEXTS.deletionsWait : OFFICE_TEXTS.unsoundWait}
              {division}
            </p>
            <RecordNames records={unsound} />
            {gone > 0 && <p>{filled(OFFICE_TEXTS.goneWait, { gone })}</p>}
            {me.roles.includes('reviewer') && (
              <Button isDanger onPress={() => act({ division, top })}>
                {unsound.length === 0
                  ? OFFICE_TEXTS.confirmDeletions
                  : OFFICE_TEXTS.confirmLeavingOut}
              </Button>
            )}
            <Fault sentence={fault} />
          </div>
        ))
      }
    </Asked>
  );
}

function NewRecord({ me, onDraft }: ForEditors) {
  const [kind, setKind] = useState('notice');
  const [name, setName] = useState('');
  const [scope, setScope] = useState(me.divisions[0] ?? '');
  const { act, fault } = useDoing(office.drafts.start, ({ id }) => onDraft(id));
  return (
    <fieldset className={styles.box}>
      <legend>{OFFICE_TEXTS.newRecord}</legend>
      <div className={styles.bar}>
        <SelectField label={OFFICE_TEXTS.kind} value={kind} options={KINDS} onChange={setKind} />
        <TextField label={OFFICE_TEXTS.recordName} value={name} onChange={setName} />
        <TextField label={OFFICE_TEXTS.scope} value={scope} onChange={setScope} />
        <Button
          isMain
          onPress={() => act({ record: { id: `${kind}.${name}`, kind, scope: scope.trim() } })}
        >
          {OFFICE_TEXTS.start}
        </Button>
      </div>
      <Fault sentence={fault} />
    </fieldset>
  );
}

function History({
  row: { record, title, state },
  me,
  onDraft,
  onBack,
}: ForEditors & { readonly row: ContentRow; readonly onBack: () => void }) {
  const [version, setVersion] = useState<number>();
  const { act, fault } = useDoing(office.drafts.start, ({ id }) => onDraft(id));
  const at = { id: record.id, scope: record.scope };
  const mayWrite = me.roles.includes('editor');
  return (
    <OfficePage title={title}>
      <div className={styles.bar}>
        <Button onPress={onBack}>{OFFICE_TEXTS.back}</Button>
        {mayWrite && (
          <Button isMain onPress={() => act({ record })}>
            {OFFICE_TEXTS.edit}
          </Button>
        )}
        {mayWrite && state === 'published' && (
          <Button isDanger onPress={() => act({ record, withdraw: true })}>
            {OFFICE_TEXTS.withdraw}
          </Button>
        )}
      </div>
      <Fault sentence={fault} />
      <h2>{OFFICE_TEXTS.history}</h2>
      <Asked about={['history', at]} ask={() => office.content.history(at)}>
        {(versions) => (
          <Table
            columns={COLUMN_TEXTS.history}
            rows={versions.map((entry) => ({
              id: String(entry.version),
              cells: [
                filled(OFFICE_TEXTS.version, { version: entry.version }),
                timeText(entry.at),
                entry.actor,
                entry.withdrawn ? OFFICE_TEXTS.withdrawn : entry.note,
                <span key="do" className={styles.bar}>
                  <Button onPress={() => setVersion(entry.version)}>{OFFICE_TEXTS.after}</Button>
                  {mayWrite && !entry.withdrawn && (
                    <Button onPress={() => act({ record, from: entry.version })}>
                      {OFFICE_TEXTS.restore}
                    </Button>
                  )}
                </span>,
              ],
            }))}
          />
        )}
      </Asked>
      {version !== undefined && (
        <>
          <h2>{filled(OFFICE_TEXTS.version, { version })}</h2>
          <Asked
            about={['version', at, version]}
            ask={() => office.content.version({ ...at, version })}
          >
            {({ differences }) => <Differences of={differences} />}
          </Asked>
        </>
      )}
    </OfficePage>
  );
}
