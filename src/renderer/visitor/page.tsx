import { type ComponentType, useEffect, useState } from 'react';
import type { Hello } from '#shared/contract/views.ts';
import type { OtherRoute, Route } from '../session/route.ts';
import { Failure, Waiting } from '../ui/reading.tsx';
import { HomePage } from './pages/home.tsx';

type Others = ComponentType<{ readonly route: OtherRoute }>;

let Others: Others | undefined;
let loading: Promise<void> | undefined;

/** Everything but home. It is asked for as soon as home stands, so that the first touch finds it there. */
function loadOthers(): Promise<void> {
  loading ??= import('./other-pages.tsx').then(
    ({ OtherPage }) => {
      Others = OtherPage;
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

/** A host that died while the pages were read is back within moments. */
const AGAIN_MS = 1000;

function Other({ route }: { readonly route: OtherRoute }) {
  const [, redraw] = useState(0);
  const [attempt, setAttempt] = useState(0);
  const [failure, setFailure] = useState<Error>();
  useEffect(() => {
    if (Others !== undefined) return;
    let again: ReturnType<typeof setTimeout> | undefined;
    loadOthers().then(
      () => redraw((count) => count + 1),
      (error: Error) => {
        setFailure(error);
        again = setTimeout(() => setAttempt(attempt + 1), AGAIN_MS);
      },
    );
    return () => clearTimeout(again);
  }, [attempt]);
  if (Others !== undefined) return <Others route={route} />;
  if (failure === undefined) return <Waiting />;
  return <Failure error={failure} onRetry={() => setAttempt(attempt + 1)} />;
}
