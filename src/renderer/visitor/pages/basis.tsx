import { CaretRightIcon } from '@phosphor-icons/react';
import { type Citation, formatCitation, formatCitations } from '#shared/content/citation.ts';
import type { Route } from '../../session/route.ts';
import { useGo } from '../../session/session.ts';
import { useReading } from '../../station-client/use-station.ts';
import { Pressable } from '../../ui/pressable.tsx';
import { useOnItsWay } from '../../ui/whole.tsx';
import styles from './basis.module.css';

/**
 * The law that a guide or an answer rests on; what is here can be opened. Law is cited in Chinese in every language: the
 * Chinese text is the one of record.
 */
export function Basis({ citations }: { readonly citations: readonly Citation[] }) {
  const go = useGo();
  const { data, isPending } = useReading(['citations', citations], (station) =>
    station.laws.resolve({ citations: [...citations] }),
  );
  useOnItsWay(isPending);
  const entries = citations.map((citation, at) => ({ citation, found: data?.[at] ?? undefined }));
  const plain = entries.flatMap(({ citation, found }) => (found === undefined ? [citation] : []));
  return (
    <>
      {plain.length > 0 && (
        <p className={styles.plain} lang="zh-CN">
          {formatCitations(plain)}
        </p>
      )}
      {plain.length < citations.length && (
        <div className={styles.links} lang="zh-CN">
          {entries.map(
            ({ citation, found }) =>
              found !== undefined && (
                <Pressable
                  key={formatCitation(citation)}
                  className={styles.link}
                  data-target="secondary"
                  onPress={() => go(placeOf(found))}
                >
                  {formatCitation(citation)}
                  <CaretRightIcon className={styles.arrow} weight="bold" aria-hidden />
                </Pressable>
              ),
          )}
        </div>
      )}
    </>
  );
}

/** The page of an article, or of the law as a whole. */
export function placeOf(place: {
  readonly law: string;
  readonly position?: number | undefined;
}): Route {
  return place.position === undefined
    ? { page: 'law', id: place.law }
    : { page: 'law-article', id: place.law, at: place.position };
}
