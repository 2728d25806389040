import { describe, expect, it } from 'vitest';
import { isOwnPage } from '../../src/main/electron/page-address.ts';
import { mayLoad, mayNavigate } from '../../src/main/electron/policies/requests.ts';

const OWN = [
  'kiosk://station/visitor/',
  'kiosk://station/visitor/#/guides/legal-aid',
  'kiosk://station/recovery/',
];

const FOREIGN = [
  'kiosk://station.example/visitor/',
  'kiosk://station@evil.example/visitor/',
  'kiosk://evil:pass@station/visitor/',
  'kiosk://station:80/visitor/',
  'kiosk://stаtion/visitor/', // the a is Cyrillic
  'kiosk://STATION/visitor/',
  'kiosk:station/visitor/',
  'kiosk:///visitor/',
  'kiosk://station',
  'kiosks://station/visitor/',
  ' kiosk://station/visitor/',
  'kiosk:\\\\station\\visitor',
  'http://station/visitor/',
  'https://www.12348.gov.cn/',
  'http://127.0.0.1:7348/visitor/',
  'file:///etc/passwd',
  'file:///C:/Windows/explorer.exe',
  'javascript:alert(1)',
  'data:text/html,<p>x</p>',
  'blob:kiosk://station/0b8f',
  'filesystem:kiosk://station/temporary/x',
  'view-source:kiosk://station/visitor/',
  'about:blank',
  'chrome://settings',
  'devtools://devtools/bundled/inspector.html',
  'ws://127.0.0.1:7348/rpc',
  'tel:12348',
  'mailto:a@example.com',
  '',
];

describe('addresses', () => {
  it.each(OWN)('knows %s as its own', (address) => {
    expect(isOwnPage(address)).toBe(true);
    expect(mayNavigate(address)).toBe(true);
    expect(mayLoad(address, 'script')).toBe(true);
  });

  it.each(FOREIGN)('refuses to go to or load from %j', (address) => {
    expect(isOwnPage(address)).toBe(false);
    expect(mayNavigate(address)).toBe(false);
    for (const resource of [
      'mainFrame',
      'subFrame',
      'script',
      'image',
      'xhr',
      'webSocket',
      'other',
    ])
      expect(mayLoad(address, resource)).toBe(false);
  });

  it('lets small pictures stand in a page, and nothing else of that kind', () => {
    expect(mayLoad('data:image/png;base64,AA==', 'image')).toBe(true);
    expect(mayLoad('data:image/svg+xml,<svg/>', 'subFrame')).toBe(false);
    expect(mayLoad('data:text/html,x', 'image')).toBe(false);
  });
});
