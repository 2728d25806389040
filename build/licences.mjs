/**
 * Licences of everything that is linked into the product: production packages and what they need, and Electron.
 * Without arguments: refuses licences that are not on the list and a stale THIRD-PARTY-NOTICES.txt.
 * `--write`: writes that file anew.
 */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { ROOT } from './setup/paths.mjs';
import { runMain, SetupError } from './setup/say.mjs';

/** Licences that may be linked into an Apache-2.0 product without conditions on the whole. */
const ALLOWED = new Set([
  ...[
    '0BSD',
    'Apache-2.0',
    'BlueOak-1.0.0',
    'BSD-2-Clause',
    'BSD-3-Clause',
    'CC-BY-4.0',
    'CC0-1.0',
  ],
  ...['ISC', 'MIT', 'MIT-0', 'OFL-1.1', 'Python-2.0', 'Unlicense', 'WTFPL', 'Zlib'],
]);

/** Packages whose package.json is silent, with the licence that the text beside it is. */
const READ_BY_HAND = new Map([['png-js@1.1.0', 'MIT']]);

/**
 * What ships although package.json lists it for development: Electron, and the packages from whose data the keyboard's words
 * (`build/pinyin`) and the table of sounds (`build/sound-table.mjs`) are made.
 */
const SHIPPED = ['electron', '@node-rs/jieba', 'pinyin-pro'].map((name) => `node_modules/${name}`);

/**
 * Whether an SPDX expression lets us link: every part of AND, one part of OR.
 * @param {string} expression
 */
export function isAllowed(expression) {
  const tokens = expression.match(/\(|\)|[^\s()]+/g) ?? [];
  let at = 0;
  const part = () => {
    const token = tokens[at++];
    if (token !== '(') return ALLOWED.has(token);
    const inner = either();
    at += 1;
    return inner;
  };
  const both = () => {
    let ok = part();
    while (tokens[at] === 'AND' || tokens[at] === 'WITH') {
      at += 1;
      ok = part() && ok;
    }
    return ok;
  };
  const either = () => {
    let ok = both();
    while (tokens[at] === 'OR') {
      at += 1;
      ok = both() || ok;
    }
    return ok;
  };
  const ok = either();
  return ok && at === tokens.length;
}

/** The licence that a package.json declares, in the shapes of three decades. */
function declaredLicence(manifest) {
  const { name, version, license, licenses } = manifest;
  if (typeof license === 'string') return license;
  if (license?.type) return license.type;
  if (Array.isArray(licenses)) return licenses.map(({ type }) => type).join(' OR ');
  return READ_BY_HAND.get(`${name}@${version}`) ?? '';
}

/** Licence texts that lie in a package's folder. */
function licenceTexts(folder) {
  return readdirSync(folder)
    .filter((name) => /^(licen[cs]e|copying|notice|ofl)/i.test(name))
    .filter((name) => !/\.(js|ts|json)$/.test(name))
    .sort()
    .map((name) => readFileSync(path.join(folder, name), 'utf8').replace(/\r\n/g, '\n').trim());
}

/**
 * All linked packages below `root`, by name and version. Packages for one platform only are left out: they are parts of
 * the package that asks for them, and the answer must be the same on every machine.
 */
export function linkedPackages(root = ROOT) {
  const lock = JSON.parse(readFileSync(path.join(root, 'package-lock.json'), 'utf8'));
  const places = Object.entries(lock.packages)
    .filter(([place, entry]) => place !== '' && !entry.os && !entry.cpu)
    .filter(([place, entry]) => !(entry.dev || entry.devOptional) || SHIPPED.includes(place))
    .map(([place]) => path.join(root, place))
    .filter((folder) => existsSync(path.join(folder, 'package.json')));
  const found = places.map((folder) => {
    const manifest = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8'));
    const { name, version } = manifest;
    return { name, version, licence: declaredLicence(manifest), texts: licenceTexts(folder) };
  });
  const byId = new Map(found.map((entry) => [`${entry.name}@${entry.version}`, entry]));
  return [...byId.keys()].sort().map((id) => byId.get(id));
}

/** One sentence for every package that may not be linked. */
export function refusals(packages) {
  return packages
    .filter(({ licence }) => !isAllowed(licence))
    .map(({ name, version, licence }) =>
      licence === ''
        ? `${name}@${version} declares no licence.`
        : `${name}@${version} is under ${licence}, which may not be linked.`,
    );
}

/** The text of THIRD-PARTY-NOTICES.txt. */
export function notices(packages) {
  const head =
    'legal-kiosk contains the following software and fonts of others, under the licences given with each.\n' +
    'Electron brings Chromium and Node.js; their notices ship beside its program as LICENSES.chromium.html.\n';
  const sections = packages.map(({ name, version, licence, texts }) =>
    [`${name} ${version} (${licence})`, ...texts].join('\n\n'),
  );
  return `${[head, ...sections].join(`\n${'-'.repeat(100)}\n\n`)}\n`;
}

async function main(args) {
  const packages = linkedPackages();
  const refused = refusals(packages);
  if (refused.length > 0) throw new SetupError(refused.join('\n'));
  const file = path.join(ROOT, 'THIRD-PARTY-NOTICES.txt');
  const text = notices(packages);
  if (args.includes('--write')) writeFileSync(file, text);
  else if (!existsSync(file) || readFileSync(file, 'utf8') !== text)
    throw new SetupError('THIRD-PARTY-NOTICES.txt is stale: run npm run notices.');
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href)
  await runMain(() => main(process.argv.slice(2)));
