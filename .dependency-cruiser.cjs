// The layers, lowest first: an import goes down this list or stays in its own folder, never up.
const MAY_IMPORT = {
  model: [],
  properties: ['model'],
  history: ['model'],
  faults: ['model'],
  kernel: ['model'],
  generators: ['model', 'kernel'],
  shrinkers: ['model', 'generators'],
  search: ['model', 'properties', 'history', 'kernel', 'generators', 'shrinkers'],
  report: ['model', 'properties', 'history', 'kernel', 'generators', 'shrinkers', 'search'],
  book: ['model', 'properties', 'history', 'kernel', 'generators', 'shrinkers', 'search', 'report'],
  cli: ['model', 'properties', 'history', 'kernel', 'generators', 'shrinkers', 'search', 'report', 'book'],
};

const oneOf = (names) => `(${names.join('|')})`;
const ANY_FOLDER = `^${oneOf([...Object.keys(MAY_IMPORT), 'bin', 'scripts', 'bench', 'test'])}/`;

const layers = Object.entries(MAY_IMPORT).map(([folder, below]) => ({
  name: `${folder}-imports-only-what-is-below`,
  comment: `${folder}/ may import ${below.length > 0 ? below.map((name) => `${name}/`).join(', ') : 'nothing else'}.`,
  severity: 'error',
  from: { path: `^${folder}/` },
  to: { path: `${ANY_FOLDER}|^[^/]+\\.ts$`, pathNot: `^${oneOf([folder, ...below])}/` },
}));

module.exports = {
  forbidden: [
    ...layers,
    {
      name: 'model-imports-no-package',
      comment: 'model/ is pure and runs anywhere: no package, and nothing of Node.',
      severity: 'error',
      from: { path: '^model/' },
      to: { dependencyTypesNot: ['local'], couldNotResolve: false },
    },
    {
      name: 'library-entry-imports-no-command',
      comment: 'The library does not carry the command, the book, the benchmarks or the tests.',
      severity: 'error',
      from: { path: '^index\\.ts$' },
      to: {
        path: ANY_FOLDER,
        pathNot: `^${oneOf(['model', 'properties', 'generators', 'shrinkers', 'kernel', 'search', 'report'])}/`,
      },
    },
    {
      name: 'nobody-imports-command-bench-or-tests',
      comment: 'cli/, bench/ and test/ are ends, not parts.',
      severity: 'error',
      from: { path: '^([^/]+)', pathNot: '^test/' },
      to: { path: '^(cli|bench|test)/', pathNot: '^$1/' },
    },
    {
      name: 'no-cycles',
      comment:
        'Two files that import each other are one file, or need a third. A rule may name the type of the record it is in.',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'only-declared-packages-ship',
      comment: 'What is published imports dependencies, not devDependencies.',
      severity: 'error',
      from: { pathNot: '^(bin|scripts|bench|test)/|^[^/]+\\.config\\.ts$' },
      to: { dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'] },
    },
    {
      name: 'every-import-resolves',
      comment: 'A typo, or a package that is not installed.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
  ],
  options: {
    exclude: { path: '^(dist|docs|\\.kswapd-spec)/' },
    doNotFollow: { path: 'node_modules' },
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'types', 'node', 'default'],
      extensions: ['.ts', '.js', '.mjs'],
    },
  },
};
