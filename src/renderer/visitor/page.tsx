import { useCallback, useEffect, useState } from 'react';
import type { Hello } from '#shared/contract/views.ts';
import type { OtherRoute, Route } from '../session/route.ts';
import { Failure, Waiting } from '../ui/reading.tsx';
import { HomePage } from './pages/home.tsx';

type OtherPages = typeof import('./other-pages.tsx');

let others: OtherPages | undefined;
let loading: Promise<void> | undefined;

/** Everything but home. It is asked for as soon as home stands, so that the first touch finds it there. */
function loadOthers(): Promise<void> {
  loading ??= import('./other-pages.tsx').then(
    (pages) => {
      others = pages;
    },
    (error: unknown) => {
      loading = undefined;
      throw error;
    },
  );
  return loading;
}

/** The page for a route. */
export function Page({ route, hello }: { readonly route: Route; readonly hello: Hello }) {
  return route.page === 'home' ? <Home hello={hello} /> : <Other route={route} />;
}

function Home({ hello }: { readonly hello: Hello }) {
  useEffect(() => {
    // Should it fail now, the first touch asks again and says so.
    const idle = requestIdleCallback(() => void loadOthers().catch(() => {}));
    return () => cancelIdleCallback(idle);
  }, []);
  return <HomePage hello={hello} />;
}

function Other({ route }: { readonly route: OtherRoute }) {
  const [, redraw] = useState(0);
  const [failure, setFailure] = useState<Error>();
  const load = useCallback(() => {
    setFailure(undefined);
    loadOthers().then(() => redraw((count) => count + 1), setFailure);
  }, []);
  useEffect(() => {
    if (others === undefined) load();
  }, [load]);
  if (others !== undefined) return <others.OtherPage route={route} />;
  return failure === undefined ? <Waiting /> : <Failure error={failure} onRetry={load} />;
}
