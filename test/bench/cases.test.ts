import { describe, expect, test } from 'vitest';
import { busyMachine } from '../../bench/busyMachine.ts';
import { GROUPS } from '../../bench/cases/index.ts';
import { kernels, runWhole } from '../../model/index.ts';

const CASES = (await Promise.all(GROUPS.map((load) => load()))).flat();

test.each(CASES)('$name: does something, and the same every time', ({ operations, run }) => {
  expect(operations).toBeGreaterThan(0);
  const did = run();
  expect(did).toBeGreaterThan(0);
  expect(run()).toBe(did);
});

test('every case has a name of its own, and is compared with one that comes before it', () => {
  const names = CASES.map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
  for (const [i, { against }] of CASES.entries()) {
    if (against !== undefined) expect(names.slice(0, i)).toContain(against);
  }
});

describe.each(Object.values(kernels))('the busy machine of $name', (kernel) => {
  const { end, machine } = runWhole(kernel, busyMachine(kernel));

  test('has four nodes and answers a thousand requests, nearly all with pages', () => {
    const served = machine.tasks.reduce((sum, task) => sum + task.served, 0);
    const refused = machine.tasks.reduce((sum, task) => sum + task.refused, 0);
    expect(end).toBe('quiet');
    expect(machine.memory.pgdats).toHaveLength(4);
    expect(served + refused).toBe(1000);
    expect(served).toBeGreaterThan(900);
  });
});
