import type { Case } from '../case.ts';

/**
 * Everything whose speed is measured, in the order of the table. A group is loaded when its turn comes: what it draws
 * runs the model in all kernels, and a rule that was only ever asked by one is faster.
 */
export const GROUPS: readonly (() => Promise<readonly Case[]>)[] = [
  async () => (await import('./rules.ts')).rules,
  async () => (await import('./replay.ts')).replays,
  async () => (await import('./generation.ts')).generation,
  async () => (await import('./suite.ts')).suites,
  async () => (await import('./loops.ts')).loops,
  async () => (await import('./allocations.ts')).allocations,
  async () => (await import('./directReclaims.ts')).directReclaims,
  async () => (await import('./wholeMachines.ts')).wholeMachines,
  async () => (await import('./busyMachines.ts')).busyMachines,
];
