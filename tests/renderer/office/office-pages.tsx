import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { cleanup, createEvent, fireEvent, render } from '@testing-library/react';
import { vi } from 'vitest';
import { OFFICE_PREFIX } from '#shared/contract/office.ts';
import type { OfficeRole } from '#shared/office/office-role.ts';
import type { Draft, DraftContent } from '#shared/office/office-views.ts';
import { Office } from '../../../src/renderer/office/office.tsx';

export const ME = '11111111-1111-4111-8111-111111111111';
export const OTHER = '22222222-2222-4222-8222-222222222222';
export const DRAFT = '33333333-3333-4333-8333-333333333333';
export const at = '2026-11-22T01:00:00.000Z';
export const record = { id: 'notice.hall', kind: 'notice', scope: '530102' };

export const content: DraftContent = {
  ...{
    effectiveFrom: '2026-11-01',
    validUntil: '2027-11-01',
    source: '测试',
    responsibleBody: '测试',
  },
  ...{ confirm: [], translations: {} },
  body: {
    title: '冬季服务时间',
    text: '每天上午九点开门，请先取号。',
    group: 'station',
    important: false,
  },
};

export const draft = (change: Partial<Draft> = {}): Draft => ({
  ...{ id: DRAFT, record, title: '冬季服务时间', content, baseVersion: 1, state: 'draft' },
  ...{ revision: 1, author: '甲', writerIds: [ME], note: '', changedAt: at, faults: [] },
  differences: [{ field: '/body/title', from: '服务时间', to: '冬季服务时间' }],
  ...change,
});

/** In place of an answer: the server cannot be reached. */
export const AWAY = Symbol('away');

/** What the server answers, by method and path, now or when a promise is kept; what was asked is kept. */
export const answers: Record<string, unknown> = {};
export const asked: { path: string; body: unknown }[] = [];

/** Puts an office server in place of the network. */
export function startServer(): void {
  asked.length = 0;
  for (const path of Object.keys(answers)) delete answers[path];
  answers['GET /feed/waiting'] = [];
  answers['GET /terminals/codes'] = [];
  answers['GET /services'] = [];
  answers['GET /feed/troubles'] = { leftOut: [], failed: [], withoutFiles: [], isWritten: true };
  vi.stubGlobal('fetch', async (address: string, init: { method: string; body?: string }) => {
    const path = `${init.method} ${(address.split('?')[0] ?? '').slice(OFFICE_PREFIX.length)}`;
    asked.push({ path, body: init.body === undefined ? undefined : JSON.parse(init.body) });
    const answer = await answers[path];
    if (answer === AWAY) throw new TypeError('fetch failed');
    const isFault =
      answer === undefined || (typeof answer === 'object' && 'error' in (answer ?? {}));
    return new Response(JSON.stringify(answer ?? { error: { code: 'not-found', message: path } }), {
      status: isFault ? 404 : 200,
    });
  });
}

/** Takes page and server away. */
export function stopServer(): void {
  cleanup();
  vi.unstubAllGlobals();
  window.location.hash = '';
}

export const signedIn = (...roles: OfficeRole[]) => {
  answers['GET /me'] = { id: ME, account: 'jia', name: '甲', roles, divisions: ['530102'] };
};

export const show = () =>
  render(
    <QueryClientProvider
      client={new QueryClient({ defaultOptions: { queries: { retry: false } } })}
    >
      <Office />
    </QueryClientProvider>,
  );

/** What the newest call of a path handed over. */
export const sent = (path: string) => asked.findLast((call) => call.path === path)?.body;

/** A press at a time of the browser's clock. */
export function pressAt(button: HTMLElement, milliseconds: number): void {
  const event = createEvent.click(button);
  Object.defineProperty(event, 'timeStamp', { value: milliseconds });
  fireEvent(button, event);
}

/** Long after any press of now. */
export const LATER = 1e15;
