import { useEffect, useEffectEvent, useRef, useState } from 'react';
import type { EditRecord } from '#shared/contract/editing.ts';
import type { DraftContent, DraftFault } from '#shared/editing/check-draft.ts';
import { useStation } from '../station-client/use-station.ts';
import { useUnsavedDrafts } from './unsaved-drafts.ts';

/** So long after the last change it is written down; whatever happens then, the host has it. */
const SAVE_AFTER_MS = 500;
/** What could not be written, for the host was gone or the log-in over, is tried again so often. */
const SAVE_AGAIN_MS = 3000;

/** What somebody else left in place of what this page started from: another draft, or none but what is on show. */
export interface Newer {
  readonly draft?: EditRecord['draft'];
  readonly shown?: EditRecord['shown'];
}

/** A draft while somebody writes it; every change is saved by itself. */
export interface DraftHandle {
  readonly content: DraftContent;
  readonly faults: readonly DraftFault[];
  readonly state: 'same' | 'saving' | 'saved' | 'failed';
  /** What somebody else did meanwhile; nothing is written before a person chose. */
  readonly newer: Newer | undefined;
  readonly change: (content: DraftContent) => void;
  readonly takeTheirs: () => void;
  readonly takeMine: () => void;
  /** Saves what is still to be saved; the stamp that the host has then, or undefined when it could not be written. */
  readonly flush: () => Promise<number | undefined>;
}

const EMPTY: DraftContent = { effectiveFrom: '', body: {} };

export function useDraft(record: EditRecord): DraftHandle {
  const station = useStation();
  const drafts = useUnsavedDrafts();
  // Left before it was saved: it goes on from the state that it was typed over, so that nothing of others is lost, either.
  const [kept] = useState(() => drafts.of(record.id));
  const start = kept ?? { content: undefined, stamp: record.draft?.stamp ?? 0, from: record.shown };
  const [content, setContent] = useState(
    start.content ?? record.draft?.content ?? record.shown ?? EMPTY,
  );
  const [faults, setFaults] = useState<readonly DraftFault[]>([]);
  const [state, setState] = useState<DraftHandle['state']>(
    kept !== undefined ? 'saving' : record.draft === undefined ? 'same' : 'saved',
  );
  const [newer, setNewer] = useState<Newer>();
  const [changes, setChanges] = useState(kept === undefined ? 0 : 1);
  const stamp = useRef(start.stamp);
  const from = useRef(start.from);
  const unsaved = useRef<DraftContent>(start.content);
  // One save after the other: each names the state that the one before it left.
  const saving = useRef<Promise<void>>(Promise.resolve());

  const keep = (typed: DraftContent) =>
    drafts.keep(record.id, { content: typed, stamp: stamp.current, from: from.current });
  const saveNow = async (): Promise<void> => {
    const next = unsaved.current;
    if (next === undefined) return;
    unsaved.current = undefined;
    try {
      const answer = await station.editing.save({
        id: record.id,
        content: next,
        stamp: stamp.current,
        ...(from.current && { from: from.current }),
      });
      if (answer.state === 'newer') setNewer(answer);
      else {
        stamp.current = answer.stamp;
        drafts.drop(record.id, next);
        if (unsaved.current !== undefined) keep(unsaved.current);
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
  const onSettle = useEffectEvent(flush);
  useEffect(() => drafts.attach(() => onSettle()), [drafts]);
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
    keep(next);
    setChanges(changes + 1);
    setState('saving');
  };
  /** From now on this page goes on from what the other left. */
  const goOn = ({ draft, shown }: Newer) => {
    stamp.current = draft?.stamp ?? 0;
    from.current = shown;
    setNewer(undefined);
  };
  return {
    ...{ content, faults, state, newer, change, flush },
    takeTheirs: () => {
      if (newer === undefined) return;
      goOn(newer);
      unsaved.current = undefined;
      drafts.drop(record.id, content);
      setContent(newer.draft?.content ?? newer.shown ?? EMPTY);
      setState(newer.draft === undefined ? 'same' : 'saved');
    },
    takeMine: () => {
      if (newer === undefined) return;
      goOn(newer);
      change(content);
    },
  };
}
