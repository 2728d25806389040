import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import type { Draft, DraftContent } from '#shared/office/office-views.ts';
import { changesBetween, type FieldChange, laidOver } from '#shared/operations/field-change.ts';
import type { JsonValue } from '#shared/operations/json-value.ts';
import { keptNames, useKept } from './kept-texts.ts';
import { office } from './office-client.ts';
import { useDoing } from './parts.tsx';

/** What somebody wrote and has not saved, the title of its draft, and the saved state that they wrote it from. */
export interface Unsaved {
  readonly title: string;
  readonly from: DraftContent;
  readonly written: DraftContent;
}

/** The writing of a draft: whatever is read anew or fails, what was written stays until it is saved or given up. */
export interface Writing {
  /** What stands in the form; null for a withdrawal. */
  readonly content: DraftContent | null;
  readonly isUnsaved: boolean;
  /** How what is written differs from what somebody else saved meanwhile; undefined when nobody did. */
  readonly newer: FieldChange[] | undefined;
  readonly write: (content: DraftContent) => void;
  readonly save: () => void;
  readonly isSaving: boolean;
  readonly fault: string | undefined;
  /** Gives up what was written for what is saved. */
  readonly takeSaved: () => void;
  /** Lays what was written over what somebody else saved. */
  readonly goOn: () => void;
}

const json = (content: DraftContent) => content as unknown as JsonValue;
const isSame = (one: DraftContent, other: DraftContent) =>
  changesBetween(json(one), json(other)).length === 0;

/** Keeps what somebody writes in a draft, also while they are on another page. */
export function useWriting({ id, title, revision, content: saved }: Draft): Writing {
  const queries = useQueryClient();
  const [kept, setKept] = useKept<Unsaved>(keptNames(id).writing);
  const saving = useDoing(office.drafts.save, (answer, { content: sent }) => {
    queries.setQueryData(['draft', id], answer);
    // What was typed while the answer was on its way is not saved yet.
    setKept((now) =>
      now === undefined || now.written === sent
        ? undefined
        : { ...now, from: answer.content ?? now.from },
    );
  });
  // A save whose answer got lost has been saved all the same; so has what was typed and taken back.
  const isSaved = kept !== undefined && saved !== null && isSame(kept.written, saved);
  const unsaved = isSaved ? undefined : kept;
  // What is on its way may be taken back, too: only the answer tells what is saved then.
  const isDone = isSaved && !saving.isPending;
  useEffect(() => {
    if (isDone) setKept(() => undefined);
  });
  const isNewer =
    unsaved !== undefined && saved !== null && !saving.isPending && !isSame(unsaved.from, saved);
  return {
    content: unsaved?.written ?? saved,
    isUnsaved: unsaved !== undefined,
    newer: isNewer ? changesBetween(json(saved), json(unsaved.written)) : undefined,
    write: (written) => {
      if (saved !== null) setKept(() => ({ title, from: unsaved?.from ?? saved, written }));
    },
    save: () => {
      const written = unsaved?.written ?? saved;
      if (written !== null) saving.act({ id, revision, content: written });
    },
    isSaving: saving.isPending,
    fault: saving.fault,
    takeSaved: () => setKept(() => undefined),
    goOn: () => {
      if (unsaved === undefined || saved === null) return;
      const written = laidOver(json(saved), json(unsaved.from), json(unsaved.written));
      setKept(() => ({ title, from: saved, written: written as unknown as DraftContent }));
    },
  };
}
