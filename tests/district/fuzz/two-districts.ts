import { randomUUID } from 'node:crypto';
import { publishRecord } from '#district/content/published.ts';
import { listServices, makeService } from '#district/office/services.ts';
import { makeCode } from '#district/terminals/enrolment.ts';
import { openCodes } from '#district/terminals/open-codes.ts';
import type { Draft, OfficeConflict } from '#shared/office/office-views.ts';
import type { ServiceAccount } from '#shared/office/service-account.ts';
import { bundleAad, sealingInfo, submissionAad } from '#shared/operations/sealed.ts';
import { notice } from '../feed/sample-feed.ts';
import { type OfficePage, somebody, submitted } from '../office/sample-office.ts';
import { type FakeService, newService, program } from '../office/sample-services.ts';
import { enrolledTerminal, operation, type SampleServer, seal } from '../sample-server.ts';

/** Stands in everything that belongs to the other district: whoever works on the first must never see it. */
export const SECRET = '外区不可见';

/** One thing of each sort in a district. */
async function things(server: SampleServer, district: string, mark: string) {
  const { database, keys } = server.district;
  const outlet = `${district}001`;
  const editor = await somebody(server, ['editor'], [district]);
  const clerk = await somebody(server, ['inbox'], [district]);
  const terminal = await enrolledTerminal(server, outlet);
  const titled = (title: string) => {
    const record = notice('kept', 1, outlet);
    return { ...record, body: { ...record.body, title: `${mark}${title}` } };
  };
  for (const title of ['一号标题', '二号标题'])
    await database.transaction((db) =>
      publishRecord(db, titled(title), { actor: 'test', at: 1, note: '测试' }),
    );
  const record = { id: 'notice.kept', kind: 'notice', scope: outlet };
  const changes = [{ field: '/body/title', from: `${mark}一号标题`, to: `${mark}三号标题` }];
  const id = randomUUID();
  const sealed = await seal(
    ...([keys.sealing[0], mark, sealingInfo('submission'), submissionAad(id)] as const),
  );
  await terminal.push(
    operation('content-edit', { record, baseVersion: 1, changes, editor: '甲', reviewer: '乙' }),
    operation('submission', { receipt: 'ZX-0001', topic: 'advice', sealed }, id),
  );
  const draft = await submitted(editor, 'draft', `${mark}草稿标题`, { scope: district });
  const text = JSON.stringify({ batches: [] });
  const carried = await seal(
    ...([keys.sealing[0], text, sealingInfo('bundle'), bundleAad(terminal.id)] as const),
  );
  const { waiting, leftOut, failed, withoutFiles } = server.feed;
  const unsound = [{ id: `notice.${mark}`, scope: outlet }];
  server.feed.waiting = [...waiting, { division: district, unsound, gone: 0, top: 1 }];
  server.feed.leftOut = [...leftOut, { id: `notice.${mark}`, scope: outlet }];
  server.feed.failed = [...failed, { division: district, error: new Error(mark) }];
  server.feed.withoutFiles = [...withoutFiles, { division: district, error: new Error(mark) }];
  const named = newService(server, { name: `平台 ${district}`, divisions: [district] });
  await makeService(server.district, named, 'test');
  const services = await listServices(server.district);
  await makeCode(server.district, outlet, 'carried', 'test');
  const open = await openCodes(database, server.district.now());
  const [conflict] = await clerk.done<OfficeConflict[]>('GET', '/conflicts');
  return {
    ...{ district, outlet, terminal, draft, editor },
    bundle: { format: 1, terminal: terminal.id, sealed: carried },
    code: open.find((one) => one.outlet === outlet)?.id ?? '',
    conflict: conflict?.conflict ?? '',
    submission: id,
    service: services.find(({ name }) => name === named.name) as ServiceAccount,
  };
}

/** Two districts on one server; `own` is the one that the callers work on. */
export async function twoDistricts(server: SampleServer) {
  return {
    own: await things(server, '530102', '本区'),
    foreign: await things(server, '620104', SECRET),
  };
}
export type Things = Awaited<ReturnType<typeof things>>;

