import type { Case } from '../case.ts';
import { allocations } from './allocations.ts';
import { busyMachines } from './busyMachines.ts';
import { directReclaims } from './directReclaims.ts';
import { generation } from './generation.ts';
import { loops } from './loops.ts';
import { replays } from './replay.ts';
import { rules } from './rules.ts';
import { suites } from './suite.ts';
import { wholeMachines } from './wholeMachines.ts';

/** Everything whose speed is measured, in the order of the table. */
export const CASES: readonly Case[] = [
  ...rules,
  ...replays,
  ...generation,
  ...suites,
  ...loops,
  ...allocations,
  ...directReclaims,
  ...wholeMachines,
  ...busyMachines,
];
