import { useState } from 'react';
import type { Draft, Me } from '#shared/office/office-views.ts';
import { Differences } from './differences.tsx';
import { keptNames, useKept } from './kept-texts.ts';
import styles from './office.module.css';
import { office, sentenceOf } from './office-client.ts';
import { COLUMN_TEXTS, filled, OFFICE_TEXTS, STATE_TEXTS, timeText } from './office-texts.ts';
import { Button, Table, useDoing } from './parts.tsx';

/** Whether somebody may let a draft through: a second person, never who wrote it. */
export function mayReview({ state, writerIds }: Draft, me: Me): boolean {
  return state === 'in-review' && me.roles.includes('reviewer') && !writerIds.includes(me.id);
}

/** What is not done with yet. Who reviews reads the differences here and may let several through at once: a table brings hundreds. */
export function DraftsList({
  drafts,
  me,
  onOpen,
}: {
  readonly drafts: readonly Draft[];
  readonly me: Me;
  readonly onOpen: (id: string) => void;
}) {
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const reviewable = drafts.filter((draft) => mayReview(draft, me));
  const picked = reviewable.filter(({ id }) => chosen.has(id));
  const pick = (ids: readonly string[], isOn: boolean) =>
    setChosen((before) => {
      const others = [...before].filter((id) => !ids.includes(id));
      return new Set(isOn ? [...others, ...ids] : others);
    });
  return (
    <>
      {reviewable.length > 0 && (
        <Approval
          picked={picked}
          isAll={picked.length === reviewable.length}
          onAll={(isOn) =>
            pick(
              reviewable.map(({ id }) => id),
              isOn,
            )
          }
        />
      )}
      <Table
        columns={COLUMN_TEXTS.drafts}
        rows={drafts.map((draft) => ({
          id: draft.id,
          cells: [
            <Chosen
              key="chosen"
              title={titleOf(draft)}
              isOffered={reviewable.includes(draft)}
              isOn={chosen.has(draft.id)}
              onChange={(isOn) => pick([draft.id], isOn)}
            />,
            <State key="state" of={draft} />,
            draft.author,
            timeText(draft.changedAt),
            draft.note,
            <Changes key="changes" of={draft} />,
            <Button key="open" onPress={() => onOpen(draft.id)}>
              {draft.state === 'draft' ? OFFICE_TEXTS.edit : OFFICE_TEXTS.openSealed}
            </Button>,
          ],
        }))}
      />
    </>
  );
}

function State({ of: { id, state } }: { readonly of: Draft }) {
  const [writing] = useKept(keptNames(id).writing);
  if (writing === undefined) return STATE_TEXTS[state];
  const [first, second] = [STATE_TEXTS[state], OFFICE_TEXTS.notSaved];
  return filled(OFFICE_TEXTS.bracketed, { first, second });
}

function titleOf({ title, content }: Draft): string {
  return content === null ? filled(OFFICE_TEXTS.withdrawOf, { title }) : title;
}

function Chosen({
  title,
  isOffered,
  isOn,
  onChange,
}: {
  readonly title: string;
  readonly isOffered: boolean;
  readonly isOn: boolean;
  readonly onChange: (isOn: boolean) => void;
}) {
  if (!isOffered) return title;
  return (
    <label className={styles.check}>
      <input type="checkbox" checked={isOn} onChange={({ target }) => onChange(target.checked)} />
      {title}
    </label>
  );
}

function Changes({ of: { differences } }: { readonly of: Draft }) {
  if (differences.length === 0) return OFFICE_TEXTS.noChanges;
  return (
    <details>
      <summary>{filled(OFFICE_TEXTS.changes, { count: String(differences.length) })}</summary>
      <Differences of={differences} />
    </details>
  );
}

function Approval({
  picked,
  isAll,
  onAll,
}: {
  readonly picked: readonly Draft[];
  readonly isAll: boolean;
  readonly onAll: (isOn: boolean) => void;
}) {
  const [refused, setRefused] = useState<readonly string[]>([]);
  const { act, isPending } = useDoing(approveEach, setRefused);
  const count = String(picked.length);
  return (
    <div className={styles.box}>
      <div className={styles.bar}>
        <label className={styles.check}>
          <input type="checkbox" checked={isAll} onChange={({ target }) => onAll(target.checked)} />
          {OFFICE_TEXTS.chooseAll}
        </label>
        <Button isMain isOff={picked.length === 0 || isPending} onPress={() => act(picked)}>
          {filled(OFFICE_TEXTS.approveChosen, { count })}
        </Button>
      </div>
      {refused.length > 0 && (
        <ul className={styles.fault} role="alert">
          {refused.map((sentence) => (
            <li key={sentence}>{sentence}</li>
          ))}
        </ul>
      )}
    </div>
  );
}

/** One after the other, each as it was seen here; gives a sentence for each that was not let through. */
async function approveEach(drafts: readonly Draft[]): Promise<string[]> {
  const refused: string[] = [];
  for (const draft of drafts)
    try {
      await office.drafts.approve({ id: draft.id, revision: draft.revision });
    } catch (error) {
      const facts = { title: titleOf(draft), sentence: sentenceOf(error) };
      refused.push(filled(OFFICE_TEXTS.notApproved, facts));
    }
  return refused;
}
