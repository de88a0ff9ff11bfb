import { gfpOf } from '../alloc/gfp.ts';
import { taskFlagsOf } from '../alloc/taskFlags.ts';
import { makeNode, makeSystem } from '../boot.ts';
import type { Kernel } from '../kernel.ts';
import type { AllocNode } from '../alloc/case.ts';
import type { SetupArgs } from '../setup/boot.ts';
import type { Memory, Pgdat } from '../state/memory.ts';
import { nrZones, type Node } from '../state/node.ts';
import { threadAt } from '../state/thread.ts';
import { NO_WAITS, prepareToWait } from '../state/waits.ts';
import type { WholeRequest, WholeScenario, WholeScenarioTask } from './scenario.ts';
import type { PageRequest, WholeMachine, WholeTask } from './state.ts';

/** A node and its kswapd: about to run, or already asleep if the scenario says so; a node without memory has none. */
function bootPgdat(k: Kernel, written: AllocNode): Pgdat {
  const node = makeNode(written);
  const thread = k.startThread(node);
  if (nrZones(node) === 0) return { node, thread: threadAt(thread, 'stopped'), waits: NO_WAITS };
  if (!written.kswapd.waiting) return { node, thread, waits: NO_WAITS };
  return { node, thread: threadAt(thread, 'sleep'), waits: prepareToWait(NO_WAITS) };
}

function bootMemory(k: Kernel, { system, nodes }: WholeScenario, hasCpus: readonly boolean[]): Memory {
  const { layout, distance, zoneReclaimMode, suspendedStorage, zonelistOrder } = system;
  const numa = { layout, distance, zoneReclaimMode, suspendedStorage, zonelistOrder };
  const pgdats = nodes.map((node) => bootPgdat(k, node));
  const zonelists = k.buildZonelists(k, { nodes: pgdats.map(({ node }) => node), hasCpus, numa });
  return { system: makeSystem(system), numa, pgdats, zonelists };
}

const makeRequest = (task: WholeScenarioTask, request: WholeRequest): PageRequest => ({
  gfp: gfpOf(request.gfp),
  order: request.order,
  preferredNode: request.node ?? task.node,
  nodemask: request.nodemask ?? null,
  lifetime: typeof request.lifetime === 'number' ? request.lifetime : Infinity,
  cache: request.lifetime === 'cache',
});

const makeTask = (task: WholeScenarioTask): WholeTask => ({
  flags: taskFlagsOf(task.flags ?? []),
  node: task.node,
  requests: task.requests.map((request) => makeRequest(task, request)),
  begun: 0,
  served: 0,
  refused: 0,
  allocation: null,
  reclaim: null,
  held: [],
  killed: false,
});

/** The settings that a kernel boots with, for the pages that there are. */
const bootSettings = (nodes: readonly Node[]): SetupArgs => ({
  totalramPages: nodes.reduce((sum, { zones }) => sum + zones.reduce((pages, { managed }) => pages + managed, 0), 0),
  onlineCpus: 1,
  minFreeKbytes: 1024,
  userMinFreeKbytes: -1,
  lowmemReserveRatio: [256, 256, 32],
});

/** The machine that a scenario starts with. */
export function bootWhole(k: Kernel, scenario: WholeScenario): WholeMachine {
  const hasCpus = scenario.hasCpus ?? scenario.nodes.map(() => true);
  const memory = bootMemory(k, scenario, hasCpus);
  return {
    memory,
    tasks: scenario.tasks.map(makeTask),
    hasCpus,
    settings: scenario.settings ?? bootSettings(memory.pgdats.map(({ node }) => node)),
  };
}
