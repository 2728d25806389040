import { expect, test } from 'vitest';
import { PAGE_FILE_TYPES, PAGE_HEADERS } from '#shared/security/page-headers.ts';

const policy = Object.fromEntries(
  (PAGE_HEADERS['content-security-policy'] ?? '').split('; ').map((rule) => {
    const [name = '', ...sources] = rule.split(' ');
    return [name, sources];
  }),
);

test('a page may load nothing that is not named, and name nothing from elsewhere', () => {
  expect(policy['default-src']).toEqual(["'none'"]);
  const sources = Object.entries(policy).flatMap(([name, values]) =>
    name.endsWith('-src') ? values : [],
  );
  expect(sources.filter((source) => !["'none'", "'self'", 'data:'].includes(source))).toEqual([]);
  expect(Object.keys(policy).filter((name) => policy[name]?.includes('data:'))).toEqual([
    'img-src',
  ]);
});

test('a page has no inline script, no frame, no form target and no other base', () => {
  expect(PAGE_HEADERS['content-security-policy']).not.toMatch(/unsafe-|\*|https?:/);
  for (const name of ['base-uri', 'form-action', 'frame-ancestors'])
    expect(policy[name]).toEqual(["'none'"]);
});

test('no file is guessed to be of another type, and none of an unknown type is served', () => {
  expect(PAGE_HEADERS['x-content-type-options']).toBe('nosniff');
  expect(Object.keys(PAGE_FILE_TYPES)).not.toContain('.map');
  expect(
    Object.entries(PAGE_FILE_TYPES).filter(([, type]) =>
      /text\/(?!html|javascript|css)/.test(type),
    ),
  ).toEqual([]);
});

test('a page may use no device, picture of the screen, second window or full screen of its own', () => {
  const allowed = (PAGE_HEADERS['permissions-policy'] ?? '').split(', ');
  expect(allowed.length).toBeGreaterThan(14);
  expect(allowed.filter((rule) => !rule.endsWith('=()'))).toEqual([]);
  for (const feature of ['camera', 'picture-in-picture', 'display-capture', 'clipboard-read'])
    expect(allowed).toContain(`${feature}=()`);
});
