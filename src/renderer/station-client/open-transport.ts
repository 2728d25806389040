import { RPC_PATH, VISITOR_RPC_PATH } from '#shared/contract/rpc-path.ts';
import { portTransport } from './port-transport.ts';
import { socketTransport } from './socket-transport.ts';
import type { OpenTransport } from './transport.ts';

/** The scheme under which the Electron shell shows pages. */
const SHELL_SCHEME = 'kiosk:';

/** The way to the host from where this page was loaded: the shell's port, or a WebSocket to the server that sent it. */
export function openTransportOf(page: Window): OpenTransport {
  const { protocol, host, pathname } = page.location;
  if (protocol === SHELL_SCHEME) return portTransport(page);
  const path = pathname.startsWith('/visitor/') ? VISITOR_RPC_PATH : RPC_PATH;
  return socketTransport(`${protocol === 'https:' ? 'wss:' : 'ws:'}//${host}${path}`);
}
