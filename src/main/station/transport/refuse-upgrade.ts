import type { Duplex } from 'node:stream';

/**
 * Refuses an upgrade. No time limit of HTTP holds for such a connection any more: one that was only ended would stay for as long as
 * the other side likes.
 */
export function refuseUpgrade(socket: Duplex): void {
  socket.end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\n\r\n', () => socket.destroy());
}
