import { createORPCClient } from '@orpc/client';
import { StationError } from '#shared/contract/errors.ts';
import type { Slide } from '#shared/contract/reading.ts';
import type { StationView } from '#shared/contract/views.ts';
import type { StationClient } from '../station-client/station-client.ts';

/** What a made-up host answers, by the name of the call. */
export interface FakeAnswers {
  readonly 'stations.current'?: () => Promise<StationView>;
  readonly 'reading.slides'?: () => Promise<Slide[]>;
  readonly 'guides.takeaway'?: () => Promise<{ text: string }>;
  readonly 'papers.printer'?: () => Promise<{ state: 'ready' | 'none' | 'unreachable' }>;
  readonly 'papers.print'?: () => Promise<{ jobId: string }>;
}

/** A host without a host: every call that has no answer fails as `not-found`. */
export function fakeStation(answers: FakeAnswers): StationClient {
  return createORPCClient<StationClient>({
    call: (path) =>
      answers[path.join('.') as keyof FakeAnswers]?.() ??
      Promise.reject(new StationError('not-found')),
  });
}

/** An answer that does not come. */
export function never<Value>(): Promise<Value> {
  return new Promise(() => {});
}
