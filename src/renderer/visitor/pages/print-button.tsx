import type { Icon } from '@phosphor-icons/react';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { StationError } from '#shared/contract/errors.ts';
import type { Paper } from '#shared/contract/station.ts';
import { useStation } from '../../station-client/use-station.ts';
import { Action } from '../../ui/action.tsx';
import { useOnItsWay } from '../../ui/whole.tsx';
import styles from './print-button.module.css';

/** How often the printer is asked while a page that can print is open. */
const STATUS_EVERY_MS = 20_000;

/** Prints a paper. Whether it can is known and said before the visitor chooses (lessons, "Paper"). */
export function PrintButton({
  label,
  icon,
  paper,
}: {
  readonly label: string;
  readonly icon: Icon;
  readonly paper: Paper;
}) {
  const { t } = useTranslation();
  const station = useStation();
  const printer = useQuery({
    queryKey: ['printer'],
    queryFn: () => station.papers.printer(),
    refetchInterval: STATUS_EVERY_MS,
    staleTime: 0,
  });
  useOnItsWay(printer.isPending);
  const print = useMutation({
    mutationFn: () => station.papers.print(paper, { context: { timeoutMs: 30_000 } }),
  });
  const state = printer.data?.state;
  return (
    <>
      <Action
        label={label}
        icon={icon}
        isDisabled={state !== 'ready' || print.isPending}
        onPress={() => print.mutate()}
      />
      <span className={styles.state} role="status">
        {sentence()}
      </span>
    </>
  );

  function sentence(): string {
    if (print.isPending) return t('print.sending');
    if (print.isSuccess) return t('print.done');
    if (print.isError)
      return t(print.error instanceof StationError ? `error.${print.error.kind}` : 'print.failed');
    return state === 'none' || state === 'unreachable' ? t(`print.${state}`) : '';
  }
}
