import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type EditRecord, WHOLE_RECORD } from '#shared/contract/editing.ts';
import type { DraftContent, DraftFault } from '#shared/editing/check-draft.ts';
import { describeFields, describeValue } from '#shared/editing/describe.ts';
import { useReading, useStation } from '../station-client/use-station.ts';
import { Action } from '../ui/action.tsx';
import { Callout } from '../ui/callout.tsx';
import { PageBody } from '../ui/page-body.tsx';
import { PageTitle } from '../ui/page-title.tsx';
import { Reading } from '../ui/reading.tsx';
import { Section } from '../ui/section.tsx';
import { AskTwice } from './ask-twice.tsx';
import { Changes, Decide } from './decide.tsx';
import { EditFields, type FormPlace, itemAt, withItem } from './edit-fields.tsx';
import { History } from './history.tsx';
import { isTaken } from './is-taken.ts';
import { Preview } from './preview.tsx';
import styles from './staff.module.css';
import { DateSteps } from './steps.tsx';
import { useDraft } from './use-draft.ts';

/** One record: what is written, checked, seen beforehand, published, and what became of it. */
export function RecordPage({
  id,
  today,
  onLeave,
}: {
  readonly id: string;
  readonly today: string;
  readonly onLeave: () => void;
}) {
  const query = useReading(['edit', id], (station) => station.editing.open({ id }));
  return (
    <Reading query={query}>
      {(record) => (
        <Opened
          // A record that was published or decided begins anew.
          key={`${record.versions.length} ${record.draft?.stamp ?? 0} ${record.progress}`}
          {...{ record, today, onLeave }}
          onChanged={() => void query.refetch()}
        />
      )}
    </Reading>
  );
}

interface OpenedProps {
  readonly record: EditRecord;
  readonly today: string;
  readonly onLeave: () => void;
  readonly onChanged: () => void;
}

function Opened(props: OpenedProps) {
  const { record } = props;
  if (record.locked !== undefined) return <LockedRecord {...props} />;
  return <OwnRecord {...props} />;
}

function LockedRecord({ record, onChanged }: OpenedProps) {
  const { t } = useTranslation();
  const station = useStation();
  const body = (record.shown?.body ?? {}) as Readonly<Record<string, unknown>>;
  const adopt = () => {
    station.editing.adopt({ id: record.id }).then(onChanged, onChanged);
  };
  const mayAdopt = !['station', 'notice'].includes(record.kind);
  return (
    <PageBody>
      <PageTitle title={record.title} above={record.label} />
      <Callout
        title={record.locked}
        action={mayAdopt ? <Action label={t('staff.adopt')} onPress={adopt} /> : undefined}
      >
        {t(mayAdopt ? 'staff.adoptHint' : 'staff.lockedHint')}
      </Callout>
      <Section title={t('staff.shown')}>
        {record.fields.map((field) => (
          <div key={field.at} className={styles.locked}>
            <span className={styles.label}>{field.label}</span>
            <span>{describeValue(field.input, body[field.at], namesOf(record))}</span>
          </div>
        ))}
      </Section>
    </PageBody>
  );
}

const TABS = ['edit', 'preview', 'history'] as const;

