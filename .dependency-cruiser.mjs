/**
 * The boundaries of docs/architecture.md, on imports. (Symbols, such as Node globals in src/shared, are checked by
 * .oxlintrc.json; both are proven by tests/ground/boundaries.test.ts.)
 */

import swcVisitor from '@swc/core/Visitor.js';

// swc's own walker does not know `using` yet and stops at it.
const Visitor = swcVisitor.Visitor ?? swcVisitor;
const visitStatement = Visitor.prototype.visitStatement;
Visitor.prototype.visitStatement = function visitAnyStatement(statement) {
  if (statement.type !== 'UsingDeclaration') return visitStatement.call(this, statement);
  this.visitVariableDeclarators(statement.decls);
  return statement;
};

/** Packages that each layer may import. A package that is not named here is refused: decide where it belongs first. */
const PACKAGES = {
  shared: ['zod', '@orpc/contract'],
  renderer: [
    '@dagrejs/dagre',
    '@fontsource(-variable)?/[^/]+',
    '@orpc/client',
    '@orpc/contract',
    '@phosphor-icons/react',
    '@tanstack/react-query',
    'i18next',
    'pdfjs-dist',
    'qrcode',
    'react',
    'react-aria-components',
    'react-dom',
    'react-i18next',
    'react-markdown',
    'rehype-sanitize',
    'vite',
    'zod',
  ],
  main: [
    '@hpke/core',
    '@fontsource(-variable)?/[^/]+',
    '@orpc/client',
    '@orpc/contract',
    '@orpc/server',
    '@peculiar/x509',
    'better-sqlite3',
    'fontkit',
    'pdfmake',
    'pino',
    'pino-roll',
    'qrcode',
    'receiptline',
    'serialport',
    'tuf-js',
    'write-excel-file',
    'reflect-metadata',
    'ws',
    'yaml',
    'zod',
  ],
  district: [
    '@electric-sql/pglite',
    '@fastify/rate-limit',
    '@fastify/static',
    '@hpke/core',
    '@orpc/openapi',
    '@orpc/server',
    '@orpc/zod',
    '@tufjs/models',
    'better-sqlite3',
    'fastify',
    'pg',
    'prom-client',
    'read-excel-file',
    'write-excel-file',
    'yaml',
    'zod',
  ],
  electron: ['@orpc/client', '@orpc/contract', '@orpc/server', 'electron', 'pino', 'zod'],
};

/** What dependency-cruiser calls a package, whether or not package.json lists it. */
const NPM = ['npm', 'npm-dev', 'npm-optional', 'npm-peer', 'npm-no-pkg', 'npm-unknown', 'unknown'];

/** A rule that a layer imports only the listed places of this repository. */
const layer = (name, from, allowed, comment) => ({
  name,
  comment,
  severity: 'error',
  from: { path: from },
  to: { path: '^(src|build|tests)/', pathNot: allowed },
});

/** A rule that a layer imports only the packages named for it. */
const packages = (name, from, names) => ({
  name,
  comment: 'This package is not on the list of this layer in .dependency-cruiser.mjs.',
  severity: 'error',
  from,
  to: {
    dependencyTypes: NPM,
    pathNot: [`(^|/)node_modules/(@types/)?(${names.join('|')})/`, '^(src|build|tests)/'],
  },
});

export default {
  forbidden: [
    {
      name: 'no-circular',
      comment: 'Two files that need each other are one idea, or hide a third.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'not-to-unresolvable',
      comment: 'The imported file or package does not exist.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true, pathNot: '\\?(url|raw|inline)$' },
    },
    layer('shared-knows-nobody', '^src/shared/', ['^src/shared/'], 'src/shared knows nobody.'),
    layer(
      'renderer-knows-shared',
      '^src/renderer/',
      ['^src/renderer/', '^src/shared/'],
      'Pages know only src/shared and each other; they talk to the host through the contract.',
    ),
    layer(
      'station-knows-shared',
      '^src/main/station/',
      ['^src/main/station/', '^src/shared/'],
      'The station host knows no shell, no command line and no page.',
    ),
    layer(
      'browser-shell-starts-the-host',
      '^src/main/browser-shell/',
      [
        '^src/main/browser-shell/',
        '^src/main/[^/]+$',
        '^src/main/(station|shell)/',
        '^src/shared/',
      ],
      'The browser shell knows the host and src/shared, not the other shell, the command line or the pages.',
    ),
    layer(
      'electron-starts-the-host',
      '^src/main/electron/',
      ['^src/main/electron/', '^src/main/[^/]+$', '^src/main/(station|shell)/', '^src/shared/'],
      'The Electron shell knows the host and src/shared, not the other shell, the command line or the pages.',
    ),
    layer(
      'cli-knows-the-host',
      '^src/main/cli/',
      ['^src/main/cli/', '^src/main/[^/]+$', '^src/main/(station|shell)/', '^src/shared/'],
      'Commands know the host and src/shared, not the shells or the pages.',
    ),
    layer(
      'district-knows-shared',
      '^src/district/',
      ['^src/district/', '^src/shared/'],
      'The district server knows only src/shared: no terminal, no page of a terminal.',
    ),
    {
      name: 'main-not-renderer',
      comment: 'Nothing outside src/renderer imports a page.',
      severity: 'error',
      from: { path: '^src/main/' },
      to: { path: '^src/renderer/' },
    },
    {
      name: 'only-electron-imports-electron',
      comment: 'Only src/main/electron imports electron.',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/main/electron/' },
      to: { path: '(^|/)node_modules/electron/|^electron(/|$)' },
    },
    {
      name: 'no-node-in-shared-or-pages',
      comment: 'src/shared and the pages run without Node.',
      severity: 'error',
      from: { path: '^src/(shared|renderer)/' },
      to: { dependencyTypes: ['core'] },
    },
    packages('packages-of-shared', { path: '^src/shared/' }, PACKAGES.shared),
    packages('packages-of-renderer', { path: '^src/renderer/' }, PACKAGES.renderer),
    packages(
      'packages-of-main',
      { path: '^src/main/', pathNot: '^src/main/electron/' },
      PACKAGES.main,
    ),
    packages('packages-of-district', { path: '^src/district/' }, PACKAGES.district),
    packages('packages-of-electron', { path: '^src/main/electron/' }, PACKAGES.electron),
  ],
  options: {
    // TypeScript 7 has no programming interface yet; swc sees type-only imports, too. It does not see types written as
    // import('…'): typescript/consistent-type-imports in .oxlintrc.json refuses those.
    parser: 'swc',
    doNotFollow: { path: 'node_modules' },
    detectProcessBuiltinModuleCalls: true,
    enhancedResolveOptions: {
      extensions: ['.ts', '.tsx', '.mjs', '.js', '.cjs', '.json', '.css', '.d.ts'],
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'require', 'types'],
    },
  },
};
