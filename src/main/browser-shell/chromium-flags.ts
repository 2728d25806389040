/** Parts of Chromium that have no place on a public screen: pop-ups, suggestions, traffic of their own. */
const FEATURES_OFF = [
  'AutofillServerCommunication',
  'GlobalMediaControls',
  'InterestFeedContentSuggestions',
  'MediaRouter',
  // A language model of its own: nobody here asks for one.
  'OnDeviceModelService',
  'OptimizationGuideModelExecution',
  'OptimizationGuideOnDeviceModel',
  'OptimizationHints',
  'OverscrollHistoryNavigation',
  // A page process in store, for a second page that never comes: it started beside the first one and came and went all day.
  'SpareRendererForSitePerProcess',
  'Translate',
  // Pages behind an address line that nobody sees: 80 MB, loaded while the terminal's own page loads.
  'WebUIOmniboxAimPopup',
  'WebUIOmniboxPopup',
];

const FLAGS = [
  '--kiosk',
  '--no-first-run',
  '--no-default-browser-check',
  '--noerrdialogs',
  '--lang=zh-CN',
  // Nothing may cover the page or lead away from it.
  '--disable-session-crashed-bubble',
  '--hide-crash-restore-bubble',
  '--disable-infobars',
  '--disable-notifications',
  '--deny-permission-prompts',
  '--disable-save-password-bubble',
  '--disable-extensions',
  '--disable-default-apps',
  '--disable-pinch',
  '--overscroll-history-navigation=0',
  // Its own dialog for a hung page; the shell restarts the browser instead.
  '--disable-hang-monitor',
  // No traffic but to the station host: offline first, and no page of strangers.
  '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-domain-reliability',
  '--disable-sync',
  '--disable-quic',
  '--disable-breakpad',
  '--no-pings',
  // No question for the password of a key ring at every start.
  '--password-store=basic',
  '--use-mock-keychain',
  // A covered or dimmed screen must not look like a hung page.
  '--disable-background-timer-throttling',
  '--disable-backgrounding-occluded-windows',
  '--disable-renderer-backgrounding',
  // Chromium ends when this pipe does, so that it is never left behind by a shell that was killed.
  '--remote-debugging-pipe',
];

/** The command line of a Chromium that shows one address, full screen and locked, on a profile of its own. */
export function chromiumFlags(
  profileDir: string,
  url: string,
  isRoot: boolean,
  extra: readonly string[] = [],
): string[] {
  return [
    ...FLAGS,
    `--disable-features=${FEATURES_OFF.join(',')}`,
    `--user-data-dir=${profileDir}`,
    // Chromium refuses to run its sandbox as root; a terminal should run it as a user of its own.
    ...(isRoot ? ['--no-sandbox'] : []),
    ...extra,
    url,
  ];
}
