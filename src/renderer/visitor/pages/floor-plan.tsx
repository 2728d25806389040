import { useTranslation } from 'react-i18next';
import type { FloorPlan } from '#shared/content/kinds/station.ts';
import styles from './floor-plan.module.css';

/** Height of letters in metres of the plan: a fraction of the hall, so that names stay in their rooms. */
const LETTER_PART = 0.042;

/** The hall from above. Never mirrored: rooms are where they are, whatever the direction of the language. */
export function FloorPlanFigure({ plan }: { readonly plan: FloorPlan }) {
  const { t } = useTranslation();
  const letter = Math.max(plan.width, plan.depth) * LETTER_PART;
  return (
    <figure className={styles.figure} dir="ltr">
      <svg
        className={styles.plan}
        viewBox={`${-letter} ${-letter} ${plan.width + 2 * letter} ${plan.depth + 2.4 * letter}`}
        role="img"
        aria-label={t('station.floorPlan')}
      >
        <rect
          className={styles.hall}
          width={plan.width}
          height={plan.depth}
          strokeWidth={letter / 6}
        />
        {plan.rooms.map((room) => (
          <g key={room.id}>
            <rect
              className={room.main ? styles.main : styles.room}
              x={room.x}
              y={room.y}
              width={room.width}
              height={room.depth}
              strokeWidth={letter / 10}
            />
            <text
              className={styles.name}
              x={room.x + room.width / 2}
              y={room.y + room.depth / 2}
              fontSize={letter}
              lang="zh-CN"
            >
              {room.name}
            </text>
          </g>
        ))}
        <Mark at={plan.entrance} name={t('station.entrance')} letter={letter} width={plan.width} />
        {plan.terminal !== undefined && (
          <Mark
            at={plan.terminal}
            name={t('station.youAreHere')}
            letter={letter}
            width={plan.width}
          />
        )}
      </svg>
    </figure>
  );
}

function Mark({
  at,
  name,
  letter,
  width,
}: {
  readonly at: { readonly x: number; readonly y: number };
  readonly name: string;
  readonly letter: number;
  /** Of the hall. */
  readonly width: number;
}) {
  const anchor = anchorAt(at.x / width);
  return (
    <g>
      <circle className={styles.mark} cx={at.x} cy={at.y} r={letter / 2.2} />
      <text
        className={styles.markName}
        x={at.x}
        y={at.y - letter}
        fontSize={letter}
        textAnchor={anchor}
      >
        {name}
      </text>
    </g>
  );
}

/** A name at a wall runs into the hall, not through the wall. */
function anchorAt(part: number): 'start' | 'middle' | 'end' {
  if (part < 0.2) return 'start';
  return part > 0.8 ? 'end' : 'middle';
}
