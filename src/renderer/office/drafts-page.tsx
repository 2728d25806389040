import { useState } from 'react';
import { z } from 'zod';
import { isKindName, kindNamed } from '#shared/content/kinds/index.ts';
import type { Draft, DraftContent, Me } from '#shared/office/office-views.ts';
import type { JsonValue } from '#shared/operations/json-value.ts';
import { Differences } from './differences.tsx';
import { DraftsList, mayReview } from './drafts-list.tsx';
import styles from './office.module.css';
import { office } from './office-client.ts';
import { OFFICE_TEXTS, PAGE_TEXTS, STATE_TEXTS, timeText } from './office-texts.ts';
import { Asked, Button, Fault, OfficePage, TextField, useDoing } from './parts.tsx';
import { PreviewPanel } from './preview-panel.tsx';
import { type FormSchema, SchemaField } from './schema-form.tsx';

/** What is being written, and what waits for a second person. */
export function DraftsPage({
  me,
  opened,
  onOpen,
}: {
  readonly me: Me;
  readonly opened: string | undefined;
  readonly onOpen: (id: string | undefined) => void;
}) {
  if (opened !== undefined)
    return (
      <Asked about={['draft', opened]} ask={() => office.drafts.get({ id: opened })}>
        {(draft) => (
          <DraftView key={draft.revision} draft={draft} me={me} onBack={() => onOpen(undefined)} />
        )}
      </Asked>
    );
  return (
    <OfficePage title={PAGE_TEXTS.drafts}>
      <Asked about={['drafts']} ask={() => office.drafts.list({})}>
        {(drafts) => <DraftsList drafts={drafts} me={me} onOpen={onOpen} />}
      </Asked>
    </OfficePage>
  );
}

function DraftView({
  draft,
  me,
  onBack,
}: {
  readonly draft: Draft;
  readonly me: Me;
  readonly onBack: () => void;
}) {
  const isWriting = draft.state === 'draft' && me.roles.includes('editor');
  const [isUnsaved, setUnsaved] = useState(false);
  return (
    <OfficePage title={draft.title}>
      <div className={styles.bar}>
        <Button onPress={onBack}>{OFFICE_TEXTS.back}</Button>
        <span>{STATE_TEXTS[draft.state]}</span>
        {draft.publishAt !== undefined && <span>{timeText(draft.publishAt)}</span>}
      </div>
      {draft.note !== '' && <p className={styles.box}>{draft.note}</p>}
      <h2>{OFFICE_TEXTS.differences}</h2>
      <Differences of={draft.differences} />
      {draft.state !== 'published' && draft.state !== 'discarded' && <PreviewPanel draft={draft} />}
      {mayReview(draft, me) && <Review draft={draft} />}
      {isWriting && draft.content !== null && (
        <Editor draft={draft} content={draft.content} onWritten={setUnsaved} />
      )}
      {isWriting && <Submission draft={draft} isUnsaved={isUnsaved} onDiscarded={onBack} />}
    </OfficePage>
  );
}

function Review({ draft: { id, revision } }: { readonly draft: Draft }) {
  const [note, setNote] = useState('');
  const approve = useDoing(office.drafts.approve);
  const reject = useDoing(office.drafts.reject);
  return (
    <div className={styles.box}>
      <TextField label={OFFICE_TEXTS.note} value={note} onChange={setNote} />
      <div className={styles.bar}>
        <Button isMain onPress={() => approve.act({ id, revision })}>
          {OFFICE_TEXTS.approve}
        </Button>
        <Button
          isDanger
          isOff={note.trim() === ''}
          onPress={() => reject.act({ id, revision, note })}
        >
          {OFFICE_TEXTS.reject}
        </Button>
      </div>
      <Fault sentence={approve.fault ?? reject.fault} />
    </div>
  );
}

const ENVELOPE: readonly (readonly [keyof DraftContent, FormSchema])[] = [
  ['effectiveFrom', { type: 'string', maxLength: 10 }],
  ['validUntil', { type: 'string', maxLength: 10 }],
  ['source', { type: 'string', maxLength: 400 }],
  ['responsibleBody', { type: 'string', maxLength: 50 }],
];

