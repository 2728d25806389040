import { BrowserWindow, type Session, screen } from 'electron';

/** The ground of the pages, seen until the first one is painted. */
const GROUND = '#faf7f1';

/** Makes the one window of the terminal, with every safe choice said aloud (Electron's security list). */
export function createVisitorWindow(session: Session, preload: string): BrowserWindow {
  const window = new BrowserWindow({
    // The screen's own bounds, too: without a window manager nobody makes a kiosk window fill the screen. (Chromium
    // takes one pixel off then.)
    ...screen.getPrimaryDisplay().bounds,
    kiosk: true,
    frame: false,
    backgroundColor: GROUND,
    title: '公共法律服务',
    webPreferences: {
      session,
      preload,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      experimentalFeatures: false,
      webviewTag: false,
      plugins: false,
      devTools: false,
      spellcheck: false,
      disableDialogs: true,
      navigateOnDragDrop: false,
      // A middle click opens nothing.
      disableBlinkFeatures: 'Auxclick',
      backgroundThrottling: false,
    },
  });
  window.removeMenu();
  return window;
}
