import { ORPCError } from '@orpc/client';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { StationError } from '#shared/contract/errors.ts';
import {
  CALL_TIMEOUT_MS,
  connectStation,
  type StationClient,
} from '../../../src/renderer/station-client/station-client.ts';
import type { Transport } from '../../../src/renderer/station-client/transport.ts';

const PONG = { echo: 'a', now: 1 };

/** A connection that answers every call by `answer`, and can be broken. */
function transport(answer: (signal: AbortSignal | undefined) => Promise<unknown>) {
  const closed = Promise.withResolvers<void>();
  const close = vi.fn(() => closed.resolve());
  const made: Transport = {
    link: { call: (_path, _input, options) => answer(options.signal) as Promise<never> },
    closed: closed.promise,
    close,
  };
  return { made, close, loseIt: () => closed.resolve() };
}

const never = () => new Promise<unknown>(() => {});
/** As oRPC's links do it: a call that is given up rejects. */
const untilGivenUp = (signal: AbortSignal | undefined) =>
  new Promise<unknown>((_resolve, reject) => {
    signal?.addEventListener('abort', () => reject(new Error('aborted')));
  });
const kindOf = (call: Promise<unknown>) =>
  call.then(
    () => 'answered',
    (error: StationError) => error.kind,
  );
const noConnection = <Made>() => Promise.reject<Made>(new Error('no connection'));

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe('a call to the host', () => {
  it('is answered', async () => {
    const { client } = connectStation(async () => transport(async () => PONG).made);
    expect(await client.system.ping({ echo: 'a' })).toEqual(PONG);
  });

  it('counts as unanswered when its time is up', async () => {
    const { client } = connectStation(async () => transport(untilGivenUp).made);
    const kind = kindOf(client.system.ping({ echo: 'a' }));
    await vi.advanceTimersByTimeAsync(CALL_TIMEOUT_MS);
    expect(await kind).toBe('timeout');
  });

  it('may have a time of its own, or none', async () => {
    const { client } = connectStation(async () => transport(untilGivenUp).made);
    const short = kindOf(client.system.ping({ echo: 'a' }, { context: { timeoutMs: 500 } }));
    const settled = vi.fn();
    void kindOf(client.system.ping({ echo: 'a' }, { context: { timeoutMs: 0 } })).then(settled);
    await vi.advanceTimersByTimeAsync(500);
    expect(await short).toBe('timeout');
    await vi.advanceTimersByTimeAsync(10 * CALL_TIMEOUT_MS);
    expect(settled).not.toHaveBeenCalled();
  });

  it('waits for a connection that is on its way', async () => {
    const open = vi
      .fn()
      .mockImplementationOnce(noConnection)
      .mockImplementation(async () => transport(async () => PONG).made);
    const { client } = connectStation(open);
    const kind = kindOf(client.system.ping({ echo: 'a' }));
    await vi.advanceTimersByTimeAsync(1000);
    expect(await kind).toBe('answered');
  });

  it('says that the host is gone when no connection comes in its time', async () => {
    const { client } = connectStation(noConnection);
    const kind = kindOf(client.system.ping({ echo: 'a' }));
    await vi.advanceTimersByTimeAsync(CALL_TIMEOUT_MS);
    expect(await kind).toBe('host-gone');
  });

  it('says that the host is gone when the connection breaks during it', async () => {
    const { client } = connectStation(
      async () => transport(() => Promise.reject(new Error('closed'))).made,
    );
    expect(await kindOf(client.system.ping({ echo: 'a' }))).toBe('host-gone');
  });

  it('fails in one of the closed kinds, whatever the host says', async () => {
    const kinds = {
      'not-found': 'not-found',
      busy: 'busy',
      BAD_REQUEST: 'bad-input',
      NOT_FOUND: 'unknown-method',
      INTERNAL_SERVER_ERROR: 'internal',
      TEAPOT: 'internal',
    };
    for (const [code, kind] of Object.entries(kinds)) {
      const { client } = connectStation(
        async () => transport(() => Promise.reject(new ORPCError(code))).made,
      );
      expect(await kindOf(client.system.ping({ echo: 'a' })), code).toBe(kind);
    }
  });

  it('ends when the caller gives it up', async () => {
    const { client } = connectStation(async () => transport(untilGivenUp).made);
    const given = new AbortController();
    const kind = kindOf(client.system.ping({ echo: 'a' }, { signal: given.signal }));
    await vi.advanceTimersByTimeAsync(0);
    given.abort();
    expect(await kind).toBe('host-gone');
  });
});

