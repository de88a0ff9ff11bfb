import { nextZone as walk, shrinkRecord } from '../shrinkZones.ts';
import type { Memory } from '../../state/memory.ts';
import type { DirectShrinkRecord } from '../program.ts';
import type { DirectTask } from '../task.ts';

const record = (memory: Memory, task: DirectTask): DirectShrinkRecord => ({
  ...shrinkRecord(memory, task),
  forceDeactivate: task.sc.forceDeactivate,
});

/**
 * The walk of v4.19; a tracer also sees whether pages are deactivated whatever the lists' proportions.
 * @kernel v5.9 mm/vmscan.c shrink_zones
 */
export const nextZone = walk(record);
