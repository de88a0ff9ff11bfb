import { describe, expect, test } from 'vitest';
import { answersOf, conformFile } from '../../kernel/vectors/conform.ts';
import { vectorFile } from './vectors.ts';

describe.each(['v4.19', 'v5.9'] as const)('direct.jsonl.gz, recorded from do_try_to_free_pages of Linux %s', (name) => {
  const file = vectorFile('direct', name);

  test('the model answers as the kernel did in all 300 cases', () => {
    const { functions, disagreements } = conformFile(file);
    expect(disagreements).toEqual([]);
    expect(functions).toEqual([{ fn: 'do_try_to_free_pages', cases: 300, agree: 300 }]);
  });

  test('the model’s own answers have a trace, a result and the nodes that are left', () => {
    const [first] = answersOf(file);
    expect(Object.keys(first!.got).toSorted()).toEqual(['final', 'result', 'trace']);
  });
});
