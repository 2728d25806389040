import { makeService } from '#district/office/services.ts';
import { SERVICE_PREFIX } from '#shared/contract/services.ts';
import type { NewService, ServiceRight } from '#shared/office/service-account.ts';
import { addDays, localMoment } from '#shared/time/local-date.ts';
import type { SampleServer } from '../sample-server.ts';

/** What an administrator writes of a new account; it is good for a month. */
export function newService(server: SampleServer, change: Partial<NewService> = {}): NewService {
  const lastDay = addDays(localMoment(server.clock.now).date, 30);
  return { name: '省平台', rights: ['content'], divisions: ['530102'], lastDay, ...change };
}

/** A program of another party, with its key. */
export class FakeService {
  readonly #server: SampleServer;
  readonly key: string;

  constructor(server: SampleServer, key: string) {
    this.#server = server;
    this.key = key;
  }

  /** Asks anything of the server, with the key. */
  ask(method: 'GET' | 'POST', url: string, payload?: object, remoteAddress = '10.1.1.1') {
    const headers = { authorization: `Bearer ${this.key}` };
    return this.#server.app.inject({
      ...{ method, url, headers, remoteAddress },
      ...(payload === undefined ? {} : { payload }),
    });
  }

  get(path: string, remoteAddress?: string) {
    return this.ask('GET', `${SERVICE_PREFIX}${path}`, undefined, remoteAddress);
  }

  post(path: string) {
    return this.ask('POST', `${SERVICE_PREFIX}${path}`);
  }
}

/** A program that may do this in these divisions. */
export async function program(
  server: SampleServer,
  rights: readonly ServiceRight[],
  divisions: readonly string[] = ['530102'],
): Promise<FakeService> {
  const made = newService(server, { rights: [...rights], divisions: [...divisions] });
  return new FakeService(server, await makeService(server.district, made, 'test'));
}
