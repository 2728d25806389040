import { useTranslation } from 'react-i18next';
import type { LawSummary } from '#shared/contract/laws.ts';
import { Callout } from '../../ui/callout.tsx';

/** What a reader must know before relying on a text: that it holds no more or not yet, or that a newer one is known. */
export function LawCaution({
  law,
  newerKnown,
}: {
  readonly law: LawSummary;
  readonly newerKnown: readonly string[];
}) {
  const { t } = useTranslation();
  const { state } = law;
  // Of an outdated text the newer versions are named.
  const hasNote = state !== 'in-force' && state !== 'outdated' && law.genre !== 'case';
  return (
    <>
      {hasNote && (
        <Callout tone="warn" title={t(`laws.state.${state}`)}>
          {t(`laws.stateNote.${state}`)}
        </Callout>
      )}
      {newerKnown.map((version) => (
        <Callout key={version} tone="warn">
          {t('laws.newer', { version })}
        </Callout>
      ))}
    </>
  );
}
