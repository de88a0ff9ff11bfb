import { giveBlocks, takeBlocks } from '../state/freeArea.ts';
import { withMachine, machineOf, withZoneAt, zoneAt, type Memory } from '../state/memory.ts';
import { withWaits } from '../state/machine.ts';
import { withSwap } from '../state/system.ts';
import { prepareToWait } from '../state/waits.ts';
import { withFreeArea, withFreed } from '../state/zone.ts';
import { withTaskFlags } from './changes.ts';
import { allocSilent, type AllocOutcome } from './program.ts';
import { TASK_OOM_VICTIM } from './taskFlags.ts';
import type { AllocTask } from './task.ts';
import type { AllocEvent } from './turn.ts';

/** What one event of another task does to the memory, or to the task that allocates. */
export function applyAllocEvent(memory: Memory, task: AllocTask, event: AllocEvent): AllocOutcome {
  if ('take' in event) {
    const { node, zone, order, count } = event.take;
    const before = zoneAt(memory, [node, zone]);
    const { area } = takeBlocks(before.freeArea, order, count);
    return allocSilent(withZoneAt(memory, [node, zone], withFreeArea(before, area)), task);
  }
  if ('give' in event) {
    const { node, zone, order, count } = event.give;
    const before = zoneAt(memory, [node, zone]);
    const freed = withFreed(before, giveBlocks(before.freeArea, order, count), before.lru);
    return allocSilent(withZoneAt(memory, [node, zone], freed), task);
  }
  if ('swap' in event) {
    const { system, numa, pgdats, zonelists } = memory;
    return allocSilent({ system: withSwap(system, event.swap), numa, pgdats, zonelists }, task);
  }
  if ('oomVictim' in event) {
    const flags = event.oomVictim ? task.flags | TASK_OOM_VICTIM : task.flags & ~TASK_OOM_VICTIM;
    return allocSilent(memory, withTaskFlags(task, flags));
  }
  if ('kswapdWaits' in event) {
    const { node } = event.kswapdWaits;
    const machine = machineOf(memory, node);
    return allocSilent(withMachine(memory, node, withWaits(machine, prepareToWait(machine.waits))), task);
  }
  return event satisfies never;
}