function OwnRecord({ record, today, onLeave, onChanged }: OpenedProps) {
  const { t } = useTranslation();
  const station = useStation();
  const queries = useQueryClient();
  const draft = useDraft(record);
  const [tab, setTab] = useState<(typeof TABS)[number]>('edit');
  const [item, setItem] = useState<string>();
  const [told, setTold] = useState<readonly DraftFault[]>([]);
  const [clash, setClash] = useState<EditRecord['versions'][number]['changes']>();
  const [isGone, setGone] = useState(false);
  const [sentence, setSentence] = useState('');
  const faults = draft.faults.length > 0 ? draft.faults : told;
  const place = placeOf(record, draft.content, today, faults, setItem);
  const after = () => {
    void queries.invalidateQueries({ queryKey: ['edit-overview'] });
    void queries.invalidateQueries({ queryKey: ['edit-list'] });
    onChanged();
  };
  const tell = (work: () => Promise<unknown>, taken = t('staff.stale')) => {
    setSentence('');
    work().catch((error: unknown) => setSentence(isTaken(error) ? taken : t('staff.failed')));
  };
  const saved = async () => {
    const stamp = await draft.flush();
    if (stamp === undefined) throw new Error('not saved');
    return stamp;
  };
  const publishAt = async (stamp: number) => {
    const answer = await station.editing.publish({ id: record.id, stamp });
    setGone(answer.state === 'gone');
    if (answer.state === 'faults') {
      setTold(answer.faults);
      setSentence(t('staff.mend', { count: answer.faults.filter((one) => one.isGrave).length }));
    } else if (answer.state === 'changed') setClash(answer.fields);
    else if (answer.state !== 'gone') after();
  };
  const publish = () => tell(async () => publishAt(await saved()));
  const isChanged = record.draft !== undefined || draft.state !== 'same';
  const openTab = (next: (typeof TABS)[number]) =>
    tell(async () => {
      if (next === 'preview') await saved();
      // What is typed must be a draft before an older version is brought back beside it.
      if (next === 'history') await draft.flush();
      setTab(next);
    });
  if (item !== undefined)
    return <ItemPage {...{ record, item, place, draft }} onLeave={() => setItem(parentOf(item))} />;
  return (
    <PageBody>
      <PageTitle title={record.title || t('staff.untitled')} above={record.label}>
        <State record={record} draft={isChanged ? draft.state : 'same'} />
      </PageTitle>
      {record.decision !== undefined && <Decide {...{ record }} onDone={after} />}
      {clash !== undefined && (
        <Changes
          title={t('staff.clash')}
          fields={clash}
          onChoose={(own) =>
            tell(async () => {
              await station.editing.rebase({ id: record.id, own: [...own] });
              after();
            })
          }
        />
      )}
      {isGone && (
        <Callout
          tone="warn"
          title={t('staff.goneMeanwhile.title')}
          action={
            <AskTwice
              label={t('staff.goneMeanwhile.again')}
              onSure={() =>
                tell(async () => {
                  await saved();
                  const own = [WHOLE_RECORD];
                  const { draft: begun } = await station.editing.rebase({ id: record.id, own });
                  await publishAt(begun?.stamp ?? 0);
                })
              }
            />
          }
        >
          {t('staff.goneMeanwhile.hint')}
        </Callout>
      )}
      <NewerThanHere {...{ draft, onChanged, onLeave }} />
      <nav className={styles.tabs}>
        {TABS.filter((name) => name !== 'preview' || isChanged).map((name) => (
          <Action
            key={name}
            label={t(`staff.tabs.${name}`)}
            emphasis={name === tab ? 'primary' : 'plain'}
            onPress={() => openTab(name)}
          />
        ))}
      </nav>
      {tab === 'preview' && <Preview record={record} />}
      {tab === 'history' && <History record={record} onDone={after} />}
      {tab === 'edit' && <Form {...{ record, draft, place, faults }} />}
      <p className={styles.sentence} role="status">
        {sentence}
      </p>
      {isChanged && (
        <footer className={styles.actions}>
          <AskTwice
            label={t('staff.discard')}
            onSure={() =>
              tell(async () => {
                await station.editing.discard({ id: record.id, stamp: await saved() });
                after();
                if (record.shown === undefined) onLeave();
              })
            }
          />
          <Action label={t('staff.publish')} emphasis="primary" onPress={publish} />
        </footer>
      )}
      {!isChanged && record.isShown && tab === 'edit' && mayWithdraw(record) && (
        <footer className={styles.actions}>
          <AskTwice
            label={t('staff.withdraw')}
            onSure={() =>
              tell(async () => {
                await station.editing.withdraw({ id: record.id });
                after();
              }, t('staff.draftFirst'))
            }
          />
        </footer>
      )}
    </PageBody>
  );
}

/** Somebody else changed the draft, or it is none any more: what was typed here stays on the page until a person chose. */
function NewerThanHere({
  draft,
  onChanged,
  onLeave,
}: {
  readonly draft: DraftOf;
  readonly onChanged: () => void;
  readonly onLeave: () => void;
}) {
  const { t } = useTranslation();
  const { newer } = draft;
  if (newer === undefined) return null;
  const takeTheirs = () => {
    draft.takeTheirs();
    if (newer.draft !== undefined) return;
    if (newer.shown === undefined) onLeave();
    else onChanged();
  };
  const { editor } = newer.draft ?? {};
  return (
    <Callout
      tone="warn"
      title={editor === undefined ? t('staff.noDraft') : t('staff.newer', { name: editor })}
      action={
        <>
          <Action
            label={t(editor === undefined ? 'staff.takeShown' : 'staff.takeTheirs')}
            onPress={takeTheirs}
          />
          <Action label={t('staff.takeMine')} onPress={draft.takeMine} />
        </>
      }
    >
      {t(editor === undefined ? 'staff.noDraftHint' : 'staff.newerHint')}
    </Callout>
  );
}

function mayWithdraw({ kind }: EditRecord): boolean {
  return kind !== 'station' && kind !== 'hours';
}

