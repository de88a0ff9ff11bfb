import fc from 'fast-check';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { comparedOf } from '../../bench/hunt/compare.ts';
import { Journal } from '../../bench/hunt/journal.ts';
import { leftOf, runLanes } from '../../bench/hunt/lanes.ts';
import { conclusion, markdown } from '../../bench/hunt/markdown.ts';
import { plainCase } from '../../bench/hunt/plain/index.ts';
import { searchFor, type Outcome, type Task } from '../../bench/hunt/searches.ts';
import { bugs } from '../../history/index.ts';
import { hasRule, kernels } from '../../model/index.ts';
import { illegalities } from '../../generators/index.ts';
import { judgeOf, type CaseKind } from '../../properties/index.ts';
import { caseSchemas, earlierCaseSchemas } from '../../search/savedCaseSchema.ts';

const KINDS: readonly CaseKind[] = ['scenario', 'question', 'setup', 'direct', 'machine'];

describe.each(Object.values(kernels))('the plain harness for $name', (kernel) => {
  it.each(KINDS)('draws a %s that the kernel can run, in a state that a machine can be in', (kind) => {
    const schemas = hasRule(kernel, 'shrinkNode') ? caseSchemas : earlierCaseSchemas;
    for (const given of fc.sample(plainCase(kind, kernel), { seed: 1, numRuns: 60 })) {
      expect(schemas[kind].safeParse(given).error).toBeUndefined();
      if ('node' in given) expect(illegalities(given.node, kernel)).toEqual([]);
      expect(() => judgeOf(kernel, kind, given)).not.toThrow();
    }
  });
});

describe('the comparison', () => {
  const bug = bugs.find(({ id }) => id === 'bb3ab596832b')!;
  const asked = { bugs: [bug], from: 1, seeds: 3, most: 40 };
  const folder = mkdtempSync(join(tmpdir(), 'kswapd-spec-bench-'));
  afterAll(() => rmSync(folder, { recursive: true }));

  async function outcomesIn(name: string, threads: number, stopAt = Infinity): Promise<readonly Outcome[]> {
    const journal = new Journal(join(folder, name));
    let tasks = 0;
    const run = (task: Task): Promise<readonly Outcome[]> =>
      ++tasks > stopAt ? Promise.reject(new Error('stopped')) : Promise.resolve(searchFor(task));
    await runLanes(asked, journal, threads, run, () => undefined);
    return journal.outcomes;
  }

  const withoutTimes = (outcomes: readonly Outcome[]) =>
    outcomes
      .map(({ search, id, seed, executions }) => `${search} ${id} ${seed} ${executions}`)
      .toSorted((a, b) => (a < b ? -1 : 1));

  it('has a row for every bug, and says with how many seeds it was found', async () => {
    const compared = comparedOf([bug], await outcomesIn('row', 1));
    expect(compared[0]!.needed.hunt.executions).toHaveLength(3);
    expect(compared[0]!.needed.hunt.executions.every((needed) => needed <= 40)).toBe(true);
    const table = markdown(compared, 40).split('\n');
    expect(table).toHaveLength(3);
    expect(table[2]).toContain('| bb3ab596832b | v4.0 |');
    expect(conclusion(compared, 40)).toContain('hunt: 1 of 1 bugs with every seed');
  });

  it('comes to the same on one thread and on three, and when it was stopped and goes on', async () => {
    const whole = await outcomesIn('whole', 1);
    expect(whole).toHaveLength(9);
    expect(withoutTimes(await outcomesIn('three', 3))).toEqual(withoutTimes(whole));
    await expect(outcomesIn('stopped', 1, 4)).rejects.toThrow('stopped');
    const stopped = new Journal(join(folder, 'stopped'));
    expect(stopped.outcomes).toHaveLength(4);
    expect(leftOf(asked, stopped)).toBe(5);
    expect(withoutTimes(await outcomesIn('stopped', 1))).toEqual(withoutTimes(whole));
  });

  it('finds the same whether bugs share what is drawn or not', () => {
    const ids = bugs.filter(({ property }) => property === 'what-a-run-calls-balanced-is-slept-on').map(({ id }) => id);
    const together = searchFor({ search: 'check', ids: ids.slice(0, 3), seed: 2, most: 60 });
    const alone = ids.slice(0, 3).flatMap((id) => searchFor({ search: 'check', ids: [id], seed: 2, most: 60 }));
    expect(withoutTimes(together)).toEqual(withoutTimes(alone));
  });
});
