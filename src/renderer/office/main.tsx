// Must come before anything that makes a schema.
import '../visitor/no-eval.ts';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import '../ui/fonts.css';
import '../ui/tokens.css';
import '../console/console.css';
import './office.css';
import { Office } from './office.tsx';

const root = document.getElementById('root');
if (root === null) throw new Error('the page has no root');

// What the office sees may be changed by others at any time: asked again whenever the page is looked at.
const queries = new QueryClient({ defaultOptions: { queries: { retry: 1, staleTime: 0 } } });

createRoot(root).render(
  <StrictMode>
    <QueryClientProvider client={queries}>
      <Office />
    </QueryClientProvider>
  </StrictMode>,
);
