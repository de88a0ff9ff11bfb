import { readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import { collectTests, getFn, type Suite, type Task, type VitestRunner } from '@vitest/runner';

/** A test of the suite, as it can be called any number of times. */
export interface CallableTest {
  /** File and full name. */
  readonly id: string;
  readonly name: string;
  readonly file: string;
  readonly call: () => unknown;
}

/** What is to notice a changed rule, quick ones first: most mutants fall by the first test that reaches them. */
const FOLDERS = ['test/model', 'test/mutation'] as const;
const ORDER = ['test/model/', 'vectors.kills', 'cases.kills', 'promises.kills'] as const;

/** Of test/model, those that judge tables of broken kernels say nothing of the model, and take long. */
const isTest = (path: string): boolean =>
  path.endsWith('.kills.ts') || (/^test\/model\/.*\.test\.ts$/.test(path) && !/eplaced|brokenDirect/.test(path));

const rankOf = (path: string): number => ORDER.findIndex((part) => path.includes(part));

/** The files of the tests, from the folder that this runs in. */
const testFiles = (): readonly string[] =>
  FOLDERS.flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => join(folder, name)),
  )
    .filter(isTest)
    .toSorted((a, b) => rankOf(a) - rankOf(b) || (a < b ? -1 : 1));

/** How vitest's collector is asked: it only wants to import. */
const collector = {
  config: {
    root: process.cwd(),
    name: '',
    setupFiles: [],
    sequence: { seed: 0, hooks: 'stack', setupFiles: 'list' },
    testTimeout: 0,
    hookTimeout: 0,
    retry: 0,
    maxConcurrency: 1,
    allowOnly: true,
    passWithNoTests: false,
    includeTaskLocation: false,
    tags: [],
    chaiConfig: undefined,
  },
  importFile: (path: string) => import(path) as Promise<unknown>,
  trace: (_name: string, attributes: unknown, call?: () => unknown) => (call ?? (attributes as () => unknown))(),
};

/** The tests of the files, collected once by vitest’s own collector. */
export async function collect(): Promise<readonly CallableTest[]> {
  const paths = testFiles().map((path) => join(process.cwd(), path));
  const files = await collectTests(paths, collector as unknown as VitestRunner);
  const failed = files.filter(({ result }) => result?.state === 'fail');
  if (failed.length > 0) throw new Error(`${failed[0]!.name}: ${failed[0]!.result!.errors?.[0]?.message}`);
  return files.flatMap((file) => callableOf(file, [relative(process.cwd(), file.filepath)]));
}

function callableOf(suite: Suite, names: readonly string[]): readonly CallableTest[] {
  return suite.tasks.flatMap((task: Task): readonly CallableTest[] => {
    const path = [...names, task.name];
    if (task.type === 'suite') return callableOf(task, path);
    const name = path.slice(1).join(' ');
    return [{ id: `${names[0]}#${name}`, name, file: names[0]!, call: getFn(task) as () => unknown }];
  });
}
