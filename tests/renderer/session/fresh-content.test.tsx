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
