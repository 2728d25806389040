import { z } from 'zod';
import { isKindName, kindNamed } from '#shared/content/kinds/index.ts';
import type { Draft, DraftContent, Me } from '#shared/office/office-views.ts';
import type { JsonValue } from '#shared/operations/json-value.ts';
import { Differences } from './differences.tsx';
import { DraftsList, mayReview } from './drafts-list.tsx';
import { FileField } from './file-field.tsx';
import { GraphNodes, graphNodes } from './graph-nodes.ts';
import { keptNames, useKeptLine } from './kept-texts.ts';
import { LeftWriting } from './left-writing.tsx';
import styles from './office.module.css';
import { office } from './office-client.ts';
import { filled, OFFICE_TEXTS, PAGE_TEXTS, STATE_TEXTS, timeText } from './office-texts.ts';
import { Asked, Button, Fault, OfficePage, TextField, useDoing } from './parts.tsx';
import { PreviewPanel } from './preview-panel.tsx';
import { type FormSchema, SchemaField } from './schema-form.tsx';
import { useWriting, type Writing } from './use-writing.ts';

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
          <DraftView key={draft.id} draft={draft} me={me} onBack={() => onOpen(undefined)} />
        )}
      </Asked>
    );
  return (
    <OfficePage title={PAGE_TEXTS.drafts}>
      <Asked about={['drafts']} ask={() => office.drafts.list({})}>
        {(drafts) => (
          <>
            <DraftsList drafts={drafts} me={me} onOpen={onOpen} />
            <LeftWriting drafts={drafts} onOpen={onOpen} />
          </>
        )}
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
  const writing = useWriting(draft);
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
      {writing.content !== null && (isWriting || writing.isUnsaved) && (
        <Editor draft={draft} content={writing.content} writing={writing} isOpen={isWriting} />
      )}
      {isWriting && (
        <Submission
          draft={draft}
          isUnsaved={writing.isUnsaved}
          onDiscarded={() => {
            writing.takeSaved();
            onBack();
          }}
        />
      )}
    </OfficePage>
  );
}

function Review({ draft: { id, revision } }: { readonly draft: Draft }) {
  const [note, setNote] = useKeptLine(keptNames(id).reason);
  const approve = useDoing(office.drafts.approve, () => setNote(''));
  const reject = useDoing(office.drafts.reject, () => setNote(''));
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
  writing,
  isOpen,
}: {
  readonly draft: Draft;
  readonly content: DraftContent;
  readonly writing: Writing;
  /** Whether the draft can be saved; it may have been handed in by somebody else meanwhile. */
  readonly isOpen: boolean;
}) {
  const set = (name: keyof DraftContent, value: JsonValue | undefined) => {
    const { [name]: _before, ...rest } = content;
    // Empty texts stay texts; only the last day may be missing.
    const kept = value === undefined && name !== 'validUntil' ? '' : value;
    writing.write((kept === undefined ? rest : { ...rest, [name]: kept }) as DraftContent);
  };
  return (
    <div className={styles.box}>
      {!isOpen && (
        <>
          <p className={styles.fault}>{OFFICE_TEXTS.closedMeanwhile}</p>
          <Button onPress={writing.takeSaved}>{OFFICE_TEXTS.giveUp}</Button>
        </>
      )}
      {isOpen && writing.newer !== undefined && <Newer author={draft.author} writing={writing} />}
      {ENVELOPE.map(([name, schema]) => (
        <SchemaField
          key={name}
          schema={schema}
          name={name}
          value={content[name] as JsonValue | undefined}
          onChange={(value) => set(name, value)}
        />
      ))}
      {isOpen && draft.record.kind === 'media' && (
        <FileField
          draft={draft.id}
          body={content.body}
          onFile={(file) => set('body', { ...content.body, ...file })}
        />
      )}
      <GraphNodes value={graphNodes(content.body)}>
        <SchemaField
          schema={bodySchema(draft.record.kind)}
          name="body"
          value={content.body}
          onChange={(value) => set('body', value ?? {})}
        />
      </GraphNodes>
      <details>
        <summary>{OFFICE_TEXTS.furtherFields}</summary>
        <SchemaField
          schema={{}}
          name="translations"
          value={content.translations}
          onChange={(value) => set('translations', value ?? {})}
        />
        <SchemaField
          schema={{ type: 'array', items: { type: 'string' } }}
          name="confirm"
          value={content.confirm}
          onChange={(value) => set('confirm', value ?? [])}
        />
      </details>
      <Button
        isMain
        isOff={!isOpen || writing.isSaving || writing.newer !== undefined}
        onPress={writing.save}
      >
        {OFFICE_TEXTS.save}
      </Button>
      <Fault sentence={writing.fault} />
    </div>
  );
}

/** Somebody else saved what is being written here: the differences, and a choice. */
function Newer({ author, writing }: { readonly author: string; readonly writing: Writing }) {
  return (
    <div className={styles.box} role="alert">
      <p>{filled(OFFICE_TEXTS.newer, { name: author })}</p>
      <Differences of={writing.newer ?? []} />
      <div className={styles.bar}>
        <Button onPress={writing.takeSaved}>{OFFICE_TEXTS.takeSaved}</Button>
        <Button isMain onPress={writing.goOn}>
          {OFFICE_TEXTS.goOn}
        </Button>
      </div>
    </div>
  );
}

/** The form follows the schema by which terminals read the record, so that no field can be forgotten here. */
function bodySchema(kind: string): FormSchema {
  if (!isKindName(kind)) return {};
  const schema = z.toJSONSchema(kindNamed(kind).body, {
    ...{ io: 'input', unrepresentable: 'any' },
  }) as FormSchema;
  if (kind !== 'media' || schema.properties === undefined) return schema;
  const { type: _type, mime: _mime, sha256: _sha256, bytes: _bytes, ...byHand } = schema.properties;
  return { ...schema, properties: byHand };
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
  const names = keptNames(id);
  const [note, setNote] = useKeptLine(names.note);
  const [publishAt, setPublishAt] = useKeptLine(names.publishAt);
  const clear = () => {
    setNote('');
    setPublishAt('');
  };
  const submit = useDoing(office.drafts.submit, clear);
  const discard = useDoing(office.drafts.discard, () => {
    clear();
    onDiscarded();
  });
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
