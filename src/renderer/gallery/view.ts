import { useMemo, useSyncExternalStore } from 'react';
import { type Display, displaySchema } from '#shared/access/display.ts';
import type { PanelName } from '#shared/access/panels.ts';
import { nextSession, type Session, type SessionHandle } from '../session/session.ts';
import { startDisplay, startState } from '../session/start-state.ts';

/** Panels on which components can be looked at. */
export const PANEL_CHOICES = [
  '15.6',
  '21.5',
  '27',
  '32',
  '32-4k',
  '43',
  '43-4k',
  '55',
] as const satisfies readonly PanelName[];

const USUAL_PANEL: PanelName = '32';
const USUAL_DISPLAY = displaySchema.parse({ mmPerPx: 0.369, screenBottomMm: 720 });

/** How the gallery is looked at. All of it stands behind `#`, so that a view can be named, reloaded and pictured. */
export interface View extends SessionHandle {
  readonly display: Display;
  readonly panel: string;
  /** The one section that is shown; undefined for all. */
  readonly only: string | undefined;
  readonly set: (field: ViewField, value: string) => void;
}

export type ViewField = 'language' | 'zoom' | 'contrast' | 'panel' | 'only';

/** The view that the address names; what is chosen on the page, or by a component on it, is written back to it. */
export function useView(): View {
  const hash = useSyncExternalStore(followHash, () => window.location.hash);
  const fields = new URLSearchParams(hash.slice(1));
  const session = startState(hash);
  const display = useMemo(() => startDisplay(hash) ?? USUAL_DISPLAY, [hash]);
  const panel = fields.get('panel') ?? USUAL_PANEL;
  return {
    session,
    act: (action) => write(fields, preferencesOf(nextSession(session, action))),
    display,
    panel,
    only: fields.get('only') ?? undefined,
    set: (field, value) => write(fields, { [field]: value }),
  };
}

function followHash(onChange: () => void): () => void {
  window.addEventListener('hashchange', onChange);
  return () => window.removeEventListener('hashchange', onChange);
}

function preferencesOf(session: Session): Readonly<Record<string, string>> {
  return {
    language: session.language,
    zoom: String(session.zoom),
    contrast: session.contrast ? 'more' : '',
  };
}

function write(fields: URLSearchParams, changes: Readonly<Record<string, string>>): void {
  for (const [field, value] of Object.entries(changes)) {
    if (value === '') fields.delete(field);
    else fields.set(field, value);
  }
  window.location.hash = fields.toString();
}
