import { ALLOC_FAIR, zonerefAtHand, type Memory, type WholeRun, type Zone } from '../../model/index.ts';
import { HOLDS, machineProperty, type Failure, type Property } from '../property.ts';
import { Shares } from '../independent/machineShares.ts';
import { attemptsOf } from './attempts.ts';
import { allocating, happenings, type Allocating } from './steps.ts';

const WALK = 'v4.0 mm/page_alloc.c get_page_from_freelist';
const RESET = 'v4.0 mm/page_alloc.c reset_alloc_batches';

const V4_0 = { 'v4.0': HOLDS };

const isFair = ({ step }: Pick<Allocating, 'step'>): boolean =>
  (step.before.task.attempt.allocFlags & ALLOC_FAIR) !== 0;

/** Goes through a run with the shares as they are before each step of the page allocator. */
function along(
  run: WholeRun,
  judge: (one: Allocating, shares: Shares, i: number) => Failure | undefined,
): Failure | undefined {
  const shares = new Shares(run.start.memory);
  const added = happenings(run).filter(([, { event }]) => 'online' in event);
  let next = 0;
  for (const [i, step] of allocating(run)) {
    for (; next < added.length && added[next]![0] < i; next++) shares.setUp(added[next]![1].after.memory);
    const failure = judge(step, shares, i);
    if (failure !== undefined) return failure;
    shares.follow(step);
  }
  return undefined;
}

const passedOver = machineProperty({
  id: 'a-used-up-share-is-passed-over',
  family: 'machine',
  title: 'The local pass passes over zones whose share is used up',
  statement:
    'As long as an attempt is fair it passes over a zone of the local node exactly if the zone has given its whole ' +
    'share of fresh pages since shares were last dealt out.',
  sources: [WALK, 'v4.0 mm/page_alloc.c buffered_rmqueue'],
  verdicts: V4_0,
  mustSee: { 'passed over': 0.3, 'has a share left': 0.4, 'used up by a request of this run': 0.05 },
  check: (run, see) => {
    const usedUpBefore = new Shares(run.start.memory);
    return along(run, (one, shares, i) => {
      const { step, before } = one;
      if (step.at !== 'checkFair' || !isFair(one)) return undefined;
      const at = zonerefAtHand(before.memory, step.before.task);
      if (at[0] !== step.before.task.context.preferred![0]) return undefined;
      const passes = step.records.some(({ ev }) => ev === 'fair_skip');
      const { usedUp, left } = shares.of(at);
      see(usedUp ? 'passed over' : 'has a share left');
      if (usedUp && !usedUpBefore.of(at).usedUp) see('used up by a request of this run');
      if (passes === usedUp) return undefined;
      return {
        clause: `zone ${at[1]} of node ${at[0]} has ${left} pages of its share, passed over: ${passes}`,
        step: i,
      };
    });
  },
});

const shareOf = ({ watermark }: Zone): number => watermark.high - watermark.low;

/** Whether some zone of a node has more pages left of its share than before. */
const someGrow = (before: readonly Zone[], after: readonly Zone[]): boolean =>
  before !== after && before.some(({ alloc }, z) => alloc !== after[z]!.alloc && after[z]!.alloc.batch > alloc.batch);

/** The node of which a share grows; -1 if none does. Most steps change no zone. */
const growing = (before: Memory, after: Memory): number =>
  before.pgdats === after.pgdats
    ? -1
    : before.pgdats.findIndex(({ node }, n) => someGrow(node.zones, after.pgdats[n]!.node.zones));

