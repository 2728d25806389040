// Must come before anything that makes a schema.
import './no-eval.ts';
import { QueryClientProvider } from '@tanstack/react-query';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { startI18n } from '../i18n/i18n.ts';
import { lockPage } from '../session/locked-page.ts';
import { isFresh } from '../session/session.ts';
import { startAttract, startDisplay, startState } from '../session/start-state.ts';
import { firstAnswersOf } from '../station-client/first-answers.ts';
import { openTransportOf } from '../station-client/open-transport.ts';
import { connectStation } from '../station-client/station-client.ts';
import {
  createQueryClient,
  readAhead,
  StationClientProvider,
  takeFirstAnswers,
} from '../station-client/use-station.ts';
import '../ui/fonts.css';
import '../ui/tokens.css';
import { App } from './app.tsx';

startI18n();
lockPage(window);
const { client } = connectStation(openTransportOf(window));
const place = document.getElementById('root');
if (place === null) throw new Error('the page has no root');
const root = createRoot(place);
let visits = 0;

/** Begins a visit as the address names it, with nothing kept of the one before. */
function begin(): void {
  const { hash } = window.location;
  const start = startState(hash);
  const queries = createQueryClient();
  const brought = visits === 0 ? firstAnswersOf(document) : undefined;
  if (isFresh(start) && brought !== undefined) takeFirstAnswers(queries, brought);
  else if (isFresh(start)) readAhead(queries, client, start.language);
  visits += 1;
  root.render(
    <StrictMode key={visits}>
      <QueryClientProvider client={queries}>
        <StationClientProvider value={client}>
          <App start={start} display={startDisplay(hash)} attract={startAttract(hash)} />
        </StationClientProvider>
      </QueryClientProvider>
    </StrictMode>,
  );
}

begin();
// Only pictures and tests have something in the address, from the beginning on; a terminal has nothing there, and listens to nothing.
if (window.location.hash !== '') window.addEventListener('hashchange', begin);
