import { isIP, isIPv6 } from 'node:net';
import { hostname, networkInterfaces } from 'node:os';
import type { LanSettings } from './lan-settings.ts';

const EVERY_ADDRESS = new Set(['0.0.0.0', '::']);

/**
 * The names and addresses by which devices may speak to this terminal, each as browsers write it in their Host header; the
 * certificate is made out to them. What no browser can write is left out.
 */
export function ownNames({ bind, names }: Pick<LanSettings, 'bind' | 'names'>): string[] {
  const isEvery = EVERY_ADDRESS.has(asBrowsersWrite(bind) ?? bind);
  const addresses = isEvery ? ownAddresses() : [bind];
  const host = hostname().toLowerCase();
  const named = /^[a-z0-9][a-z0-9.-]*$/.test(host) ? [...names, host] : names;
  return [...new Set([...named, ...addresses].flatMap((name) => asBrowsersWrite(name) ?? []))];
}

/** `FD00:0::1` is `fd00::1` to them, and a name like `10` is a number. */
function asBrowsersWrite(name: string): string | undefined {
  const url = `https://${isIPv6(name) ? `[${name}]` : name}`;
  if (!URL.canParse(url)) return undefined;
  const written = new URL(url).hostname.replace(/^\[(.*)\]$/, '$1');
  return isIP(name) === isIP(written) ? written : undefined;
}

function ownAddresses(): string[] {
  return Object.values(networkInterfaces())
    .flatMap((list) => list ?? [])
    .filter((address) => address.family === 'IPv4')
    .map((address) => address.address);
}

/** Whether a Host header names this terminal: a foreign page must not come in by a name that it had rebound. */
export function isOwnName(
  header: string | undefined,
  names: readonly string[],
  port: number,
): boolean {
  if (header === undefined) return false;
  return names.some((name) => {
    const written = isIPv6(name) ? `[${name}]` : name;
    return header === `${written}:${port}` || (port === 443 && header === written);
  });
}

/**
 * Addresses to be typed on another device: numbers first, since names are of use only where somebody resolves them (a computer
 * set up from a copy of this one takes their common name for itself); this computer's own loopback never.
 */
export function addressesOf(names: readonly string[], port: number): string[] {
  return names
    .filter((name) => !/^(?:127\.|::1$|localhost$)/.test(name))
    .toSorted((a, b) => Math.sign(isIP(b)) - Math.sign(isIP(a)))
    .map((name) => `https://${isIPv6(name) ? `[${name}]` : name}:${port}`);
}
