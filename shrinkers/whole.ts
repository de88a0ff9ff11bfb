import type {
  AllocNode,
  Mover,
  ScenarioNode,
  ScenarioZone,
  WholeEvent,
  WholeRequest,
  WholeScenario,
  WholeScenarioTask,
  WholeTurn,
} from '../model/index.ts';
import { leftOut, parts, replaced, steps, without, withoutFields, type Pass } from './case.ts';
import { emptied } from './direct.ts';
import { PLAIN } from './settings.ts';

const withScript = (given: WholeScenario, script: readonly WholeTurn[]): WholeScenario => ({ ...given, script });

/** The script cut off, or without some of its turns; a run that ends with its script, or one in which all just move. */
export function* dropWholeTurns(given: WholeScenario): Generator<WholeScenario> {
  const { script, afterwards } = given;
  for (const { from, count } of parts(script.length)) yield withScript(given, without(script, from, count));
  if (afterwards !== 'stop') yield { ...given, afterwards: 'stop' };
  else yield { ...given, script: [], afterwards: 'productive' };
}

/** A run that is cut off earlier. */
export function* lowerWholeLimit(given: WholeScenario): Generator<WholeScenario> {
  for (const by of steps(given.limit)) yield { ...given, limit: given.limit - by };
}

const isMoverOf = (who: Mover, kind: 'kswapd' | 'task', index: number): boolean =>
  kind === 'kswapd' ? 'kswapd' in who && who.kswapd === index : 'task' in who && who.task === index;

const after = (index: number, dropped: number): number => (index > dropped ? index - 1 : index);

/** The events of a turn that are left without a task or a node, in terms of the others. */
function eventsWithout(events: readonly WholeEvent[], kind: 'kswapd' | 'task', dropped: number): readonly WholeEvent[] {
  return events.flatMap((event): readonly WholeEvent[] => {
    if (kind === 'task') {
      if (!('kill' in event)) return [event];
      return event.kill.task === dropped ? [] : [{ kill: { task: after(event.kill.task, dropped) } }];
    }
    if ('online' in event) {
      const { node } = event.online;
      return node === dropped ? [] : [{ online: { ...event.online, node: after(node, dropped) } }];
    }
    if (!('merge' in event)) return [event];
    const { node } = event.merge;
    return node === dropped ? [] : [{ merge: { ...event.merge, node: after(node, dropped) } }];
  });
}

/** The script without what a task, or a node and its kswapd, did. */
const scriptWithout = (script: readonly WholeTurn[], kind: 'kswapd' | 'task', dropped: number): readonly WholeTurn[] =>
  script.flatMap((turn): readonly WholeTurn[] => {
    const { who, events, merge } = turn;
    if (isMoverOf(who, kind, dropped)) return [];
    const moved: Mover =
      'kswapd' in who
        ? { kswapd: kind === 'kswapd' ? after(who.kswapd, dropped) : who.kswapd }
        : { task: kind === 'task' ? after(who.task, dropped) : who.task };
    const merges = merge?.flatMap((one) =>
      kind === 'task' ? [one] : one.node === dropped ? [] : [{ ...one, node: after(one.node, dropped) }],
    );
    return [
      {
        ...turn,
        who: moved,
        ...(merges && { merge: merges }),
        ...(events && { events: eventsWithout(events, kind, dropped) }),
      },
    ];
  });

/** A machine without one of its tasks. */
export function* dropTask(given: WholeScenario): Generator<WholeScenario> {
  const { tasks, script } = given;
  for (let dropped = tasks.length - 1; dropped >= 0; dropped--) {
    yield { ...given, tasks: without(tasks, dropped), script: scriptWithout(script, 'task', dropped) };
  }
}

/** A task with other requests. */
const withRequests = (given: WholeScenario, index: number, requests: readonly WholeRequest[]): WholeScenario => ({
  ...given,
  tasks: replaced(given.tasks, index, { ...given.tasks[index]!, requests }),
});

/** Tasks with fewer requests. */
export function* dropRequests(given: WholeScenario): Generator<WholeScenario> {
  for (const [t, { requests }] of given.tasks.entries()) {
    for (const { from, count } of parts(requests.length)) yield withRequests(given, t, without(requests, from, count));
  }
}

function taskWithout(task: WholeScenarioTask, dropped: number): WholeScenarioTask {
  const moved = (node: number): number => (node === dropped ? 0 : after(node, dropped));
  return {
    ...task,
    node: moved(task.node),
    requests: task.requests.map((request): WholeRequest => {
      const { node, nodemask } = request;
      return {
        ...request,
        ...(node !== undefined && { node: moved(node) }),
        ...(nodemask && {
          nodemask: nodemask.filter((one) => one !== dropped).map((one) => after(one, dropped)),
        }),
      };
    }),
  };
}

/** The node at another position. */
const renumbered = (node: AllocNode, id: number): AllocNode => ({ ...node, id });

