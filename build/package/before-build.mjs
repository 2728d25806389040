/**
 * electron-builder's hook: `false` means that packages are laid out already (payload.mjs), and that it need not look for
 * any. Left to itself it takes every package of package.json, also those that are bundled or the district's.
 */
export default () => false;
