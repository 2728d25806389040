import { useEffect, useEffectEvent, useRef, useState } from 'react';
import type { EditRecord } from '#shared/contract/editing.ts';
import type { DraftContent, DraftFault } from '#shared/editing/check-draft.ts';
import { useStation } from '../station-client/use-station.ts';

/** So long after the last change it is written down; whatever happens then, the host has it. */
const SAVE_AFTER_MS = 500;
/** What could not be written, for the host was gone or the log-in over, is tried again so often. */
const SAVE_AGAIN_MS = 3000;

type Draft = NonNullable<EditRecord['draft']>;

/** A draft while somebody writes it; every change is saved by itself. */
export interface DraftHandle {
  readonly content: DraftContent;
  readonly faults: readonly DraftFault[];
  readonly state: 'same' | 'saving' | 'saved' | 'failed';
  /** What somebody else saved meanwhile; nothing is written before a person chose. */
  readonly newer: Draft | undefined;
  readonly change: (content: DraftContent) => void;
  readonly takeTheirs: () => void;
  readonly takeMine: () => void;
  /** Saves what is still to be saved; the stamp that the host has then, or undefined when it could not be written. */
  readonly flush: () => Promise<number | undefined>;
}

const EMPTY: DraftContent = { effectiveFrom: '', body: {} };

export function useDraft(record: EditRecord): DraftHandle {
  const station = useStation();
  const [content, setContent] = useState(record.draft?.content ?? record.shown ?? EMPTY);
  const [faults, setFaults] = useState<readonly DraftFault[]>([]);
  const [state, setState] = useState<DraftHandle['state']>(
    record.draft === undefined ? 'same' : 'saved',
  );
  const [newer, setNewer] = useState<Draft>();
  const [changes, setChanges] = useState(0);
  const stamp = useRef(record.draft?.stamp ?? 0);
  const unsaved = useRef<DraftContent>(undefined);
  // One save after the other: each names the state that the one before it left.
  const saving = useRef<Promise<void>>(Promise.resolve());

  const saveNow = async (): Promise<void> => {
    const next = unsaved.current;
    if (next === undefined) return;
    unsaved.current = undefined;
    try {
      const answer = await station.editing.save({
        id: record.id,
        content: next,
        stamp: stamp.current,
      });
      if (answer.state === 'newer') setNewer(answer.draft);
      else {
        stamp.current = answer.stamp;
        setFaults(answer.faults);
        setState('saved');
      }
    } catch {
      // It stays on the page and is tried again.
      unsaved.current ??= next;
      setState('failed');
    }
  };
  const flush = async () => {
    saving.current = saving.current.then(saveNow);
    await saving.current;
    return unsaved.current === undefined && newer === undefined ? stamp.current : undefined;
  };
  const onLeave = useEffectEvent(() => void flush());
  useEffect(() => () => onLeave(), []);
  useEffect(() => {
    if (state !== 'saving' || changes === 0) return undefined;
    const timer = setTimeout(() => onLeave(), SAVE_AFTER_MS);
    return () => clearTimeout(timer);
  }, [state, changes]);
  useEffect(() => {
    if (state !== 'failed') return undefined;
    const timer = setInterval(() => onLeave(), SAVE_AGAIN_MS);
    return () => clearInterval(timer);
  }, [state]);

  const change = (next: DraftContent) => {
    setContent(next);
    unsaved.current = next;
    setChanges(changes + 1);
    setState('saving');
  };
  return {
    ...{ content, faults, state, newer, change, flush },
    takeTheirs: () => {
      if (newer === undefined) return;
      stamp.current = newer.stamp;
      unsaved.current = undefined;
      setContent(newer.content);
      setNewer(undefined);
      setState('saved');
    },
    takeMine: () => {
      if (newer === undefined) return;
      stamp.current = newer.stamp;
      setNewer(undefined);
      change(content);
    },
  };
}
