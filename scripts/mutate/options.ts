import type { PartialStrykerOptions } from '@stryker-mutator/api/core';

/** Where results are kept from run to run; below it, Stryker works on a copy of the project. */
export const FOLDER = '.mutation';

/** The merged results of all runs. */
export const RESULTS = `${FOLDER}/results.json`;

/** How Stryker runs; each run mutates one part. */
export const options: PartialStrykerOptions = {
  // Vitest's own test functions, called in one process: a vitest run for each mutant takes fifty times as long.
  testRunner: 'functions',
  plugins: ['./scripts/mutate/runner.ts', './scripts/mutate/reporter.ts'],
  coverageAnalysis: 'perTest',
  // Tables, records of rules and the words of steps are made while the model is loaded: to change these, everything
  // would have to be loaded anew for each. They are counted, and not tried; all else is.
  ignoreStatic: true,
  concurrency: 1,
  incremental: true,
  incrementalFile: RESULTS,
  tempDirName: `${FOLDER}/sandbox`,
  dryRunTimeoutMinutes: 30,
  timeoutMS: 8000,
  reporters: ['progress-append-only', 'survivors'],
  ignorePatterns: ['/docs', '/bench', '/bin', '/dist', '/.kswapd-spec'],
};

/** The parts, in the order in which they are mutated: a run that is stopped keeps the results of those that ended. */
export const PARTS: Readonly<Record<string, readonly string[]>> = {
  'model/rules': ['model/rules/**/*.ts'],
  'model/loop': ['model/loop/**/*.ts'],
  'model/state': ['model/state/**/*.ts', 'model/*.ts'],
  'model/setup': ['model/setup/**/*.ts', 'model/kernels/**/*.ts', 'model/life/**/*.ts'],
  'model/direct': ['model/direct/**/*.ts'],
  'model/alloc': ['model/alloc/*.ts'],
  'model/alloc/later': ['model/alloc/v*/**/*.ts'],
  'model/whole': ['model/whole/**/*.ts'],
};