/** A machine without one of its nodes; its tasks move to the first one. */
export function* dropWholeNode(given: WholeScenario): Generator<WholeScenario> {
  const { system, hasCpus, nodes, tasks, script } = given;
  for (let dropped = nodes.length - 1; dropped >= 0 && nodes.length > 1; dropped--) {
    yield {
      ...given,
      system: { ...system, distance: without(system.distance, dropped).map((row) => without(row, dropped)) },
      ...(hasCpus && { hasCpus: without(hasCpus, dropped) }),
      nodes: without(nodes, dropped).map(renumbered),
      tasks: tasks.map((task) => taskWithout(task, dropped)),
      script: scriptWithout(script, 'kswapd', dropped),
    };
  }
}

/** A machine with nothing in one of its zones. */
export function* emptyWholeZone(given: WholeScenario): Generator<WholeScenario> {
  for (const [n, node] of given.nodes.entries()) {
    for (const [z, zone] of node.zones.entries()) {
      if (zone.present === 0) continue;
      const zones = replaced(node.zones, z, emptied(zone));
      yield { ...given, nodes: replaced(given.nodes, n, { ...node, zones }) };
    }
  }
}

const FIELDS = [
  'events',
  'merge',
  'reclaimed',
  'scanned',
  'remaining',
  'compactResult',
  'contended',
  'memcgLowSkipped',
  'skippedDeactivate',
  'signal',
  'timeout',
] as const satisfies readonly (keyof WholeTurn)[];

/** Turns with less in them: a field left out of many, or a single event or merge left out. */
export function* emptyWholeTurns(given: WholeScenario): Generator<WholeScenario> {
  const { script } = given;
  for (const emptier of withoutFields(script, FIELDS)) yield withScript(given, emptier);
  for (const [i, turn] of script.entries()) {
    for (const field of ['events', 'merge', 'reclaimed'] as const) {
      const list: readonly unknown[] = turn[field] ?? [];
      for (const e of list.keys()) {
        yield withScript(given, replaced(script, i, { ...turn, [field]: without(list, e) }));
      }
    }
  }
}

/** The same turns in another order: each one earlier. */
export function* moveWholeEarlier(given: WholeScenario): Generator<WholeScenario> {
  const { script } = given;
  for (let i = 1; i < script.length; i++) {
    yield withScript(given, replaced(replaced(script, i, script[i - 1]!), i - 1, script[i]!));
  }
}

/** Requests of which nothing special is said. */
export function* plainRequests(given: WholeScenario): Generator<WholeScenario> {
  for (const [t, task] of given.tasks.entries()) {
    for (const [r, request] of task.requests.entries()) {
      const other = (changed: WholeRequest): WholeScenario =>
        withRequests(given, t, replaced(task.requests, r, changed));
      for (const field of ['nodemask', 'node', 'lifetime'] as const) {
        if (request[field] !== undefined) yield other(leftOut(request, field));
      }
      for (const i of request.gfp.keys()) yield other({ ...request, gfp: without(request.gfp, i) });
    }
    for (const i of (task.flags ?? []).keys()) {
      yield { ...given, tasks: replaced(given.tasks, t, { ...task, flags: without(task.flags!, i) }) };
    }
    if (task.flags) yield { ...given, tasks: replaced(given.tasks, t, leftOut(task, 'flags')) };
  }
}

/** The system and the nodes with nothing special about them. */
export function* plainWholeSettings(given: WholeScenario): Generator<WholeScenario> {
  const { system, nodes } = given;
  for (const [key, value] of Object.entries(PLAIN)) yield { ...given, system: { ...system, [key]: value } };
  const distance = nodes.map((_, i) => nodes.map((__, j) => (i === j ? 10 : 20)));
  yield { ...given, system: { ...system, distance } };
  yield { ...given, system: { ...system, zoneReclaimMode: 0 } };
  if (given.hasCpus) yield leftOut(given, 'hasCpus');
  for (const [n, node] of nodes.entries()) {
    const other = (changed: AllocNode): WholeScenario => ({ ...given, nodes: replaced(nodes, n, changed) });
    if (!node.kswapd.waiting) yield other({ ...node, kswapd: { ...node.kswapd, waiting: true } });
    for (const [z, zone] of node.zones.entries()) {
      if (zone.flags.length > 0) yield other({ ...node, zones: replaced(node.zones, z, { ...zone, flags: [] }) });
    }
  }
}

/** The zone, with what only the allocator reads of it. */
const withAllocator = (zone: ScenarioZone, old: ScenarioZone): ScenarioZone => ({ ...old, ...zone });

/** A simplification of any one of a machine's nodes; what only the allocator reads of it stays. */
export const ofWholeNodes = (pass: Pass<ScenarioNode>): Pass<WholeScenario> =>
  function* (given) {
    for (const [n, old] of given.nodes.entries()) {
      for (const node of pass(old)) {
        const zones = node.zones.map((zone, z) => withAllocator(zone, old.zones[z]!));
        yield { ...given, nodes: replaced(given.nodes, n, { ...old, zones }) };
      }
    }
  };
