import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { StationError } from '#shared/contract/errors.ts';
import type { TakeAnswer, TakeRefusal } from '#shared/contract/queue.ts';
import { useSession } from '../../session/session.ts';
import { useContentLanguage, useStation } from '../../station-client/use-station.ts';

/** What the visitor wants a number for. */
export interface Wish {
  readonly line: string;
  readonly group?: string | undefined;
  readonly guide?: string | undefined;
}

interface Order extends Wish {
  readonly operation: string;
}

/** Where an order is kept until its fate is known; it is forgotten with everything else when the visitor leaves. */
const OPEN_ORDER = ['taking'] as const;
const TRIES = 4;
const PAUSE_MS = 400;

/** How the taking of a number stands. */
export interface Taking {
  readonly state: 'ready' | 'sending' | 'unanswered';
  readonly refused: TakeRefusal | undefined;
  readonly error: Error | undefined;
  /** Takes a number; while an order has no answer it is that order again, so that there is never a second number. */
  readonly take: (wish: Wish) => void;
  /** The open order once more; where there is none, the page as before the touch. */
  readonly again: () => void;
}

/** Takes a number once, however often the screen is touched and whatever becomes of the answer (invariant 4). */
export function useTaking(): Taking {
  const station = useStation();
  const language = useContentLanguage();
  const queries = useQueryClient();
  const { act } = useSession();
  const [refused, setRefused] = useState<TakeRefusal>();
  const openOrder = () => queries.getQueryData<Order>(OPEN_ORDER);
  const close = () => queries.removeQueries({ queryKey: OPEN_ORDER });
  const call = useMutation({
    mutationFn: (order: Order) => station.queue.take({ ...order, language }),
    networkMode: 'always',
    retry: (failures, error) => failures < TRIES && isUnanswered(error),
    retryDelay: PAUSE_MS,
  });
  const settle = (answer: TakeAnswer) => {
    close();
    if (answer.outcome === 'refused') setRefused(answer.because);
    else
      act({ type: 'replace', to: { page: 'number', id: answer.ticket.id, job: answer.printJob } });
  };
  const send = (order: Order) => {
    queries.setQueryData(OPEN_ORDER, order);
    setRefused(undefined);
    // These are not called any more once the visitor has gone: a late answer must not open a page for the next one.
    call.mutate(order, { onSuccess: settle, onError: (error) => !isUnanswered(error) && close() });
  };
  return {
    state: call.isPending ? 'sending' : openOrder() === undefined ? 'ready' : 'unanswered',
    refused,
    error: call.error !== null && !isUnanswered(call.error) ? call.error : undefined,
    take: (wish) => send(openOrder() ?? { ...wish, operation: crypto.randomUUID() }),
    again: () => {
      const order = openOrder();
      if (order === undefined) call.reset();
      else send(order);
    },
  };
}

/** The order may have been obeyed; only the answer is missing. */
function isUnanswered(error: Error): boolean {
  return error instanceof StationError && (error.kind === 'timeout' || error.kind === 'host-gone');
}
