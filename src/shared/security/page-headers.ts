/**
 * Headers of every page and file that a shell shows, over HTTP and over the custom scheme alike: nothing from elsewhere,
 * no frames, no inline script, no plugin (standards S; Electron security list no. 7).
 */
export const PAGE_HEADERS: Readonly<Record<string, string>> = {
  'content-security-policy': [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "font-src 'self'",
    "img-src 'self' data:",
    "media-src 'self'",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
  ].join('; '),
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': [
    ...['camera', 'microphone', 'geolocation', 'usb', 'serial', 'hid', 'midi'],
    ...['display-capture', 'picture-in-picture', 'fullscreen', 'window-management'],
    ...['payment', 'publickey-credentials-get', 'clipboard-read', 'local-fonts', 'idle-detection'],
  ]
    .map((feature) => `${feature}=()`)
    .join(', '),
};

/** Media types of the files that a page is made of; a file of another type is not served. */
export const PAGE_FILE_TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.woff2': 'font/woff2',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.json': 'application/json',
  /** Tables of letters for pamphlets. */
  '.bcmap': 'application/octet-stream',
};
