import { app, type Session, type WebContents } from 'electron';
import { isKeyAllowed } from '#shared/security/keys.ts';
import { isPermitted, mayLoad, mayNavigate, WINDOW_OPEN } from './policies/requests.ts';

/** Chromium's word for "the certificate is not trusted", from net_error_list.h. */
const CERTIFICATE_REFUSED = -2;

/** Lays the policies on every page that this program ever has, whoever made it. Call before the first window. */
export function lockDownPages(): void {
  app.on('web-contents-created', (_event, contents) => lockDownPage(contents));
  app.on('certificate-error', (event, _contents, _url, _error, _certificate, trust) => {
    event.preventDefault();
    trust(false);
  });
  app.on('select-client-certificate', (event) => event.preventDefault());
  app.on('login', (event) => event.preventDefault());
}

function lockDownPage(contents: WebContents): void {
  contents.setWindowOpenHandler(() => WINDOW_OPEN);
  contents.on('will-navigate', (event) => {
    if (!mayNavigate(event.url)) event.preventDefault();
  });
  contents.on('will-frame-navigate', (event) => {
    if (!mayNavigate(event.url)) event.preventDefault();
  });
  contents.on('will-redirect', (event) => {
    if (!mayNavigate(event.url)) event.preventDefault();
  });
  contents.on('will-attach-webview', (event) => event.preventDefault());
  contents.on('context-menu', (event) => event.preventDefault());
  contents.on('before-input-event', (event, press) => {
    if (!isKeyAllowed(press)) event.preventDefault();
  });
  contents.on('select-bluetooth-device', (event) => event.preventDefault());
  contents.setWebRTCIPHandlingPolicy('disable_non_proxied_udp');
}

/** Lays the policies on a session: no permission, no download, no network, no device, no foreign certificate. */
export function lockDownSession(session: Session): void {
  session.setPermissionCheckHandler((_contents, permission) => isPermitted(permission));
  session.setPermissionRequestHandler((_contents, permission, answer) =>
    answer(isPermitted(permission)),
  );
  session.setDevicePermissionHandler(() => false);
  session.setCertificateVerifyProc((_request, answer) => answer(CERTIFICATE_REFUSED));
  session.on('will-download', (event) => event.preventDefault());
  session.webRequest.onBeforeRequest((details, answer) =>
    answer({ cancel: !mayLoad(details.url, details.resourceType) }),
  );
  session.setSpellCheckerEnabled(false);
}
