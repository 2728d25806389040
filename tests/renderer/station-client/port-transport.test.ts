import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { PORT_OFFER, PORT_REQUEST } from '#shared/contract/page-port.ts';
import { portTransport } from '../../../src/renderer/station-client/port-transport.ts';
import { connectStation } from '../../../src/renderer/station-client/station-client.ts';

/** A page and the shell behind it, which answers requests when it is told to. */
function pageWithShell() {
  const target = new EventTarget();
  let requests = 0;
  const page = Object.assign(target, {
    origin: 'kiosk://station',
    postMessage: (word: unknown) => {
      if (word === PORT_REQUEST) requests += 1;
    },
  }) as unknown as Window;
  const offer = () => {
    const { port1 } = new MessageChannel();
    const close = vi.spyOn(port1, 'close');
    const event = Object.assign(new Event('message'), {
      ...{ source: page, data: PORT_OFFER, ports: [port1] },
    });
    target.dispatchEvent(event);
    return { port: port1, close };
  };
  return { page, offer, requests: () => requests };
}

const kept = () => new AbortController().signal;
const isSettled = async (promise: Promise<unknown>) => {
  const settled = vi.fn();
  void promise.then(settled);
  await new Promise((resolve) => setTimeout(resolve));
  return settled.mock.calls.length > 0;
};

describe('the way to the host through the shell', () => {
  it('leaves a port that comes late to the attempt after it', async () => {
    const { page, offer } = pageWithShell();
    const open = portTransport(page);
    const given = new AbortController();
    const first = open(given.signal);
    given.abort();
    const second = open(kept());
    offer();
    expect(await isSettled(second)).toBe(true);
    expect(await isSettled(first)).toBe(false);
  });

  it('gives two who ask at once a port each', async () => {
    const { page, offer } = pageWithShell();
    const open = portTransport(page);
    const both = [open(kept()), open(kept())] as const;
    offer();
    expect([await isSettled(both[0]), await isSettled(both[1])]).toEqual([true, false]);
    offer();
    expect(await isSettled(both[1])).toBe(true);
  });
});

describe('a page whose host takes long to start', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('keeps the one port that the shell then offers', async () => {
    const { page, offer, requests } = pageWithShell();
    const connection = connectStation(portTransport(page));
    const connected = vi.fn();
    connection.onChange(connected);
    await vi.advanceTimersByTimeAsync(12_000);
    expect(requests()).toBeGreaterThan(1);
    const { close } = offer();
    await vi.advanceTimersByTimeAsync(1000);
    expect(connected).toHaveBeenLastCalledWith(true);
    expect(close).not.toHaveBeenCalled();
    connection.close();
  });
});
