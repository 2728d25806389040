import { QueryClient, type UseQueryResult, useQuery } from '@tanstack/react-query';
import { createContext, use } from 'react';
import { StationError } from '#shared/contract/errors.ts';
import type { HomeView, PageLanguage } from '#shared/contract/views.ts';
import { type SessionLanguage, useSession } from '../session/session.ts';
import type { StationClient } from './station-client.ts';

const ClientContext = createContext<StationClient | undefined>(undefined);
export const StationClientProvider = ClientContext.Provider;

/** The host, from anywhere on a page. */
export function useStation(): StationClient {
  const client = use(ClientContext);
  if (client === undefined) throw new Error('a page was drawn without a station client');
  return client;
}

/**
 * Answers stay as they are while a visitor reads; they are asked for again when the host says that content changed and
 * nobody is reading. What may come back by itself (a restart of the host) is tried again.
 */
export function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: Number.POSITIVE_INFINITY,
        networkMode: 'always',
        refetchOnWindowFocus: false,
        retry: (failures, error) =>
          failures < 5 &&
          error instanceof StationError &&
          (error.kind === 'host-gone' || error.kind === 'timeout'),
        retryDelay: (failures) => Math.min(250 * 2 ** failures, 2000),
      },
    },
  });
}

/** Language in which content is asked for: the pseudo-language shows English content, as its interface texts do. */
export function useContentLanguage(): PageLanguage {
  return contentLanguage(useSession().session.language);
}

function contentLanguage(language: SessionLanguage): PageLanguage {
  return language === 'x-rtl' ? 'en' : language;
}

/** How home is read, wherever it is read from. */
const HOME = (station: StationClient, language: PageLanguage) => station.home.view({ language });

/** What home shows: the station's common questions, services, people and numbers. */
export function useHomeReading(): UseQueryResult<HomeView> {
  return useReading(['home'], HOME);
}

/** Asks for what home shows before a page is drawn that asks for it. Should it fail, that page asks again. */
export function readHomeAhead(
  queries: QueryClient,
  station: StationClient,
  language: SessionLanguage,
): void {
  const of = contentLanguage(language);
  void queries.prefetchQuery({ queryKey: ['home', of], queryFn: () => HOME(station, of) });
}

/** Reads something from the host in the visitor's language. */
export function useReading<Value>(
  key: readonly unknown[],
  read: (station: StationClient, language: PageLanguage) => Promise<Value>,
): UseQueryResult<Value> {
  const station = useStation();
  const language = useContentLanguage();
  return useQuery({ queryKey: [...key, language], queryFn: () => read(station, language) });
}
