import { CheckCircleIcon, CircleIcon } from '@phosphor-icons/react';
import { useTranslation } from 'react-i18next';
import type { QueueState } from '#shared/contract/queue.ts';
import { priorityHolds } from '#shared/queue/priority-holds.ts';
import { Pressable } from '../../ui/pressable.tsx';
import { Section } from '../../ui/section.tsx';
import styles from './priority-groups.module.css';

/**
 * Who is called earlier and by which law, seen before the touch that takes the number: nobody must say it, whoever does so has
 * the reason kept with the number.
 */
export function PriorityGroups({
  groups,
  lines,
  chosen,
  onChoose,
}: {
  readonly groups: QueueState['groups'];
  /** Those that can be chosen; a group that does not hold in all of them says in which it does. */
  readonly lines: QueueState['lines'];
  readonly chosen: string | undefined;
  readonly onChoose: (group: string | undefined) => void;
}) {
  const { t } = useTranslation();
  const said = groups.find((group) => group.id === chosen);
  const onlyIn = said === undefined ? [] : limits(said, lines);
  return (
    <Section title={t('take.priority')}>
      <div className={styles.groups}>
        {groups.map((group) => {
          const isChosen = group.id === chosen;
          const Mark = isChosen ? CheckCircleIcon : CircleIcon;
          return (
            <Pressable
              key={group.id}
              className={`${styles.group} ${isChosen ? styles.chosen : ''}`}
              aria-pressed={isChosen}
              onPress={() => onChoose(isChosen ? undefined : group.id)}
            >
              <Mark className={styles.mark} weight={isChosen ? 'fill' : 'bold'} aria-hidden />
              <span className={styles.words}>
                <span className={styles.name}>{group.name}</span>
                <span className={styles.detail}>
                  <bdi>{group.law === '' ? t('take.byStation') : group.law}</bdi>
                </span>
              </span>
            </Pressable>
          );
        })}
      </div>
      <div className={styles.said} role="status">
        {said === undefined ? (
          <p className={styles.note}>{t('take.voluntary')}</p>
        ) : (
          <>
            <p>
              <bdi>{said.reason}</bdi>
            </p>
            {onlyIn.length > 0 && (
              <p className={styles.proof}>
                {t('take.onlyIn', { lines: onlyIn.join(t('join.items')) })}
              </p>
            )}
            {said.proof !== undefined && (
              <p className={styles.proof}>{t('take.proof', { proof: said.proof })}</p>
            )}
            <p className={styles.note}>{t('take.recorded')}</p>
          </>
        )}
      </div>
    </Section>
  );
}

/** The lines in which a group goes forward, where it does not do so in all of these. */
function limits(group: QueueState['groups'][number], lines: QueueState['lines']): string[] {
  const names = lines.filter(({ id }) => priorityHolds(group, id)).map(({ name }) => name);
  return names.length === lines.length ? [] : names;
}
