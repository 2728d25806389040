import type { StationClient } from '../../../../src/renderer/station-client/station-client.ts';
import { stationCaller } from '../../../contract/station-caller.ts';
import { sendGarbage } from '../garbage.ts';

/** What React leaves on the element that it draws into, as far as it is needed here. */
interface Fiber {
  readonly memoizedProps: { readonly value?: unknown } | null;
  readonly child: Fiber | null;
  readonly sibling: Fiber | null;
}

/** Two trees take turns; the root knows which one is on the screen. */
interface RootFiber {
  readonly stateNode: { readonly current: Fiber };
}

/**
 * The client of the visitor's page that runs here. The page shows it to nobody; React remembers with which value each context was
 * provided.
 */
function clientOfPage(): StationClient {
  const place = document.getElementById('root') ?? document.body;
  const key = Object.keys(place).find((name) => name.startsWith('__reactContainer$'));
  const root = key === undefined ? undefined : (place as unknown as Record<string, RootFiber>)[key];
  const client = root === undefined ? undefined : clientBelow(root.stateNode.current);
  if (client === undefined) throw new Error('the page has drawn nothing with a client yet');
  return client;
}

function clientBelow(top: Fiber): StationClient | undefined {
  for (let fiber: Fiber | null = top; fiber !== null; fiber = fiber.sibling) {
    const value = fiber.memoizedProps?.value;
    if (isClient(value)) return value;
    const below = fiber.child === null ? undefined : clientBelow(fiber.child);
    if (below !== undefined) return below;
  }
  return undefined;
}

/** A client is a function whose every part is one, whatever its name. */
function isClient(value: unknown): value is StationClient {
  return typeof value === 'function' && typeof Reflect.get(value, 'system') === 'function';
}

Object.assign(window, { kioskTest: { ...stationCaller({ client: clientOfPage() }), sendGarbage } });
