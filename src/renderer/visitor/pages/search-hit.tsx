import { CaretRightIcon } from '@phosphor-icons/react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { SearchHit } from '#shared/contract/search.ts';
import type { Route } from '../../session/route.ts';
import { Marked } from '../../ui/marked.tsx';
import { Pressable } from '../../ui/pressable.tsx';
import { Row } from '../../ui/row.tsx';
import { routeOfHit } from '../route-of-hit.ts';
import styles from './search.module.css';

interface HitProps {
  readonly hit: SearchHit;
  readonly onOpen: (to: Route) => void;
}

/** The answer that fits best, larger than the rest. */
export function BestHit({ hit, onOpen }: HitProps) {
  const { t } = useTranslation();
  const to = routeOfHit(hit);
  const words = (
    <span className={styles.words}>
      <span className={styles.kind}>{t(`search.kinds.${hit.kind}`)}</span>
      <span className={styles.title}>
        <Marked {...hit.title} />
      </span>
      <Details hit={hit} />
    </span>
  );
  if (to === undefined) return <div className={styles.best}>{words}</div>;
  return (
    <Pressable className={styles.best} data-best onPress={() => onOpen(to)}>
      {words}
      <CaretRightIcon className={styles.arrow} weight="bold" aria-hidden />
    </Pressable>
  );
}

/** One of the other answers. */
export function HitRow({ hit, onOpen }: HitProps) {
  const to = routeOfHit(hit);
  const title = <Marked {...hit.title} />;
  if (to === undefined)
    return (
      <div className={styles.still}>
        <span className={styles.stillTitle}>{title}</span>
        <Details hit={hit} />
      </div>
    );
  return <Row label={title} detail={<Details hit={hit} />} onPress={() => onOpen(to)} />;
}

/** What a hit says beside its title. */
function Details({ hit: { snippet, extra } }: { readonly hit: SearchHit }) {
  const { t } = useTranslation();
  const facts: ReactNode[] = [];
  if (extra.sample) facts.push(t('search.sample'));
  if (extra.inForce === false) facts.push(t('search.notInForce'));
  if (extra.about !== undefined) facts.push(<bdi key="about">{extra.about}</bdi>);
  if (extra.phone !== undefined)
    facts.push(
      <bdi key="phone" dir="ltr" className={styles.phone}>
        {extra.phone}
      </bdi>,
    );
  return (
    <span className={styles.details}>
      {facts.length > 0 && (
        <span className={styles.facts}>
          {facts.map((fact, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: facts of a hit never change places
            <span key={at}>{fact}</span>
          ))}
        </span>
      )}
      {snippet !== undefined && (
        <span>
          <Marked {...snippet} />
        </span>
      )}
    </span>
  );
}
