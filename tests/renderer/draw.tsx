import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { cleanup, type RenderResult, render } from '@testing-library/react';
import type { ReactNode } from 'react';
import { I18nProvider } from 'react-aria-components';
import { afterEach } from 'vitest';
import { type FakeAnswers, fakeStation } from '../../src/renderer/gallery/fake-station.ts';
import { startI18n } from '../../src/renderer/i18n/i18n.ts';
import {
  FRESH_SESSION,
  type Session,
  type SessionAction,
  SessionContext,
} from '../../src/renderer/session/session.ts';
import { StationClientProvider } from '../../src/renderer/station-client/use-station.ts';

afterEach(cleanup);

// jsdom lays nothing out, so nothing changes its size.
globalThis.ResizeObserver ??= class {
  observe() {}
  unobserve() {}
  disconnect() {}
};

export interface Drawn extends RenderResult {
  /** What the component asked of the session. */
  readonly acts: readonly SessionAction[];
}

/** Draws a component as on a page: in a visit, before a made-up host, in the language of the visit. */
export async function draw(
  ui: ReactNode,
  {
    session = {},
    answers = {},
  }: { readonly session?: Partial<Session>; readonly answers?: FakeAnswers } = {},
): Promise<Drawn> {
  const acts: SessionAction[] = [];
  const visit = { ...FRESH_SESSION, ...session };
  await startI18n().changeLanguage(visit.language);
  const queries = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  const result = render(
    <I18nProvider locale={visit.language === 'x-rtl' ? 'ar' : visit.language}>
      <SessionContext value={{ session: visit, act: (action) => acts.push(action) }}>
        <QueryClientProvider client={queries}>
          <StationClientProvider value={fakeStation(answers)}>{ui}</StationClientProvider>
        </QueryClientProvider>
      </SessionContext>
    </I18nProvider>,
  );
  return { ...result, acts };
}