const dealtAnew = machineProperty({
  id: 'shares-are-dealt-anew-when-the-local-pass-fails',
  family: 'machine',
  title: 'Shares are dealt out anew when the local pass fails for want of them',
  statement:
    'When a local pass found no page and passed some zone over for its share, every zone of that node up to the ' +
    'preferred one gets a fresh share, the distance of its high mark from its low one, and another pass follows over ' +
    'all nodes, which is fair no more. At no other time does a share grow, but for memory that is added.',
  sources: [WALK, RESET],
  verdicts: V4_0,
  mustSee: { 'dealt out anew': 0.2, 'no share was used up': 0.1 },
  check: (run, see) => {
    let skipped = new Map<number, number>();
    return along(run, (one, _shares, i) => {
      const { step, task } = one;
      const { before, after } = step;
      if (step.at === 'zonelistScan') skipped.set(task, 0);
      if (step.at === 'checkFair' && step.records.length > 0) skipped = skipped.set(task, skipped.get(task)! + 1);
      if (step.at !== 'endOfScan') {
        const grown = growing(before.memory, after.memory);
        return grown < 0 ? undefined : { clause: `a share of node ${grown} grows at ${step.at}`, step: i };
      }
      const preferred = before.task.context.preferred!;
      const due = isFair(one) && skipped.get(task)! > 0;
      if (isFair(one)) see(due ? 'dealt out anew' : 'no share was used up');
      if (!due && before.memory.pgdats === after.memory.pgdats) return undefined;
      for (const [n, { node }] of before.memory.pgdats.entries()) {
        const { zones } = after.memory.pgdats[n]!.node;
        const wrong = node.zones.findIndex((zone, z) => {
          const dealt = due && n === preferred[0] && z <= preferred[1];
          return zones[z]!.alloc.batch !== (dealt ? shareOf(zone) : zone.alloc.batch);
        });
        if (wrong < 0) continue;
        return { clause: `zone ${wrong} of node ${n} has ${zones[wrong]!.alloc.batch} pages to give now`, step: i };
      }
      if (!due) return undefined;
      const again = after.task.at === 'zonelistScan' && (after.task.attempt.allocFlags & ALLOC_FAIR) === 0;
      return again
        ? undefined
        : { clause: `after shares were dealt out the walk goes on at ${after.task.at}`, step: i };
    });
  },
});

const spreadByShare = machineProperty({
  id: 'local-passes-spread-pages-by-share',
  family: 'machine',
  title: 'Local passes spread pages over the node in proportion',
  statement:
    'Between two deals no zone gives more pages in local passes than its share, of a page at least, and the rest of ' +
    'the last block; so that zones with enough memory give in proportion to the distance of their marks.',
  keptFor: 'It says what shares are for; the others say how they are counted.',
  sources: [WALK, RESET],
  verdicts: V4_0,
  mustSee: { 'gives in a local pass': 0.12, 'two zones of a node give': 0.02, 'gives more by a block': 0.01 },
  check: (run, see) =>
    along(run, (one, shares, i) => {
      const { step } = one;
      const { page, request } = step.after.task;
      // Between the look at a share and the take others may take from it, if the zone is reclaimed from meanwhile.
      if (run.scenario.system.zoneReclaimMode > 0) return undefined;
      if (step.at !== 'rmqueue' || page === null || !isFair(one)) return undefined;
      see('gives in a local pass');
      const { given, dealt } = shares.of([page.node, page.zone]);
      const now = given + 2 ** request.order;
      if (now > dealt) see('gives more by a block');
      if (shares.giving(page.node, page.zone)) see('two zones of a node give');
      // A zone with nothing to share is only known to have none once it gave a block.
      if (now < Math.max(1, dealt) + 2 ** request.order) return undefined;
      return { clause: `zone ${page.zone} of node ${page.node} gives ${now} pages of a share of ${dealt}`, step: i };
    }),
});

const staysLocal = machineProperty({
  id: 'the-local-pass-stays-local',
  family: 'machine',
  title: 'The first attempt begins with a pass over the local node, and only then turns to others',
  statement:
    'While an attempt is fair it takes pages of the preferred node only. On a machine of several nodes, or if shares ' +
    'were dealt out, a pass without fairness follows before the attempt fails, and kswapd is asked.',
  sources: [WALK, 'v4.0 mm/page_alloc.c __alloc_pages_nodemask'],
  verdicts: V4_0,
  mustSee: { 'a local page': 0.25, 'another page, in the second pass': 0.1, 'failed after two passes': 0.2 },
  check: (run, see) => {
    for (const { task, visits, ended, page, memory, i } of attemptsOf(run)) {
      if (!ended || task.attempt.failed !== 'allocPagesSlowpath') continue;
      const last = visits.at(-1)!;
      if (page === null) {
        if (memory.pgdats.length === 1) continue;
        see('failed after two passes');
        if (last.pass < 2) return { clause: 'the first attempt fails after its local pass', step: last.i };
        continue;
      }
      if (last.shifted) continue;
      const local = page.node === last.task.context.preferred![0];
      if (local) see('a local page');
      else see('another page, in the second pass');
      if (last.fair && !local) return { clause: `node ${page.node} gives a page in the local pass`, step: last.i };
      if (visits[0]!.fair) continue;
      return { clause: 'the first attempt does not begin with a local pass', step: i };
    }
    return undefined;
  },
});

/** How fresh pages are spread over the local node’s zones, up to v4.7. */
export const shareProperties: readonly Property[] = [passedOver, dealtAnew, spreadByShare, staysLocal];
