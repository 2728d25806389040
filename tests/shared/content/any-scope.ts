import fc from 'fast-check';

/** Any scope, most of them near each other so that chains meet. */
export const anyScope = fc
  .tuple(
    fc.constantFrom(2, 4, 6, 9, 12),
    fc.constantFrom('530102001007', '530102002001', '530103001001', '652701001001', '000000000000'),
    fc.constantFrom('', '', '-J01', '-G002'),
  )
  .map(([length, code, suffix]) => `${code.slice(0, length)}${suffix}`);
