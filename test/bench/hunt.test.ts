import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { compare, SEARCH_NAMES } from '../../bench/hunt/compare.ts';
import { conclusion, markdown } from '../../bench/hunt/markdown.ts';
import { plainCase } from '../../bench/hunt/plain/index.ts';
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

test('the table has a row for every bug that is compared, and the searches agree with themselves', () => {
  const bug = bugs.find(({ id }) => id === 'bb3ab596832b');
  const compared = compare(bug!, 3, 40);
  const executions = SEARCH_NAMES.map((name) => compared.needed[name].executions);
  expect(SEARCH_NAMES.map((name) => compare(bug!, 3, 40).needed[name].executions)).toEqual(executions);
  expect(executions[0]!.every((needed) => needed <= 40)).toBe(true);
  const table = markdown([compared], 40).split('\n');
  expect(table).toHaveLength(3);
  expect(table[2]).toContain('| bb3ab596832b | v4.0 |');
  expect(conclusion([compared], 3, 40)).toContain('hunt: 1 of 1 bugs with every seed');
});
