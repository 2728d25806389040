import { createORPCClient } from '@orpc/client';
import { StationError } from '#shared/contract/errors.ts';
import type { ConnectionHooks, StationClient } from '../station-client/station-client.ts';

/** The calls that a made-up host can answer. */
type Calls = {
  [Group in keyof StationClient]: {
    [Method in keyof StationClient[Group]]: `${Group & string}.${Method & string}`;
  }[keyof StationClient[Group]];
}[keyof StationClient];

type Method<Name extends string> = Name extends `${infer Group}.${infer Call}`
  ? Group extends keyof StationClient
    ? Call extends keyof StationClient[Group]
      ? StationClient[Group][Call]
      : never
    : never
  : never;

/** What a made-up host answers, by the name of the call. */
export type FakeAnswers = {
  readonly [Name in Calls]?: Method<Name> extends (
    input: infer Input,
    ...rest: never[]
  ) => Promise<infer Answer>
    ? (input: Input) => Promise<Answer>
    : never;
};

/** A host without a host: every call that has no answer fails as `not-found`. `failed` hears of each that failed. */
export function fakeStation(
  answers: FakeAnswers,
  failed: ConnectionHooks['failed'] = () => {},
): StationClient {
  return createORPCClient<StationClient>({
    call: (path, input) => {
      // What is asked under a name is what the contract says of it: the types above hold both together.
      const answer = answers[path.join('.') as Calls] as
        | ((input: unknown) => Promise<unknown>)
        | undefined;
      const answered = answer?.(input) ?? Promise.reject(new StationError('not-found'));
      answered.catch((error: unknown) => {
        if (error instanceof StationError) failed(error);
      });
      return answered;
    },
  });
}

/** An answer that does not come. */
export function never<Value>(): Promise<Value> {
  return new Promise(() => {});
}
