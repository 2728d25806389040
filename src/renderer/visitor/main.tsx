// Must come before anything that makes a schema.
import './no-eval.ts';
import { QueryClientProvider } from '@tanstack/react-query';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { startI18n } from '../i18n/i18n.ts';
import { withoutMenus } from '../session/no-menus.ts';
import { isFresh } from '../session/session.ts';
import { startAttract, startDisplay, startState } from '../session/start-state.ts';
import { openTransportOf } from '../station-client/open-transport.ts';
import { connectStation } from '../station-client/station-client.ts';
import {
  createQueryClient,
  readHomeAhead,
  StationClientProvider,
} from '../station-client/use-station.ts';
import '../ui/fonts.css';
import '../ui/tokens.css';
import { App } from './app.tsx';

startI18n();
withoutMenus(window);
const { client } = connectStation(openTransportOf(window));
const queries = createQueryClient();
const start = startState(window.location.hash);
// Not after the greeting, as home itself would: what a day begins with is asked for with the first breath.
if (isFresh(start)) readHomeAhead(queries, client, start.language);
const root = document.getElementById('root');
if (root === null) throw new Error('the page has no root');

createRoot(root).render(
  <StrictMode>
    <QueryClientProvider client={queries}>
      <StationClientProvider value={client}>
        <App
          start={start}
          display={startDisplay(window.location.hash)}
          attract={startAttract(window.location.hash)}
        />
      </StationClientProvider>
    </QueryClientProvider>
  </StrictMode>,
);
