/** What of the packages ships. Whatever is not named here is kept out, so that a package that grows does not grow the product. */

/** Packages that the built programs load at run time; all others are bundled into them. `tests/package/shipped.test.ts` compares it with the build. */
export const LOADED = [
  '@fontsource/noto-sans-sc',
  '@hpke/core',
  '@peculiar/x509',
  'better-sqlite3',
  'fontkit',
  'pdfmake',
  'qrcode',
  'receiptline',
  'reflect-metadata',
  'serialport',
  'tuf-js',
  'write-excel-file',
  'yaml',
];

/** Listed by packages as needed, but only for building them or for programs of theirs that nobody starts. */
export const NEVER_LOADED = new Set(['node-addon-api', 'yargs', '@serialport/binding-mock']);

/** Folders that no program reads, where a package says nothing of its own: tests, documents. */
const USELESS_FOLDER =
  /(?:^|\/)(?:tests?|__tests__|docs?|examples?|benchmarks?|\.github|\.vscode)\//i;
/** Files that no program reads, in whatever package: sources, types, other module systems' leftovers. */
const USELESS_FILE =
  /\.(?:map|md|markdown|d\.ts|d\.mts|d\.cts|ts|mts|cts|flow|gyp|gypi|h|c|cc|cpp|tsbuildinfo)$|(?:^|\/)(?:\.[^/]+|tsconfig[^/]*\.json|Makefile)$/i;

const LEGAL = /^(?:licen[cs]e|copying|notice|ofl)/i;

/** Native files are named after the machine; serialport has its own names for two of them. */
const SERIAL = { 'linux-x64': 'linux-x64', 'linux-arm64': 'linux-arm64', 'win32-x64': 'win32-x64' };

/**
 * Of these packages only what is named ships.
 * @type {Record<string, (file: string, target: string) => boolean>}
 */
const ONLY = {
  // Papers take two weights as WOFF (pdfmake cannot use variable fonts), the recovery page one as WOFF2.
  '@fontsource/noto-sans-sc': (file) =>
    file === 'unicode.json' ||
    /^files\/.*-(?:400|700)-normal\.woff$/.test(file) ||
    file === 'files/noto-sans-sc-chinese-simplified-400-normal.woff2',
  'better-sqlite3': (file, target) =>
    file.startsWith('lib/') || file === `prebuilds/${target}.node`,
  '@serialport/bindings-cpp': (file, target) =>
    file.startsWith('dist/') ||
    (file.startsWith(`prebuilds/${SERIAL[target]}/`) && !file.includes('musl')),
  pdfmake: (file) => file.startsWith('js/'),
  pdfkit: (file) => file.startsWith('js/') && !file.includes('standalone'),
  fontkit: (file) => /^dist\/(?:main|module)\./.test(file),
  yaml: (file) => file.startsWith('dist/'),
  'write-excel-file': (file) => /^(?:node|commonjs|modules)\//.test(file),
};

/**
 * Whether a file of a package ships.
 * @param {string} name the package's
 * @param {string} file inside the package, with `/`
 * @param {string} target `linux-x64`
 */
export function ships(name, file, target) {
  if (file === 'package.json' || LEGAL.test(file)) return true;
  if (USELESS_FILE.test(file)) return false;
  // What yaml makes of a text lies in its folder `doc`.
  return ONLY[name]?.(file, target) ?? !USELESS_FOLDER.test(file);
}
