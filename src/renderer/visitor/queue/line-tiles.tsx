import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import type { QueueState } from '#shared/contract/queue.ts';
import { Pressable } from '../../ui/pressable.tsx';
import styles from './line-tiles.module.css';

type Line = QueueState['lines'][number];

/** The lines to choose from, each with who waits and about how long, as far as anybody knows; a touch takes the number. */
export function LineTiles({
  lines,
  areWaitsKnown,
  isDisabled,
  onChoose,
}: {
  readonly lines: readonly Line[];
  /** False while the queue host, which alone knows who waits, cannot be asked. */
  readonly areWaitsKnown: boolean;
  readonly isDisabled: boolean;
  readonly onChoose: (line: string) => void;
}) {
  const { t } = useTranslation();
  return (
    <div className={styles.tiles} data-lines>
      {lines.map((line) => (
        <Pressable
          key={line.id}
          className={styles.tile}
          isDisabled={isDisabled || line.full}
          onPress={() => onChoose(line.id)}
        >
          <span className={styles.prefix} aria-hidden>
            {line.prefix}
          </span>
          <span className={styles.words}>
            <span className={styles.name}>{line.name}</span>
            {(line.full || areWaitsKnown) && (
              <span className={styles.detail}>
                {line.full ? t('take.full') : waitOf(t, line).join(t('join.parts'))}
              </span>
            )}
            <span className={styles.where}>
              {line.windows.map((window) => window.label).join(t('join.items'))}
            </span>
          </span>
        </Pressable>
      ))}
    </div>
  );
}

function waitOf(t: TFunction, { waiting, estimateMinutes: minutes }: Line): string[] {
  const people = waiting === 0 ? t('take.nobodyWaits') : t('take.waiting', { count: waiting });
  if (minutes === undefined) return [people, t('take.noWindow')];
  return [people, minutes === 0 ? t('take.soon') : t('take.about', { minutes })];
}
