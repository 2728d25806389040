import { QueryClient, type UseQueryResult, useQuery } from '@tanstack/react-query';
import { createContext, use } from 'react';
import { StationError } from '#shared/contract/errors.ts';
import { FIRST_LANGUAGE, type FirstAnswers } from '#shared/contract/first-answers.ts';
import type { Hello, HomeView, PageLanguage } from '#shared/contract/views.ts';
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

/** How the greeting is read, wherever it is read from. */
const HELLO = (station: StationClient) => station.system.hello();

/** What a page has to know before it draws anything. */
export function useHelloReading(): UseQueryResult<Hello> {
  return useReading(['hello'], HELLO);
}

/**
 * Asks for all that a fresh page shows with the first breath, before anything is drawn that asks for it, and gives it to be drawn in
 * one piece. What fails is asked for again by the part that needs it.
 */
export function readAhead(
  queries: QueryClient,
  station: StationClient,
  language: SessionLanguage,
): void {
  const of = contentLanguage(language);
  const home = HOME(station, of);
  const hello = HELLO(station);
  const both = Promise.allSettled([home, hello]);
  void queries.prefetchQuery({ queryKey: ['home', of], queryFn: () => home });
  void queries.prefetchQuery({ queryKey: ['hello', of], queryFn: () => both.then(() => hello) });
}

/** Takes what the page brought with it; it is asked for once more as soon as there is a connection, for it may be older than that. */
export function takeFirstAnswers(queries: QueryClient, { hello, home }: FirstAnswers): void {
  queries.setQueryData(['hello', FIRST_LANGUAGE], hello);
  queries.setQueryData(['home', FIRST_LANGUAGE], home);
  void queries.invalidateQueries({ refetchType: 'none' });
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