function State({
  record,
  draft,
}: {
  readonly record: EditRecord;
  readonly draft: DraftOf['state'];
}) {
  const { t } = useTranslation();
  const words = [
    t(record.isShown ? 'staff.isShown' : 'staff.isNotShown'),
    ...(record.progress === 'none' ? [] : [t(`staff.progress.${record.progress}`)]),
    ...(draft === 'same' ? [] : [t(`staff.draftState.${draft}`)]),
  ];
  return <span>{words.join(t('join.sentences'))}</span>;
}

type DraftOf = ReturnType<typeof useDraft>;

function Form({
  record,
  draft,
  place,
  faults,
}: {
  readonly record: EditRecord;
  readonly draft: DraftOf;
  readonly place: FormPlace;
  readonly faults: readonly DraftFault[];
}) {
  const { t } = useTranslation();
  const { content, change } = draft;
  const end = content.validUntil;
  return (
    <>
      {faults.length > 0 && (
        <ul className={styles.faults}>
          {faults.map((fault) => (
            <li
              key={`${fault.field} ${fault.sentence}`}
              className={fault.isGrave ? styles.grave : ''}
            >
              {fault.sentence}
            </li>
          ))}
        </ul>
      )}
      <div className={styles.form}>
        <EditFields
          fields={record.fields}
          value={content.body}
          path=""
          place={place}
          onChange={(body) => change({ ...content, body })}
        />
        <div className={styles.part}>
          <DateSteps
            label={t('staff.from')}
            value={content.effectiveFrom}
            today={place.today}
            error={errorAt(faults, 'effectiveFrom')}
            onChange={(effectiveFrom) => change({ ...content, effectiveFrom })}
          />
        </div>
        <div className={styles.part}>
          <DateSteps
            label={t('staff.until')}
            value={end ?? ''}
            today={place.today}
            error={errorAt(faults, 'validUntil')}
            onChange={(validUntil) => change({ ...content, validUntil })}
          />
          {!record.mustEnd && end !== undefined && (
            <Action
              label={t('staff.noEnd')}
              onPress={() => {
                const { validUntil: _, ...open } = content;
                change(open);
              }}
            />
          )}
        </div>
      </div>
    </>
  );
}

function errorAt(faults: readonly DraftFault[], field: string): string | undefined {
  return faults.find((fault) => fault.isGrave && fault.field === field)?.sentence;
}

/** An item of a list, as a page of its own. */
function ItemPage({
  record,
  item,
  place,
  draft,
  onLeave,
}: {
  readonly record: EditRecord;
  readonly item: string;
  readonly place: FormPlace;
  readonly draft: DraftOf;
  readonly onLeave: () => void;
}) {
  const { t } = useTranslation();
  const { content, change } = draft;
  const { fields, value, noun, isFixed } = itemAt(record.fields, content.body, item);
  const put = (next: unknown) => change({ ...content, body: withItem(content.body, item, next) });
  return (
    <PageBody>
      <PageTitle title={noun} above={[record.label, record.title].filter(Boolean).join(' › ')} />
      <div className={styles.form}>
        <EditFields fields={fields} value={value} path={item} place={place} onChange={put} />
      </div>
      <footer className={styles.actions}>
        {!isFixed && (
          <AskTwice
            label={t('staff.removeItem', { noun })}
            onSure={() => {
              put(undefined);
              onLeave();
            }}
          />
        )}
        <Action label={t('staff.itemDone')} emphasis="primary" onPress={onLeave} />
      </footer>
    </PageBody>
  );
}

function parentOf(item: string): string | undefined {
  const steps = item.split('.').slice(0, -2);
  return steps.length === 0 ? undefined : steps.join('.');
}

function namesOf(record: EditRecord): (id: string) => string {
  const known = new Map(
    Object.values(record.references)
      .flat()
      .map(({ value, label }) => [value, label]),
  );
  return (id) => known.get(id) ?? id;
}

function placeOf(
  record: EditRecord,
  content: DraftContent,
  today: string,
  faults: readonly DraftFault[],
  onOpen: (path: string) => void,
): FormPlace {
  const nameOf = namesOf(record);
  const { shifts } = (content.body ?? {}) as { shifts?: readonly { readonly id: string }[] };
  const input = record.fields.find(({ at }) => at === 'shifts')?.input;
  const fields = input?.type === 'list' ? input.fields : [];
  const named = (shifts ?? []).map((shift) => ({
    value: shift.id,
    label: describeFields(fields, shift, nameOf),
  }));
  const byShift = new Map(named.map(({ value, label }) => [value, label]));
  return {
    ...{ references: record.references, shifts: named, today, faults, onOpen },
    nameOf: (id) => byShift.get(id) ?? nameOf(id),
  };
}
