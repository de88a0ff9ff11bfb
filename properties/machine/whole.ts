import type { Held, Node, WholeStep, WholeTask } from '../../model/index.ts';
import { EVERY_KERNEL, HOLDS, machineProperty, type MachineProperty } from '../property.ts';

/** Pages of a node that are free, or on the lists that reclaim takes from. */
function pagesIn({ zones }: Node): number {
  let pages = 0;
  for (const { freeArea, lru } of zones) {
    pages += freeArea.pages + lru.inactiveAnon + lru.activeAnon + lru.inactiveFile + lru.activeFile;
  }
  return pages;
}

const pagesHeld = (held: readonly Held[]): number => held.reduce((pages, { order }) => pages + 2 ** order, 0);

/** Pages that a task was given and does not hold yet. */
const pagesInHand = ({ allocation }: WholeTask): number => (allocation?.page ? 2 ** allocation.request.order : 0);

/** How many pages a step loses: counted where it changed something, which most steps do not. */
function lostIn({ before, after }: WholeStep): number {
  let lost = 0;
  const nodes = before.memory.pgdats;
  for (let n = 0; after.memory.pgdats !== nodes && n < nodes.length; n++) {
    const { node } = nodes[n]!;
    const now = after.memory.pgdats[n]!.node;
    if (now.zones !== node.zones) lost += pagesIn(node) - pagesIn(now);
  }
  for (let t = 0; t < before.tasks.length; t++) {
    const task = before.tasks[t]!;
    const now = after.tasks[t]!;
    if (now === task) continue;
    lost += pagesInHand(task) - pagesInHand(now);
    if (now.held !== task.held) lost += pagesHeld(task.held) - pagesHeld(now.held);
  }
  return lost;
}

const addedBy = (step: WholeStep): number =>
  step.of === 'event' && 'online' in step.event ? step.event.online.pages : 0;

const pagesConserved = machineProperty({
  id: 'pages-are-conserved-over-all-nodes',
  family: 'machine',
  title: 'No page is lost, and none appears',
  statement:
    'Over the whole machine, the pages that are free, on reclaimable lists or held by tasks stay as many as they ' +
    'were, but for memory that is added.',
  sources: ['v4.0 mm/page_alloc.c __free_one_page'],
  verdicts: EVERY_KERNEL,
  mustSee: { 'page held': 0.3, 'memory added': 0.1, 'pages reclaimed': 0.3 },
  check: ({ steps }, see) => {
    for (const [i, step] of steps.entries()) {
      const added = addedBy(step);
      if (added > 0) see('memory added');
      if (step.of === 'task' && step.records.some(({ ev }) => ev === 'served')) see('page held');
      if (step.of !== 'task' && step.of !== 'event' && step.step.kind === 'work') see('pages reclaimed');
      const lost = lostIn(step) + added;
      if (lost !== 0) return { clause: `${lost} pages are lost`, step: i };
    }
    return undefined;
  },
});

const killsOnlyAfterReclaim = machineProperty({
  id: 'kills-only-after-reclaim',
  family: 'machine',
  title: 'Nobody is killed for memory that was not asked of reclaim first',
  statement: 'A task turns to the OOM killer only after it went through direct reclaim for the same request.',
  sources: ['v4.0 mm/page_alloc.c __alloc_pages_may_oom'],
  verdicts: EVERY_KERNEL,
  spans: 'a request',
  mustSee: { 'reclaimed directly': 0.1, 'turned to the killer': 0.005 },
  check: ({ steps }, see) => {
    const reclaimed = new Set<number>();
    for (const [i, step] of steps.entries()) {
      if (step.of === 'direct') {
        see('reclaimed directly');
        reclaimed.add(step.task);
      }
      if (step.of === 'task' && step.records.some(({ ev }) => ev === 'request')) reclaimed.delete(step.task);
      if (step.of !== 'allocation' || !step.records.some(({ ev }) => ev === 'oom')) continue;
      see('turned to the killer');
      if (!reclaimed.has(step.task)) return { clause: 'a task asks for a victim without having reclaimed', step: i };
    }
    return undefined;
  },
});

const progressRevives = machineProperty({
  id: 'direct-progress-revives-a-hopeless-node',
  family: 'machine',
  title: 'A page that a task reclaims makes its node worth kswapd’s while again',
  statement: 'After a direct reclaim that freed pages of a node, the node has no failed runs to its name.',
  keptFor: 'It says on machines what direct reclaim says of a task alone.',
  sources: ['v4.19 mm/vmscan.c shrink_node'],
  verdicts: { 'v4.19': HOLDS, 'v5.9': HOLDS },
  mustSee: { 'node had failed': 0.005, 'pages reclaimed': 0.05 },
  check: ({ steps }, see) => {
    for (const [i, step] of steps.entries()) {
      if (step.of !== 'direct' || step.step.kind !== 'work' || step.step.at !== 'shrink') continue;
      const { before, after } = step.step;
      if (after.task.sc.nrReclaimed === before.task.sc.nrReclaimed) continue;
      see('pages reclaimed');
      const { node } = after.task;
      if (before.memory.pgdats[node]!.node.kswapd.failures > 0) see('node had failed');
      const { failures } = after.memory.pgdats[node]!.node.kswapd;
      if (failures !== 0) return { clause: `node ${node} still has ${failures} failed runs`, step: i };
    }
    return undefined;
  },
});

/** What holds of a machine as a whole. */
export const wholeProperties: readonly MachineProperty[] = [pagesConserved, killsOnlyAfterReclaim, progressRevives];
