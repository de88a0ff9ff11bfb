import { describe, expect, test } from 'vitest';
import {
  bootMemory,
  describeNodes,
  gfpOf,
  kernels,
  startSingleAttempt,
  taskFlagsOf,
  v4_0,
  type AllocMemory,
} from '../../../model/index.ts';
import { watchAllocations } from '../../kernel/allocVectors.ts';
import { scenarioNode } from '../sketch.ts';
import { allocate, KERNEL, machineOf } from './sketch.ts';

function deepFreeze(value: unknown): void {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return;
  Object.freeze(value);
  for (const inside of Object.values(value)) deepFreeze(inside);
}

test.each(Object.values(kernels))('a step of an allocation in $name changes nothing that came before it', (k) => {
  expect(() => watchAllocations(k, ({ after }) => deepFreeze(after))).not.toThrow();
});

test.each(Object.values(kernels))('an allocation in $name stays where it waits while a turn does its work', (k) => {
  const left: string[] = [];
  watchAllocations(k, ({ kind, before, after }) => {
    if ((kind === 'work' || kind === 'event') && after.task.at !== before.task.at) left.push(before.task.at);
  });
  expect(left).toEqual([]);
});

describe('the nodes that an allocation leaves', () => {
  const machine = machineOf({ nodes: [{ Normal: { free: 10 } }] });
  const given = { ...scenarioNode([{ free: 10 }]), id: 0 };
  const plain: AllocMemory = {
    ...machine,
    nodes: [{ ...given, kswapd: { ...given.kswapd, waiting: true } }],
    zonelists: [{ fallback: [[0, 0]], thisNode: [[0, 0]] }],
  };

  test('are written with the fields with which they were given', () => {
    for (const { nodes, ...rest } of [machine, plain]) {
      const written = describeNodes(bootMemory(v4_0, { ...rest, nodes }), nodes);
      const fieldsOf = (all: AllocMemory['nodes']) => all.map(({ zones }) => zones.map((zone) => Object.keys(zone)));
      expect(fieldsOf(written).flat(2).toSorted()).toEqual(fieldsOf(nodes).flat(2).toSorted());
    }
  });
});

test('a single attempt spreads dirty pages only if it is told to', () => {
  const memory = bootMemory(v4_0, machineOf({ nodes: [{ Normal: { free: 10 } }] }));
  const request = { gfp: gfpOf(KERNEL), order: 0, preferredNode: 0, localNode: 0, nodemask: null };
  const spreads = (...told: readonly boolean[]) =>
    startSingleAttempt(v4_0, memory, request, taskFlagsOf([]), 0, ...(told as [boolean])).context.spreadDirty;
  expect([spreads(), spreads(false), spreads(true)]).toEqual([false, false, true]);
});

// Nothing is free above the mark of a task that may not use reserves, and all of it to a victim of the OOM killer.
test('a task may be a victim of the OOM killer for a while', () => {
  const low = machineOf({ nodes: [{ Normal: { min: 50, low: 60, high: 70, free: 40, lru: { inactiveFile: 1000 } } }] });
  const victim = (was: readonly boolean[]) => {
    const events = was.map((oomVictim) => ({ oomVictim }));
    return allocate(low, { gfp: KERNEL, script: [{ events }], limit: 3 }).task.flags;
  };
  expect(victim([true, false])).toBe(victim([]));
  expect(victim([true])).not.toBe(victim([]));
});
