const LOOPBACK = /^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/;
const ADDRESS = /^(?:(https?):\/\/)?([a-z0-9.-]+|\[[0-9a-f:]+\])(:\d{1,5})?(\/[\w./~-]*)?$/i;

/**
 * The address of a district's server from what somebody typed: `https://` may be left out. Undefined for what is no address, and for
 * one without TLS elsewhere than on this computer: whoever answers there would be believed for years.
 */
export function serverAddress(typed: string): string | undefined {
  const [, scheme = 'https', name = '', port = '', path = ''] =
    ADDRESS.exec(typed.trim().replaceAll('。', '.')) ?? [];
  const host = `${name}${port}`.toLowerCase();
  if (name === '' || Number(port.slice(1)) > 65_535) return undefined;
  if (scheme.toLowerCase() === 'http' && !LOOPBACK.test(host)) return undefined;
  return `${scheme.toLowerCase()}://${host}${path.replace(/\/+$/, '')}`;
}
