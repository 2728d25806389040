import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import type { SearchAnswer, SearchHit, SearchKind } from '#shared/contract/search.ts';
import type { Route } from '../../session/route.ts';
import { Action } from '../../ui/action.tsx';
import { Callout } from '../../ui/callout.tsx';
import { Rows } from '../../ui/row.tsx';
import { Section } from '../../ui/section.tsx';
import styles from './search.module.css';
import { BestHit, HitRow } from './search-hit.tsx';

export interface SearchResultsProps {
  readonly answer: SearchAnswer;
  /** The only kind that is shown; all when undefined. */
  readonly kind: SearchKind | undefined;
  readonly onKind: (kind: SearchKind | undefined) => void;
  readonly onOpen: (to: Route) => void;
}

/** What was found: the best answer, then the rest by kinds; and always where to turn from here. */
export function SearchResults({ answer, kind, onKind, onOpen }: SearchResultsProps) {
  const { t } = useTranslation();
  const { best } = answer;
  const groups = answer.groups
    .map((group) => ({ ...group, hits: group.hits.filter((hit) => !isSame(hit, best)) }))
    .filter((group) => group.hits.length > 0);
  return (
    <div className={styles.results} data-results={answer.groups.length}>
      <p className={styles.unseen} role="status">
        {t('search.found', {
          count: answer.groups.reduce((sum, { hits }) => sum + hits.length, 0),
        })}
      </p>
      <Understood answer={answer} />
      {kind !== undefined && (
        <Action label={t('search.allKinds')} onPress={() => onKind(undefined)} />
      )}
      {best === undefined ? (
        <Callout tone="warn" title={t('search.nothing')}>
          {t('search.tryOther')}
        </Callout>
      ) : (
        <BestHit hit={best} onOpen={onOpen} />
      )}
      {groups.map((group) => (
        <Section key={group.kind} title={t(`search.kinds.${group.kind}`)}>
          <Rows columns="two">
            {group.hits.map((hit) => (
              <HitRow key={hit.id} hit={hit} onOpen={onOpen} />
            ))}
          </Rows>
          {group.more && (
            <Action
              label={t('search.more', { kind: t(`search.kinds.${group.kind}`) })}
              onPress={() => onKind(group.kind)}
            />
          )}
        </Section>
      ))}
      {!answer.complete && <Callout>{t('search.incomplete')}</Callout>}
      <NextSteps answer={answer} onOpen={onOpen} />
    </div>
  );
}

/** A hit that is the best answer already is not shown again in its group. */
function isSame(hit: SearchHit, other: SearchHit | undefined): boolean {
  return hit.id === other?.id && hit.kind === other.kind;
}

/** How the words were read, where they were not taken as they stand. */
function Understood({ answer }: { readonly answer: SearchAnswer }) {
  const { t } = useTranslation();
  const lines = answer.understood.flatMap((one) => readingLine(t, one));
  if (lines.length === 0) return null;
  return <p className={styles.understood}>{lines.join(t('join.sentences'))}</p>;
}

function readingLine(t: TFunction, one: SearchAnswer['understood'][number]): string[] {
  switch (one.type) {
    case 'article':
      return [t('search.read.article', { article: (one.law ?? '') + one.article })];
    case 'synonym':
      return [t('search.read.synonym', { said: one.said, meant: one.meant.join(t('join.items')) })];
    case 'sound':
      return [t('search.read.sound', { said: one.said, read: one.read })];
    default:
      // Pinyin and telephone numbers were meant as they were typed.
      return [];
  }
}

/** Nobody is left without somewhere to go. */
function NextSteps({
  answer,
  onOpen,
}: {
  readonly answer: SearchAnswer;
  readonly onOpen: (to: Route) => void;
}) {
  const { t } = useTranslation();
  return (
    <Callout
      title={t('search.next')}
      action={
        <div className={styles.ways}>
          {answer.next.map((step) => (
            <NextStep key={step.type} step={step} onOpen={onOpen} />
          ))}
        </div>
      }
    >
      {t('search.staff')}
    </Callout>
  );
}

interface NextStepProps {
  readonly step: SearchAnswer['next'][number];
  readonly onOpen: (to: Route) => void;
}

/** A way on that can be touched; to ask a person one only has to turn round. */
function NextStep({ step, onOpen }: NextStepProps) {
  const { t } = useTranslation();
  switch (step.type) {
    case 'call':
      return (
        <Action
          label={t('search.call', { number: step.number })}
          onPress={() => onOpen({ page: 'hotlines' })}
        />
      );
    case 'triage':
      return step.triage === undefined ? (
        <Action label={t('search.triages')} onPress={() => onOpen({ page: 'triages' })} />
      ) : (
        <FittingTriage {...step.triage} onOpen={onOpen} />
      );
    case 'staff':
      return null;
  }
}

function FittingTriage({
  id,
  title,
  onOpen,
}: {
  readonly id: string;
  readonly title: string;
  readonly onOpen: (to: Route) => void;
}) {
  const { t } = useTranslation();
  return (
    <Action label={t('search.triage', { title })} onPress={() => onOpen({ page: 'triage', id })} />
  );
}
