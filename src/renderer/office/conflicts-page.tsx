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
  of,
  mayDecide,
}: {
  readonly of: OfficeConflict;
  readonly mayDecide: boolean;
}) {
  const { record, fields, editor, madeAt, outcome, decidedBy, withdraws } = of;
  const hint = hintOf(of);
  return (
    <section className={styles.box}>
      <h2>{filled(OFFICE_TEXTS.bracketed, { first: record.id, second: record.scope })}</h2>
      <p>
        {filled(OFFICE_TEXTS.listed, { first: editor, second: timeText(madeAt) })}{' '}
        {withdraws && OFFICE_TEXTS.withdraw}
      </p>
      {hint !== undefined && <p>{hint}</p>}
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
      {outcome === undefined && mayDecide && <Choice of={of} />}
    </section>
  );
}

function Choice({ of }: { readonly of: OfficeConflict }) {
  const { act, fault, isPending } = useDoing(office.conflicts.decide);
  const { conflict: id, isGone, taking } = of;
  return (
    <>
      <div className={styles.bar}>
        <Button isOff={isPending} onPress={() => act({ id, outcome: 'published' })}>
          {isGone ? OFFICE_TEXTS.leaveAway : OFFICE_TEXTS.keepPublished}
        </Button>
        {taking !== undefined && !(isGone && of.withdraws) && (
          <Button isMain isOff={isPending} onPress={() => act({ id, outcome: 'wanted', taking })}>
            {takeText(of)}
          </Button>
        )}
      </div>
      <Fault sentence={fault} />
    </>
  );
}

function takeText({ taking, withdraws }: OfficeConflict): string {
  if (withdraws) return OFFICE_TEXTS.takeWithdrawal;
  if (taking === 'anew') return OFFICE_TEXTS.takeAnew;
  return taking === 'whole' ? OFFICE_TEXTS.takeWhole : OFFICE_TEXTS.takeWanted;
}

/** What a person should know before they choose, where it is more than one value or the other. */
function hintOf({ outcome, withdraws, isGone, taking }: OfficeConflict): string | undefined {
  if (outcome !== undefined) return undefined;
  if (isGone && withdraws) return OFFICE_TEXTS.conflictGoneWithdrawal;
  if (isGone)
    return taking === undefined ? OFFICE_TEXTS.conflictGoneLost : OFFICE_TEXTS.conflictGone;
  if (taking === undefined) return OFFICE_TEXTS.conflictLost;
  return taking === 'whole' ? OFFICE_TEXTS.conflictWhole : undefined;
}
