import type { Me, OfficeConflict } from '#shared/office/office-views.ts';
import { fieldText, Value } from './differences.tsx';
import styles from './office.module.css';
import { office } from './office-client.ts';
import { filled, OFFICE_TEXTS, PAGE_TEXTS, timeText } from './office-texts.ts';
import { Asked, Button, Fault, OfficePage, Table, useDoing } from './parts.tsx';

const OUTCOMES = {
  published: OFFICE_TEXTS.keepPublished,
  wanted: OFFICE_TEXTS.takeWanted,
  other: OFFICE_TEXTS.edit,
} as const;

/** Edits of stations that met others in the same field: both values side by side, and a choice. */
export function ConflictsPage({ me }: { readonly me: Me }) {
  return (
    <OfficePage title={PAGE_TEXTS.conflicts}>
      <Asked about={['conflicts']} ask={() => office.conflicts.list()}>
        {(conflicts) =>
          conflicts.length === 0 ? (
            <p className={styles.empty}>{OFFICE_TEXTS.empty}</p>
          ) : (
            conflicts.map((conflict) => (
              <OneConflict
                key={conflict.conflict}
                of={conflict}
                mayDecide={me.roles.includes('inbox')}
              />
            ))
          )
        }
      </Asked>
    </OfficePage>
  );
}

function OneConflict({
  of: { conflict, record, fields, editor, madeAt, outcome, decidedBy, withdraws },
  mayDecide,
}: {
  readonly of: OfficeConflict;
  readonly mayDecide: boolean;
}) {
  const { act, fault, isPending } = useDoing(office.conflicts.decide);
  const decide = (chosen: 'published' | 'wanted') => act({ id: conflict, outcome: chosen });
  return (
    <section className={styles.box}>
      <h2>{filled(OFFICE_TEXTS.bracketed, { first: record.id, second: record.scope })}</h2>
      <p>
        {filled(OFFICE_TEXTS.listed, { first: editor, second: timeText(madeAt) })}{' '}
        {withdraws && OFFICE_TEXTS.withdraw}
      </p>
      <Table
        columns={[OFFICE_TEXTS.name, OFFICE_TEXTS.published, OFFICE_TEXTS.wanted]}
        rows={fields.map(({ field, published, wanted }) => ({
          id: field,
          cells: [
            fieldText(field),
            <Value key="published" field={field} of={published} />,
            <Value key="wanted" field={field} of={wanted} />,
          ],
        }))}
      />
      {outcome !== undefined && (
        <p className={styles.good}>
          {filled(OFFICE_TEXTS.bracketed, { first: OUTCOMES[outcome], second: decidedBy ?? '' })}
        </p>
      )}
      {outcome === undefined && mayDecide && (
        <div className={styles.bar}>
          <Button isOff={isPending} onPress={() => decide('published')}>
            {OFFICE_TEXTS.keepPublished}
          </Button>
          <Button isMain isOff={isPending} onPress={() => decide('wanted')}>
            {OFFICE_TEXTS.takeWanted}
          </Button>
        </div>
      )}
      <Fault sentence={fault} />
    </section>
  );
}
