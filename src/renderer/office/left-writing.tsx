import type { Draft } from '#shared/office/office-views.ts';
import { useKeptDrafts } from './kept-texts.ts';
import styles from './office.module.css';
import { COLUMN_TEXTS, OFFICE_TEXTS } from './office-texts.ts';
import { Button, Table } from './parts.tsx';
import type { Unsaved } from './use-writing.ts';

/** What somebody wrote in drafts that a colleague has published or thrown away meanwhile: it must not stay where nobody finds it. */
export function LeftWriting({
  drafts,
  onOpen,
}: {
  readonly drafts: readonly Draft[];
  readonly onOpen: (id: string) => void;
}) {
  const { texts, drop } = useKeptDrafts();
  const left = [...texts].filter(([id]) => !drafts.some((draft) => draft.id === id));
  if (left.length === 0) return undefined;
  return (
    <section className={styles.box} aria-label={OFFICE_TEXTS.notSaved}>
      <p>{OFFICE_TEXTS.leftWriting}</p>
      <Table
        columns={COLUMN_TEXTS.leftWriting}
        rows={left.map(([id, of]) => ({
          id,
          cells: [
            of.map(nameOf).join(OFFICE_TEXTS.between),
            <span key="do" className={styles.bar}>
              <Button onPress={() => onOpen(id)}>{OFFICE_TEXTS.openSealed}</Button>
              <Button isDanger onPress={() => drop(id)}>
                {OFFICE_TEXTS.dropWriting}
              </Button>
            </span>,
          ],
        }))}
      />
    </section>
  );
}

/** The title of a draft, or a line that was written beside one. */
function nameOf(kept: unknown): string {
  return typeof kept === 'string' ? kept : (kept as Unsaved).title;
}
