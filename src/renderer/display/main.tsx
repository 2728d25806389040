// Must come before anything that makes a schema.
import '../visitor/no-eval.ts';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { startI18n } from '../i18n/i18n.ts';
import { PairingGate } from '../pairing/pairing-gate.tsx';
import { lockOwnScreen } from '../session/locked-page.ts';
import { openTransportOf } from '../station-client/open-transport.ts';
import { connectStation } from '../station-client/station-client.ts';
import { followSystemContrast } from '../ui/system-contrast.ts';
import '../ui/fonts.css';
import '../ui/tokens.css';
import { Hall } from './hall.tsx';
import './display.css';

startI18n();
followSystemContrast(window);
lockOwnScreen(window);
const root = document.getElementById('root');
if (root === null) throw new Error('the page has no root');

createRoot(root).render(
  <StrictMode>
    <PairingGate>
      <Hall connect={() => connectStation(openTransportOf(window))} />
    </PairingGate>
  </StrictMode>,
);
