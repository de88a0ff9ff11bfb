import type { Kernel } from '../kernel.ts';
import { mergeBlocks } from '../state/freeArea.ts';
import { withZoneAt, zoneAt } from '../state/memory.ts';
import { withBufferHeads, withSwap, type System } from '../state/system.ts';
import { withFreeArea } from '../state/zone.ts';
import { onlinePages } from './hotplug.ts';
import { killed } from './oom.ts';
import type { WholeEvent } from './scenario.ts';
import { withMemory, withTask, type WholeMachine } from './state.ts';
import type { Recorder } from './step.ts';

const withSystem = (w: WholeMachine, system: System): WholeMachine => {
  const { numa, pgdats, zonelists } = w.memory;
  return withMemory(w, { system, numa, pgdats, zonelists });
};

/** What one event does to the machine. */
function applied(k: Kernel, w: WholeMachine, event: WholeEvent): WholeMachine {
  if ('online' in event) return onlinePages(k, w, event.online.node, event.online.zone, event.online.pages);
  if ('merge' in event) {
    const { node, zone: index, from, to, count } = event.merge;
    const zone = zoneAt(w.memory, [node, index]);
    const merged = withFreeArea(zone, mergeBlocks(zone.freeArea, from, to, count));
    return withMemory(w, withZoneAt(w.memory, [node, index], merged));
  }
  if ('swap' in event) return withSystem(w, withSwap(w.memory.system, event.swap));
  if ('bufferHeads' in event) return withSystem(w, withBufferHeads(w.memory.system, event.bufferHeads));
  if ('kill' in event) return withTask(w, event.kill.task, killed(w.tasks[event.kill.task]!));
  return event satisfies never;
}

/** What happens to the machine in one turn, in order. */
export function applyWholeEvents(
  k: Kernel,
  start: WholeMachine,
  events: readonly WholeEvent[],
  recorder: Recorder,
): WholeMachine {
  let w = start;
  for (const event of events) {
    const after = applied(k, w, event);
    recorder.observe?.({ of: 'event', event, turn: recorder.turn, before: w, after, records: [] });
    w = after;
  }
  return w;
}
