import type { InjectOptions } from 'fastify';
import { beginLogIn } from '#district/office/log-ins.ts';
import { invite, readInvitation } from '#district/office/people.ts';
import { codeAt } from '#district/office/second-factor.ts';
import { run, sql } from '#district/store/sql.ts';
import { OFFICE_HEADER, OFFICE_PREFIX } from '#shared/contract/office.ts';
import type { OfficeRole } from '#shared/office/office-role.ts';
import type { Draft, DraftContent } from '#shared/office/office-views.ts';
import { editablePart } from '#shared/operations/editable-part.ts';
import { notice } from '../feed/sample-feed.ts';
import type { SampleServer } from '../sample-server.ts';

export const PASSWORD = '五华区-窗口-7349-值班';
const STEP = 30_000;

/** An admin page in somebody's browser. */
export class OfficePage {
  readonly #server: SampleServer;
  cookie = '';

  constructor(server: SampleServer) {
    this.#server = server;
  }

  async call(method: 'GET' | 'POST', path: string, payload?: object, headers: object = {}) {
    const options: InjectOptions = {
      ...{ method, url: `${OFFICE_PREFIX}${path}` },
      headers: { [OFFICE_HEADER]: '1', cookie: this.cookie, ...headers },
    };
    const answer = await this.#server.app.inject(
      method === 'GET' ? options : { ...options, payload: payload ?? {} },
    );
    const [set] = [answer.headers['set-cookie']].flat();
    if (set !== undefined) this.cookie = set.split(';')[0] ?? '';
    return answer;
  }

  get(path: string) {
    return this.call('GET', path);
  }

  post(path: string, payload?: object) {
    return this.call('POST', path, payload);
  }

  /** What a call gives; throws with the answer when it failed. */
  async done<Result = unknown>(method: 'GET' | 'POST', path: string, payload?: object) {
    const answer = await this.call(method, path, payload);
    if (answer.statusCode !== 200) throw new Error(`${path}: ${answer.body}`);
    return answer.json<Result>();
  }

  logIn(account: string, secondFactor: string, change: object = {}) {
    // Every code is taken once only.
    this.#server.clock.now += STEP;
    const code = codeAt(secondFactor, this.#server.clock.now);
    return this.post('/log-in', { account, password: PASSWORD, code, ...change });
  }
}

/** Opens an account by its link, as its owner does. Gives the secret of the second factor. */
export async function openAccount(server: SampleServer, link: string): Promise<string> {
  const page = new OfficePage(server);
  const token = link.split('#')[1] ?? '';
  const { secondFactor } = await page.done<{ secondFactor: string }>('POST', '/invitation', {
    token,
  });
  const code = codeAt(secondFactor, server.clock.now);
  await page.done('POST', '/invitation/accept', { token, password: PASSWORD, code });
  return secondFactor;
}

let accounts = 0;

/** Somebody of the office, logged in; without the work that a password takes. */
export async function somebody(
  server: SampleServer,
  roles: readonly OfficeRole[],
  divisions: readonly string[] = ['530102'],
) {
  accounts += 1;
  const account = `person${accounts}`;
  const name = `示例${accounts}`;
  const duties = { name, roles: [...roles], divisions: [...divisions] };
  const { link } = await invite(server.district, account, duties, 'test');
  const token = link.split('#')[1] ?? '';
  const { person } = await readInvitation(server.district, token);
  await run(server.district.database, sql`update person set secret = 'x' where id = ${person}`);
  const page = new OfficePage(server);
  const me = { id: person, account, ...duties };
  page.cookie = `__Host-office=${await beginLogIn(server.district, me, 'test')}`;
  return page;
}

/** A notice as an editor writes it. */
export function written(title: string, scope = '530102'): DraftContent {
  const record = notice('draft', 1, scope);
  const part = editablePart({ ...record, body: { ...record.body, title } });
  return part as unknown as DraftContent;
}

/** Writes a notice and hands it in. */
export async function submitted(
  editor: OfficePage,
  name: string,
  title: string,
  more: { scope?: string; publishAt?: string } = {},
): Promise<Draft> {
  const { scope = '530102', publishAt } = more;
  const record = { id: `notice.${name}`, kind: 'notice', scope };
  const draft = await editor.done<Draft>('POST', '/drafts', { record });
  const saved = await editor.done<Draft>('POST', `/drafts/${draft.id}`, {
    ...{
      revision: draft.revision,
      content: { ...draft.content, ...written(title, scope) },
    },
  });
  return editor.done<Draft>('POST', `/drafts/${draft.id}/submit`, {
    revision: saved.revision,
    ...(publishAt === undefined ? {} : { publishAt }),
  });
}

/** Lets a draft through. */
export function approved(reviewer: OfficePage, { id, revision }: Draft): Promise<Draft> {
  return reviewer.done<Draft>('POST', `/drafts/${id}/approve`, { revision });
}
