/**
 * `npm test`: sets up what is missing and runs everything that CI runs. One line for each step with its time; the output of a
 * step only when it fails; at the very end how many tests passed and failed (a check that fails counts as a failed test).
 * `npm test -- --checks` stops before the build: what a developer runs before a commit.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { ensureBuild } from './setup/build-output.mjs';
import { ensureElectronForTests } from './setup/electron-runtime.mjs';
import { ensureNodeModules } from './setup/node-modules.mjs';
import { findProgram, inRoot, projectNode, ROOT } from './setup/paths.mjs';
import { handOver, run } from './setup/run.mjs';
import { runMain, say } from './setup/say.mjs';
import { ensureSystemPackages } from './setup/system-packages.mjs';

const REPORTS = inRoot('out', 'test');
const LANES = 2;
const LAYERS = [
  'src/shared',
  'src/main',
  'src/main/electron',
  'src/renderer',
  'src/district',
  'tests',
];

const tool = (...parts) => inRoot('node_modules', ...parts);

/** Checks that need no build, by their names. */
function checks() {
  const packs = readdirSync(inRoot('assets', 'profiles'), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => `assets/profiles/${entry.name}`);
  return {
    'format and lint (biome)': [tool('@biomejs', 'biome', 'bin', 'biome'), 'ci'],
    'lint with types (oxlint)': [tool('oxlint', 'bin', 'oxlint'), '--deny-warnings'],
    ...Object.fromEntries(
      LAYERS.map((layer) => [`types of ${layer}`, [tool('typescript', 'bin', 'tsc'), '-p', layer]]),
    ),
    boundaries: [
      tool('dependency-cruiser', 'bin', 'dependency-cruiser.mjs'),
      ...['--config', '.dependency-cruiser.mjs', 'src'],
    ],
    'unused code (knip)': [tool('knip', 'bin', 'knip.js'), '--no-progress'],
    licences: [inRoot('build', 'licences.mjs')],
    'security of the Electron shell (electronegativity)': [
      inRoot('build', 'electronegativity', 'check.mjs'),
    ],
    ...Object.fromEntries(
      packs.map((pack) => [
        `content of ${pack}`,
        [inRoot('src', 'main', 'cli', 'kiosk.ts'), 'profile', 'check', pack],
      ]),
    ),
  };
}

const failures = [];

/** Runs one step and prints how it went. */
async function step(name, work) {
  const began = Date.now();
  const { ok, output } = await work();
  const seconds = ((Date.now() - began) / 1000).toFixed(1);
  console.log(`${ok ? '✓' : '✗'} ${name} (${seconds} s)`);
  if (!ok) {
    failures.push(name);
    console.log(output.trimEnd());
  }
  return ok;
}

const program = (args) => async () => {
  const { status, output } = await run(projectNode(), args, { cwd: ROOT });
  return { ok: status === 0, output };
};

/** Runs steps on as many lanes as the least machine has cores. */
async function inLanes(steps) {
  const waiting = [...steps];
  const lane = async () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) await step(...next);
  };
  await Promise.all(Array.from({ length: LANES }, lane));
}

const setUp = (work) => async () => {
  try {
    await work();
    return { ok: true, output: '' };
  } catch (error) {
    return { ok: false, output: error.message };
  }
};

/** Tests in front of a screen nobody sees, large enough for both orientations of a terminal. */
const onVirtualScreen = (args) => [
  findProgram('xvfb-run') ?? 'xvfb-run',
  ['-a', '-s', '-screen 0 1920x1920x24', projectNode(), ...args],
];

/** Runs one project of vitest.config.ts; the report goes to out/test. */
async function tests(project, { screen = false } = {}) {
  const args = [
    tool('vitest', 'vitest.mjs'),
    ...['run', '--project', project],
    ...['--reporter=dot', '--reporter=json', `--outputFile.json=${REPORTS}/${project}.json`],
  ];
  const [command, all] = screen ? onVirtualScreen(args) : [projectNode(), args];
  await step(`tests: ${project}`, async () => {
    const { status, output } = await run(command, all, { cwd: ROOT });
    return { ok: status === 0, output };
  });
}

/** Numbers of passed and failed tests over all reports. */
function summary() {
  const names = existsSync(REPORTS) ? readdirSync(REPORTS) : [];
  const reports = names.map((name) => JSON.parse(readFileSync(`${REPORTS}/${name}`, 'utf8')));
  const sum = (field) => reports.reduce((total, report) => total + report[field], 0);
  return {
    passed: sum('numPassedTests'),
    failed: sum('numFailedTests'),
    skipped: sum('numPendingTests') + sum('numTodoTests'),
    failedReports: reports.filter((report) => report.numFailedTests > 0).length,
  };
}

const treeState = async () => (await run('git', ['status', '--porcelain'], { cwd: ROOT })).output;

/** CI starts from a clean tree and must leave one; a developer's own changes are not ours to judge. */
async function treeIsAsBefore(before) {
  const after = await treeState();
  const ok = process.env.CI ? after === '' : after === before;
  return { ok, output: `The tests left changed files behind:\n${after}` };
}

async function buildAndTest() {
  const built = await step('build', setUp(ensureBuild));
  await step('Electron for tests', setUp(ensureElectronForTests));
  await tests('unit');
  await tests('renderer');
  if (built) {
    await tests('contract', { screen: true });
    await tests('e2e', { screen: true });
    await tests('electron', { screen: true });
    await tests('package');
  }
}

async function main(args) {
  await ensureNodeModules();
  if (process.versions.node.split('.')[0] !== '24')
    return handOver(projectNode(), process.argv.slice(1));
  await ensureSystemPackages([
    ...['git', 'chromium', 'xvfb', 'electron', 'cups', 'poppler', 'netns', 'espeak'],
    ...['postgres', 'nginx', 'strace', 'mmdebstrap', 'shellcheck', 'systemd', 'hand'],
  ]);
  const before = await treeState();
  rmSync(REPORTS, { recursive: true, force: true });
  mkdirSync(REPORTS, { recursive: true });
  await inLanes(Object.entries(checks()).map(([name, args]) => [name, program(args)]));
  if (!args.includes('--checks')) await buildAndTest();
  await step('tree is clean', () => treeIsAsBefore(before));
  const { passed, failed, skipped, failedReports } = summary();
  const failedChecks = failures.length - failedReports;
  if (failures.length > 0) say(`Failed: ${failures.join(', ')}`);
  if (skipped > 0) say(`Skipped: ${skipped}`);
  console.log(`${passed} passed, ${failed + failedChecks} failed`);
  return failures.length > 0 ? 1 : 0;
}

await runMain(() => main(process.argv.slice(2)));