function Editor({
  draft,
  content,
  onWritten,
}: {
  readonly draft: Draft;
  readonly content: DraftContent;
  /** Told whether something stands here that is not saved. */
  readonly onWritten: (isUnsaved: boolean) => void;
}) {
  const [written, setWritten] = useState(content);
  const { act, fault, isPending } = useDoing(office.drafts.save);
  const { id, revision, record } = draft;
  const set = (name: string, value: JsonValue | undefined) => {
    onWritten(true);
    setWritten((before) => {
      const { [name as keyof DraftContent]: _before, ...rest } = before;
      // Empty texts stay texts; only the last day may be missing.
      const kept = value === undefined && name !== 'validUntil' ? '' : value;
      return (kept === undefined ? rest : { ...rest, [name]: kept }) as DraftContent;
    });
  };
  return (
    <div className={styles.box}>
      {ENVELOPE.map(([name, schema]) => (
        <SchemaField
          key={name}
          schema={schema}
          name={name}
          value={written[name] as JsonValue | undefined}
          onChange={(value) => set(name, value)}
        />
      ))}
      <SchemaField
        schema={bodySchema(record.kind)}
        name="body"
        value={written.body}
        onChange={(value) => set('body', value ?? {})}
      />
      <details>
        <summary>{OFFICE_TEXTS.furtherFields}</summary>
        <SchemaField
          schema={{}}
          name="translations"
          value={written.translations}
          onChange={(value) => set('translations', value ?? {})}
        />
        <SchemaField
          schema={{ type: 'array', items: { type: 'string' } }}
          name="confirm"
          value={written.confirm}
          onChange={(value) => set('confirm', value ?? [])}
        />
      </details>
      <Button isMain isOff={isPending} onPress={() => act({ id, revision, content: written })}>
        {OFFICE_TEXTS.save}
      </Button>
      <Fault sentence={fault} />
    </div>
  );
}

/** The form follows the schema by which terminals read the record, so that no field can be forgotten here. */
function bodySchema(kind: string): FormSchema {
  if (!isKindName(kind)) return {};
  return z.toJSONSchema(kindNamed(kind).body, {
    io: 'input',
    unrepresentable: 'any',
  }) as FormSchema;
}

function Submission({
  draft: { id, revision, faults },
  isUnsaved,
  onDiscarded,
}: {
  readonly draft: Draft;
  readonly isUnsaved: boolean;
  readonly onDiscarded: () => void;
}) {
  const [note, setNote] = useState('');
  const [publishAt, setPublishAt] = useState('');
  const submit = useDoing(office.drafts.submit);
  const discard = useDoing(office.drafts.discard, onDiscarded);
  const when = publishAt === '' ? {} : { publishAt: `${publishAt}:00+08:00` };
  return (
    <div className={styles.box}>
      {faults.length > 0 && (
        <>
          <h2>{OFFICE_TEXTS.faults}</h2>
          <ul>
            {faults.map(({ field, fault }) => (
              <li key={`${field} ${fault}`}>{fault}</li>
            ))}
          </ul>
        </>
      )}
      {isUnsaved && <p>{OFFICE_TEXTS.saveFirst}</p>}
      <TextField label={OFFICE_TEXTS.note} value={note} onChange={setNote} />
      <TextField
        label={OFFICE_TEXTS.publishAt}
        value={publishAt}
        onChange={setPublishAt}
        type="datetime-local"
      />
      <div className={styles.bar}>
        <Button
          isMain
          isOff={faults.length > 0 || isUnsaved}
          onPress={() => submit.act({ id, revision, note, ...when })}
        >
          {OFFICE_TEXTS.submit}
        </Button>
        <Button isDanger onPress={() => discard.act({ id, revision })}>
          {OFFICE_TEXTS.discard}
        </Button>
      </div>
      <Fault sentence={submit.fault ?? discard.fault} />
    </div>
  );
}