/** A request for each route, about a district's things; the last routes end what the others need. */
export function requestsAbout(about: Things, person: string) {
  const { district, outlet, terminal, draft, conflict, submission, bundle, code, service } = about;
  const { id, revision } = draft as Draft;
  const record = { id: 'notice.kept', kind: 'notice', scope: outlet };
  const duties = { name: '示例', roles: ['editor'], divisions: [district] };
  const content = draft.content ?? {};
  const token = 'a'.repeat(43);
  const post = (path: string, payload: object = {}) => ({ method: 'POST', path, payload }) as const;
  const get = (path: string) => ({ method: 'GET', path, payload: undefined }) as const;
  return {
    'logIn.invitation': post('/invitation', { token }),
    'logIn.accept': post('/invitation/accept', { token, password: 'x'.repeat(12), code: '123456' }),
    'logIn.enter': post('/log-in', { account: 'someone', password: 'x', code: '123456' }),
    'logIn.me': get('/me'),
    'people.list': get('/people'),
    'people.invite': post('/people', {
      account: `new${person.slice(0, 8)}`.replaceAll('-', ''),
      duties,
    }),
    'people.change': post(`/people/${person}`, { duties, active: true }),
    'people.reset': post(`/people/${person}/reset`),
    'services.list': get('/services'),
    'services.make': post('/services', {
      ...{ name: '示例', rights: ['content'], divisions: [district], lastDay: service.lastDay },
    }),
    'terminals.list': get('/terminals'),
    'terminals.makeCode': post('/terminals/code', { outlet }),
    'terminals.makeProvisioning': post('/terminals/provisioning', { outlet }),
    'terminals.openCodes': get('/terminals/codes'),
    'terminals.cancelCode': post(`/terminals/codes/${code}/cancel`),
    'terminals.takeBundle': post('/terminals/bundle', bundle),
    'content.list': get('/content'),
    'content.history': get(`/content/${outlet}/notice.kept`),
    'content.version': get(`/content/${outlet}/notice.kept/1`),
    'tables.export': get('/tables/person'),
    'tables.take': post('/tables/person', { fileName: 'a.xlsx', base64: 'AAAA' }),
    'folder.export': get('/folder'),
    'folder.upload': post('/folder/pieces', {
      ...{ upload: '0b0e7c2e-6f0a-4c7e-9a51-2f6b1f0c7d12', at: 0, bytes: 4, base64: 'AAAA' },
    }),
    'folder.look': post('/folder/look', { upload: '0b0e7c2e-6f0a-4c7e-9a51-2f6b1f0c7d12' }),
    'folder.take': post('/folder/take', {
      ...{ upload: '0b0e7c2e-6f0a-4c7e-9a51-2f6b1f0c7d12', digest: '0'.repeat(64) },
    }),
    'drafts.list': get('/drafts'),
    'drafts.get': get(`/drafts/${id}`),
    'drafts.start': post('/drafts', { record }),
    'drafts.save': post(`/drafts/${id}`, { revision, content }),
    'drafts.submit': post(`/drafts/${id}/submit`, { revision }),
    'drafts.upload': post(`/drafts/${id}/file`, {
      ...{ upload: '0b0e7c2e-6f0a-4c7e-9a51-2f6b1f0c7d11', at: 0, bytes: 4, base64: 'AAAA' },
    }),
    'drafts.file': get(`/drafts/${id}/file/${'0'.repeat(64)}.pdf`),
    'preview.ask': post(`/drafts/${id}/preview`, {
      ...{ outlet, day: '2026-11-22', method: 'home.view', input: { language: 'zh-CN' } },
    }),
    'conflicts.list': get('/conflicts'),
    'inbox.list': get('/inbox'),
    'inbox.open': post(`/inbox/${submission}/open`),
    'feed.waiting': get('/feed/waiting'),
    'feed.troubles': get('/feed/troubles'),
    'feed.confirm': post('/feed/confirm', { division: district, top: 1 }),
    'audit.list': get('/audit'),
    'audit.check': get('/audit/check'),
    'drafts.approve': post(`/drafts/${id}/approve`, { revision }),
    'drafts.reject': post(`/drafts/${id}/reject`, { revision, note: '请改' }),
    'drafts.discard': post(`/drafts/${id}/discard`, { revision }),
    'conflicts.decide': post(`/conflicts/${conflict}`, { outcome: 'published' }),
    'inbox.handled': post(`/inbox/${submission}/handled`),
    'services.revoke': post(`/services/${service.id}/revoke`),
    'terminals.revoke': post(`/terminals/${terminal.id}/revoke`),
    'logIn.leave': post('/log-out'),
  };
}

/** The same for programs of other parties, whose paths are whole. */
export function serviceRequestsAbout({ outlet, submission }: Things) {
  return {
    'content.changes': { method: 'GET', path: `/api/v1/content?scope=${outlet}` },
    'inbox.list': { method: 'GET', path: '/api/v1/inbox' },
    'inbox.open': { method: 'POST', path: `/api/v1/inbox/${submission}/open` },
    'inbox.handled': { method: 'POST', path: `/api/v1/inbox/${submission}/handled` },
  } as const;
}

/** A program with each right alone that works on the first district only, and one with both. */
export async function everyService(
  server: SampleServer,
): Promise<ReadonlyMap<string, FakeService>> {
  const services = new Map<string, FakeService>();
  for (const rights of [['content'], ['inbox'], ['content', 'inbox']] as const)
    services.set(rights.join(' and '), await program(server, rights));
  return services;
}

/** Somebody of each role who works on the first district only. */
export async function everyRole(server: SampleServer): Promise<ReadonlyMap<string, OfficePage>> {
  const pages = new Map<string, OfficePage>();
  for (const role of ['editor', 'reviewer', 'inbox', 'technician', 'auditor'] as const)
    pages.set(role, await somebody(server, [role]));
  return pages;
}
