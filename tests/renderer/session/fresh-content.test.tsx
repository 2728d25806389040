import { QueryClient, QueryClientProvider, useQuery } from '@tanstack/react-query';
import { cleanup, render } from '@testing-library/react';
import { afterEach, describe, expect, it } from 'vitest';
import { useFreshContent } from '../../../src/renderer/session/fresh-content.ts';
import type { StationClient } from '../../../src/renderer/station-client/station-client.ts';
import { StationClientProvider } from '../../../src/renderer/station-client/use-station.ts';

const SILENT = {
  system: { events: () => new Promise<never>(() => {}) },
} as unknown as StationClient;

afterEach(cleanup);

function Terminal({ nobodyReads }: { readonly nobodyReads: boolean }) {
  useFreshContent(nobodyReads);
  useQuery({ queryKey: ['home'], queryFn: () => 'home', staleTime: Number.POSITIVE_INFINITY });
  return null;
}

function show(queries: QueryClient, nobodyReads: boolean) {
  return (
    <QueryClientProvider client={queries}>
      <StationClientProvider value={SILENT}>
        <Terminal nobodyReads={nobodyReads} />
      </StationClientProvider>
    </QueryClientProvider>
  );
}

describe('what a visitor has looked at', () => {
  it('stays at hand while they read, and is forgotten when they leave', () => {
    const queries = new QueryClient();
    queries.setQueryData(['home'], 'home');
    const page = render(show(queries, false));
    queries.setQueryData(['guide', 'guide.divorce'], 'what they read');
    page.rerender(show(queries, false));
    expect(queries.getQueryData(['guide', 'guide.divorce'])).toBe('what they read');
    page.rerender(show(queries, true));
    expect(queries.getQueryData(['guide', 'guide.divorce'])).toBeUndefined();
    expect(queries.getQueryData(['home'])).toBe('home');
  });
});

/** Asks only after its children have settled, as the greeting around a terminal does. */
function Whole({ onShown }: { readonly onShown: (data: unknown) => void }) {
  const { data } = useQuery({
    queryKey: ['hello'],
    queryFn: () => new Promise<never>(() => {}),
    staleTime: Number.POSITIVE_INFINITY,
  });
  onShown(data);
  return <Terminal nobodyReads />;
}

describe('what a page brought with it', () => {
  it('is not forgotten by the first drawing, before all that show it have asked for it', () => {
    const queries = new QueryClient();
    queries.setQueryData(['hello'], 'hello');
    const shown: unknown[] = [];
    const whole = () => (
      <QueryClientProvider client={queries}>
        <StationClientProvider value={SILENT}>
          <Whole onShown={(data) => shown.push(data)} />
        </StationClientProvider>
      </QueryClientProvider>
    );
    const page = render(whole());
    page.rerender(whole());
    expect(new Set(shown)).toEqual(new Set(['hello']));
  });
});
