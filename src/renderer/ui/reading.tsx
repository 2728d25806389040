import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { StationError } from '#shared/contract/errors.ts';
import { Action } from './action.tsx';
import { Callout } from './callout.tsx';
import styles from './reading.module.css';
import { useOnItsWay } from './whole.tsx';

export interface ReadingProps<Value> {
  readonly query: UseQueryResult<Value>;
  readonly children: (value: Value) => ReactNode;
}

/** Shows what was asked of the host, or says in one sentence why it is not there and what to do. */
export function Reading<Value>({ query, children }: ReadingProps<Value>) {
  if (query.data !== undefined) return children(query.data);
  if (query.isError) return <Failure error={query.error} onRetry={() => void query.refetch()} />;
  return <Waiting />;
}

/** Said while something is on its way; what opens around it waits for it. */
export function Waiting() {
  const { t } = useTranslation();
  useOnItsWay(true);
  return (
    <p className={styles.waiting} role="status">
      {t('loading')}
    </p>
  );
}

/** A failed call, in the words of its kind; never the raw error (lessons, "Pages"). */
export function Failure({
  error,
  onRetry,
}: {
  readonly error: Error;
  /** Absent where it is tried again by itself. */
  readonly onRetry?: () => void;
}) {
  const { t } = useTranslation();
  const kind = error instanceof StationError ? error.kind : 'internal';
  return (
    <Callout
      tone="alarm"
      title={t(`error.${kind}`)}
      action={onRetry && <Action label={t('error.retry')} onPress={onRetry} />}
    >
      {t('error.call')}
    </Callout>
  );
}
