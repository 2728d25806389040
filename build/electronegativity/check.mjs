/**
 * Electronegativity over the Electron shell, from medium severity on. What it finds and we keep stands in EXCEPTIONS with the reason; a finding
 * that is not there fails, and so does an exception that nothing needs any more. Another folder can be named.
 */
import { readFileSync } from 'node:fs';
import { createRequire, registerHooks } from 'node:module';
import { pathToFileURL } from 'node:url';
import { inRoot } from '../setup/paths.mjs';

const own = createRequire(inRoot('node_modules/@doyensec/electronegativity/package.json'));

/** Its parser needs a TypeScript that still has an interface for programs (decision 005): the one it brings itself. */
const REPLACED = {
  typescript: pathToFileURL(own.resolve('typescript')).href,
  got: pathToFileURL(inRoot('build/electronegativity/no-network.cjs')).href,
};

const EXCEPTIONS = [
  {
    id: 'CSP_GLOBAL_CHECK',
    file: 'N/A',
    reason:
      'The policy is a header of every answer of page-scheme.ts (src/shared/security/page-headers.ts), which the tool does not see; a test in a real Electron does.',
  },
  {
    id: 'CERTIFICATE_ERROR_EVENT_JS_CHECK',
    file: 'lock-down.ts',
    reason: 'Asks for a look by hand: the handler refuses every certificate.',
  },
  {
    id: 'CERTIFICATE_VERIFY_PROC_JS_CHECK',
    file: 'lock-down.ts',
    reason: 'Asks for a look by hand: the procedure refuses every certificate.',
  },
  {
    id: 'PRELOAD_JS_CHECK',
    file: 'visitor-window.ts',
    reason:
      'Asks for a look by hand: preload/visitor.ts puts nothing into the page, it hands over one port of the validated contract.',
  },
];

registerHooks({
  resolve: (specifier, context, next) =>
    specifier in REPLACED
      ? { url: REPLACED[specifier], shortCircuit: true }
      : next(specifier, context),
});

/** The tool tells on the console that it reached no network. */
async function findings(input) {
  const [log, error] = [console.log, console.error];
  console.log = console.error = () => {};
  try {
    const { version } = JSON.parse(
      readFileSync(inRoot('node_modules/electron/package.json'), 'utf8'),
    );
    const run = own('./dist/runner.js');
    return await run({
      ...{ input, severitySet: 'medium', confidenceSet: 'tentative', isRelative: true },
      ...{ customScan: [], excludeFromScan: [], electronVersionOverride: version },
    });
  } finally {
    [console.log, console.error] = [log, error];
  }
}

const input = process.argv[2] ?? inRoot('src/main/electron');
const { issues, errors } = await findings(input);
const isOf = (issue) => (exception) => exception.id === issue.id && exception.file === issue.file;
const faults = [
  ...errors.map(({ file, message }) => `${file}: not read: ${message}`),
  ...issues
    .filter((issue) => !EXCEPTIONS.some(isOf(issue)))
    .map(({ file, location, id, description }) => `${file}:${location.line} ${id} ${description}`),
  ...(process.argv[2] === undefined ? EXCEPTIONS : [])
    .filter((exception) => !issues.some((issue) => isOf(issue)(exception)))
    .map(({ id, file }) => `${file}: the exception for ${id} is not needed any more`),
];
for (const fault of faults) console.log(fault);
process.exit(faults.length === 0 ? 0 : 1);
