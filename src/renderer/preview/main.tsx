// Must come before anything that makes a schema.
import '../visitor/no-eval.ts';
import { QueryClientProvider } from '@tanstack/react-query';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { startI18n } from '../i18n/i18n.ts';
import { startAttract, startState } from '../session/start-state.ts';
import { createQueryClient, StationClientProvider } from '../station-client/use-station.ts';
import '../ui/fonts.css';
import '../ui/tokens.css';
import { App } from '../visitor/app.tsx';
import { previewClient } from './preview-client.ts';

startI18n();
const { hash } = window.location;
const fields = new URLSearchParams(hash.slice(1));
const client = previewClient({
  draft: fields.get('draft') ?? '',
  outlet: fields.get('outlet') ?? '',
  day: fields.get('day') ?? '',
});
const root = document.getElementById('root');
if (root === null) throw new Error('the page has no root');

createRoot(root).render(
  <StrictMode>
    <QueryClientProvider client={createQueryClient()}>
      <StationClientProvider value={client}>
        <App start={startState(hash)} attract={startAttract(hash)} />
      </StationClientProvider>
    </QueryClientProvider>
  </StrictMode>,
);