describe('a lost connection', () => {
  it('is opened anew, and the next call goes over the new one', async () => {
    const first = transport(never);
    const open = vi
      .fn()
      .mockImplementationOnce(async () => first.made)
      .mockImplementation(async () => transport(async () => PONG).made);
    const { client, onChange } = connectStation(open);
    const changes: boolean[] = [];
    onChange((connected) => changes.push(connected));
    await vi.advanceTimersByTimeAsync(0);
    first.loseIt();
    await vi.advanceTimersByTimeAsync(1000);
    expect(await client.system.ping({ echo: 'a' })).toEqual(PONG);
    expect(changes).toEqual([true, false, true]);
    expect(open).toHaveBeenCalledTimes(2);
  });

  it('is tried again with growing pauses of at most three seconds', async () => {
    const tries: number[] = [];
    connectStation(() => {
      tries.push(performance.now());
      return noConnection();
    });
    await vi.advanceTimersByTimeAsync(20_000);
    const pauses = tries.slice(1).map((at, index) => at - (tries[index] ?? 0));
    expect(pauses.slice(0, 6)).toEqual([100, 200, 400, 800, 1600, 3000]);
    expect(Math.max(...pauses)).toBe(3000);
  });

  it('starts with short pauses again after it stood', async () => {
    const tries: number[] = [];
    const standing = transport(never);
    connectStation(() => {
      tries.push(performance.now());
      return tries.length === 6 ? Promise.resolve(standing.made) : noConnection();
    });
    await vi.advanceTimersByTimeAsync(10_000);
    expect(tries).toHaveLength(6);
    const lost = performance.now();
    standing.loseIt();
    await vi.advanceTimersByTimeAsync(500);
    expect((tries[6] ?? 0) - lost).toBeLessThanOrEqual(100);
  });

  it('stays lost when the page has closed it', async () => {
    const only = transport(never);
    const open = vi.fn(async () => only.made);
    const { close } = connectStation(open);
    await vi.advanceTimersByTimeAsync(0);
    close();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(only.close).toHaveBeenCalledOnce();
    expect(open).toHaveBeenCalledOnce();
  });
});

describe('a greeting', () => {
  /** A host that takes calls only after `staff.resume`, as after a log-in; tells what came in which order. */
  function guarded(
    answerResume: (signal: AbortSignal | undefined) => Promise<unknown> = async () => PONG,
  ) {
    const heard: string[] = [];
    let isIn = false;
    const closed = Promise.withResolvers<void>();
    const made: Transport = {
      link: {
        call: async (path, _input, { signal }) => {
          heard.push(path.join('.'));
          if (path.join('.') !== 'staff.resume')
            return (isIn ? PONG : Promise.reject(new ORPCError('not-signed-in'))) as never;
          // An answer takes its time, and what was waiting could come in between.
          await new Promise((resolve) => setTimeout(resolve, 50));
          const answer = await answerResume(signal);
          isIn = true;
          return answer as never;
        },
      },
      closed: closed.promise,
      close: () => closed.resolve(),
    };
    return { made, heard, loseIt: () => closed.resolve() };
  }
  const greet = async ({ staff }: StationClient) => void (await staff.resume({ token: 'x' }));

  it('is over before a call that waited for the connection is sent', async () => {
    const [first, second] = [guarded(), guarded()];
    const open = vi.fn(noConnection<Transport>);
    open.mockImplementationOnce(async () => first.made);
    const { client } = connectStation(open, { greet });
    await vi.advanceTimersByTimeAsync(100);
    first.loseIt();
    await vi.advanceTimersByTimeAsync(200);
    const given = kindOf(client.system.ping({ echo: 'a' }));
    open.mockImplementationOnce(async () => second.made);
    await vi.advanceTimersByTimeAsync(4000);
    expect(await given).toBe('answered');
    expect(second.heard).toEqual(['staff.resume', 'system.ping']);
  });

  it('that the host does not answer is tried again on another connection, and the call waits for that', async () => {
    const silent = guarded(untilGivenUp);
    const open = vi.fn(async () => guarded().made);
    open.mockImplementationOnce(async () => silent.made);
    const { client } = connectStation(open, { greet, timeoutMs: 1000 });
    const given = kindOf(client.system.ping({ echo: 'a' }, { context: { timeoutMs: 5000 } }));
    await vi.advanceTimersByTimeAsync(5000);
    expect(await given).toBe('answered');
    expect(silent.heard).toEqual(['staff.resume']);
  });
});

it('a call that failed is heard of, and still fails', async () => {
  const failed = vi.fn();
  const { client } = connectStation(
    async () => transport(() => Promise.reject(new ORPCError('not-signed-in'))).made,
    { failed },
  );
  expect(await kindOf(client.staff.session())).toBe('not-signed-in');
  expect(failed).toHaveBeenCalledExactlyOnceWith(
    expect.objectContaining({ kind: 'not-signed-in' }),
  );
});
