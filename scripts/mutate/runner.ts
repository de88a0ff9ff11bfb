import { declareFactoryPlugin, PluginKind } from '@stryker-mutator/api/plugin';
import {
  DryRunStatus,
  MutantRunStatus,
  TestStatus,
  type DryRunResult,
  type MutantRunOptions,
  type MutantRunResult,
  type TestResult,
  type TestRunner,
} from '@stryker-mutator/api/test-runner';
import type { InstrumenterContext } from '@stryker-mutator/api/core';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { collect, type CallableTest } from './tests.ts';

/** A test that comes to the changed place so many times as often as to any unchanged, and more, goes on for ever. */
const MOST_TIMES = 10;
const MOST_HITS = 1000;

/** Where the hits of the unchanged model are kept for processes that are started after one that hung. */
const HITS_FILE = 'hits.json';

/** What the instrumented files read and write. */
const mutation = ((globalThis as { __stryker__?: InstrumenterContext }).__stryker__ ??= {});

/** Calls the tests of the suite, in one process that keeps the model and the recorded cases for all mutants. */
class FunctionRunner implements TestRunner {
  #files: CallableTest[][] = [];
  #mostHits: Record<string, number> = {};

  /** Mutants that are met while the model is loaded are left out, so nothing is ever loaded again. */
  capabilities() {
    return { reloadEnvironment: true };
  }

  async init(): Promise<void> {
    const tests = await collect();
    const files = new Map<string, CallableTest[]>();
    for (const test of tests) files.set(test.file, [...(files.get(test.file) ?? []), test]);
    this.#files = [...files.values()];
    if (existsSync(HITS_FILE)) this.#mostHits = JSON.parse(readFileSync(HITS_FILE, 'utf8')) as Record<string, number>;
  }

  async dryRun(): Promise<DryRunResult> {
    const tests: TestResult[] = [];
    for (const { id, name, file, call } of this.#files.flat()) {
      mutation.currentTestId = id;
      const start = performance.now();
      const failure = await failureOf(call);
      const result = { id, name, fileName: file, timeSpentMs: performance.now() - start };
      tests.push(
        failure === undefined
          ? { ...result, status: TestStatus.Success }
          : { ...result, status: TestStatus.Failed, failureMessage: failure },
      );
    }
    delete mutation.currentTestId;
    const mutantCoverage = mutation.mutantCoverage ?? { static: {}, perTest: {} };
    this.#mostHits = Object.fromEntries(
      Object.entries(mutantCoverage.perTest).map(([id, hits]) => [id, Math.max(0, ...Object.values(hits))]),
    );
    writeFileSync(HITS_FILE, JSON.stringify(this.#mostHits));
    return { status: DryRunStatus.Complete, tests, mutantCoverage };
  }

  async mutantRun({ activeMutant, testFilter }: MutantRunOptions): Promise<MutantRunResult> {
    mutation.activeMutant = activeMutant.id;
    try {
      return await this.#firstToFail(testFilter === undefined ? undefined : new Set(testFilter));
    } finally {
      delete mutation.activeMutant;
    }
  }

  async #firstToFail(filter: ReadonlySet<string> | undefined): Promise<MutantRunResult> {
    let nrOfTests = 0;
    for (const tests of this.#files) {
      for (const [i, { id, call }] of tests.entries()) {
        if (filter?.has(id) === false) continue;
        nrOfTests++;
        mutation.hitCount = 0;
        mutation.hitLimit = (this.#mostHits[id] ?? 0) * MOST_TIMES + MOST_HITS;
        const failureMessage = await failureOf(call);
        if (failureMessage === undefined) continue;
        // The next mutant stands near this one, and is likely to fall by the same test.
        tests.unshift(...tests.splice(i, 1));
        if (mutation.hitCount > mutation.hitLimit) return { status: MutantRunStatus.Timeout, reason: failureMessage };
        return { status: MutantRunStatus.Killed, killedBy: [id], failureMessage, nrOfTests };
      }
    }
    return { status: MutantRunStatus.Survived, nrOfTests };
  }
}

async function failureOf(call: () => unknown): Promise<string | undefined> {
  try {
    await call();
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

export const strykerPlugins = [declareFactoryPlugin(PluginKind.TestRunner, 'functions', () => new FunctionRunner())];
