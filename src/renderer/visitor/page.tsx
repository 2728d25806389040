import { useEffect } from 'react';
import type { Hello } from '#shared/contract/views.ts';
import type { OtherRoute, Route } from '../session/route.ts';
import { latePart, useLatePart } from '../ui/late-part.ts';
import { PageBody } from '../ui/page-body.tsx';
import { Failure, Waiting } from '../ui/reading.tsx';
import { HomePage } from './pages/home.tsx';

/** Everything but home. It is asked for as soon as home stands, so that the first touch finds it there. */
const others = latePart(async () => (await import('./other-pages.tsx')).OtherPage);

/** The page for a route. */
export function Page({ route, hello }: { readonly route: Route; readonly hello: Hello }) {
  return route.page === 'home' ? <Home hello={hello} /> : <Other route={route} />;
}

function Home({ hello }: { readonly hello: Hello }) {
  useEffect(() => {
    // Should it fail now, the first touch asks again and says so.
    const idle = requestIdleCallback(() => void others.load().catch(() => {}));
    return () => cancelIdleCallback(idle);
  }, []);
  return <HomePage hello={hello} />;
}

function Other({ route }: { readonly route: OtherRoute }) {
  const { part: Others, failure } = useLatePart(others);
  if (Others !== undefined) return <Others route={route} />;
  return <PageBody>{failure === undefined ? <Waiting /> : <Failure error={failure} />}</PageBody>;
}
