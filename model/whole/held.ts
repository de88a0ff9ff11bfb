import { giveBlocks } from '../state/freeArea.ts';
import { withZoneAt, zoneAt, type Memory } from '../state/memory.ts';
import { withFreed } from '../state/zone.ts';
import { withHeld, withTask, type Held, type WholeMachine, type WholeTask } from './state.ts';
import { note, type Recorder, type TaskRecord } from './step.ts';

/** A task without some of its blocks, and the memory that has them back. */
interface Freed {
  readonly task: WholeTask;
  readonly memory: Memory;
  readonly records: readonly TaskRecord[];
}

/**
 * Frees blocks: they join the free lists of their zones.
 * @kernel v4.0 mm/page_alloc.c __free_pages
 * @abstracts merging with free buddies, which is an event of its own.
 */
function freeBlocks(w: WholeMachine, index: number, freed: readonly Held[], kept: readonly Held[]): Freed {
  let { memory } = w;
  const records: TaskRecord[] = [];
  for (const { at, order } of freed) {
    const zone = zoneAt(memory, at);
    memory = withZoneAt(memory, at, withFreed(zone, giveBlocks(zone.freeArea, order, 1), zone.lru));
    records.push({ ev: 'freed', order, node: at[0], zone: at[1] });
  }
  return { task: withHeld(w.tasks[index]!, kept), memory, records };
}

/** All that a task holds is freed. */
export const freeAll = (w: WholeMachine, index: number): Freed => freeBlocks(w, index, w.tasks[index]!.held, []);

/** Every block whose time is up is freed, task by task. */
export function freeDue(start: WholeMachine, recorder: Recorder): WholeMachine {
  const { turn } = recorder;
  let w = start;
  for (let index = 0; index < w.tasks.length; index++) {
    const { held } = w.tasks[index]!;
    if (!held.some(({ until }) => until <= turn)) continue;
    const due = held.filter(({ until }) => until <= turn);
    const kept = held.filter(({ until }) => until > turn);
    const { task, memory, records } = freeBlocks(w, index, due, kept);
    const after = withTask(w, index, task, memory);
    note(recorder, { of: 'task', task: index, turn, before: w, after, records });
    w = after;
  }
  return w;
}
