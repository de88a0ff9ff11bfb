import {
  ALLOC_HARDER,
  ALLOC_HIGH,
  ALLOC_OOM,
  deriveKernel,
  v4_0,
  v4_19,
  v5_9,
  zonePageState,
  type Kernel,
  type SetupMachine,
  type System,
  type Zone,
} from '../../model/index.ts';
import type { Bug } from '../bug.ts';

/** A mark as allocation flags lower it. */
function loweredMark(mark: number, allocFlags: number): number {
  const high = allocFlags & ALLOC_HIGH ? mark - Math.trunc(mark / 2) : mark;
  if (allocFlags & ALLOC_OOM) return high - Math.trunc(high / 2);
  return allocFlags & ALLOC_HARDER ? high - Math.trunc(high / 4) : high;
}

/** The check of a zone with a mark that halves with every order, on top of the comparison for single pages. */
function scaledWatermarkOk(
  k: Kernel,
  system: System,
  zone: Zone,
  order: number,
  mark: number,
  zoneIdx: number,
  allocFlags: number,
  freePages: number,
): boolean {
  let free = freePages - ((1 << order) - 1);
  if (!v4_19.__zoneWatermarkOk(k, system, zone, 0, mark, zoneIdx, allocFlags, free)) return false;
  let min = loweredMark(mark, allocFlags);
  if ((allocFlags & (ALLOC_HARDER | ALLOC_OOM)) === 0) free -= zone.reservedHighatomic;
  for (const [o, blocks] of zone.freeArea.nrFree.slice(0, order).entries()) {
    free -= blocks * (1 << o);
    min = Math.floor(min / 2);
    if (free <= min) return false;
  }
  return true;
}

/** The machine with low and high marks raised by boosts that it had before set-up. */
const withBoostedMarks = (m: SetupMachine, before: SetupMachine): SetupMachine => ({
  ...m,
  nodes: m.nodes.map((node, n) => ({
    ...node,
    zones: node.zones.map((zone, z) => {
      const { boost } = before.nodes[n]!.zones[z]!;
      const { min, low, high } = zone.watermark;
      return { ...zone, watermark: { min, low: low + boost, high: high + boost } };
    }),
  })),
});

/** Bugs in the watermark check, in the marks themselves, and in the counters that are held against them. */
export const watermarkBugs: readonly Bug[] = [
  {
    id: '88f5acf88ae6',
    title: 'counters drift as far while memory is low as while there is plenty',
    landed: '2.6.38',
    kind: 'accounting',
    status: 'bug',
    story:
      'Each CPU counts free pages by itself up to a threshold. On large machines all of them together can hide ' +
      'more than lies between the low and the min mark, and adding them up at every check stalled the machine. So ' +
      'while kswapd is awake the threshold is a small one, by which they cannot. Set-up computes both; when they ' +
      'are switched is left out of the model, where drift is given.',
    faulty: deriveKernel(v4_0, {
      name: 'v4.0, but the threshold is the same under pressure',
      calculatePressureThreshold: (k, zone, onlineCpus) => k.calculateNormalThreshold(k, zone, onlineCpus),
    }),
    fixed: v4_0,
    property: 'stat-thresholds-are-bounded',
  },
  {
    id: 'ebff398017c6',
    title: 'compaction is done where the allocator is not served',
    landed: '3.19',
    kind: 'accounting',
    status: 'bug',
    story:
      'Compaction asked whether the request would succeed without its reserves and flags. In a low zone it could ' +
      'call itself done, with the allocator still refused, and the same work was done again. It is told the zone ' +
      'index and the flags of the request.',
    faulty: deriveKernel(v4_0, {
      name: 'v4.0, but compaction knows nothing of reserves and flags',
      __compactionSuitable: (k, system, zone, order) => v4_0.__compactionSuitable(k, system, zone, order, 0, 0),
    }),
    fixed: v4_0,
    property: 'compaction-suitable-is-independent',
  },
  {
    id: '97a16fc82a7c',
    title: 'a block that is free is refused for want of others',
    landed: '4.4',
    kind: 'allocator',
    status: 'rule change',
    story:
      'For a high order the check left smaller blocks out, order by order, against a mark that halved each time. A ' +
      'zone with enough free and one block that fits could still be refused. The mark became one for single pages, ' +
      'and a high order asks for one block on a list that it may use.',
    faulty: deriveKernel(v4_19, {
      name: 'v4.19, but the mark is scaled down order by order',
      __zoneWatermarkOk: scaledWatermarkOk,
    }),
    fixed: v4_19,
    property: 'watermark-is-one-comparison-and-a-block',
  },
  {
    id: '9282012fc0aa',
    title: 'a zone with less than nothing grants a page',
    landed: '6.0',
    kind: 'accounting',
    status: 'bug',
    story:
      'The fast check subtracts what is reserved from what is free. Reserved blocks may be in use, so that the ' +
      'difference falls below 0, which as an unsigned number is more than any mark: the page is granted from below ' +
      'min, and kswapd sleeps on. No more is subtracted now than there is.',
    faulty: v5_9,
    fixed: deriveKernel(v5_9, {
      name: 'v5.9, but no more is kept from a request than is free',
      __zoneWatermarkUnusableFree: (k, system, zone, order, allocFlags) =>
        Math.min(zonePageState(zone), v5_9.__zoneWatermarkUnusableFree(k, system, zone, order, allocFlags)),
    }),
    property: 'the-fast-check-is-signed',
  },
  {
    id: 'aa0925910958',
    title: 'marks that are set anew keep a boost for good',
    landed: '5.8',
    kind: 'accounting',
    status: 'bug',
    story:
      'When marks were set anew, as when min_free_kbytes is written or memory added, low and high were computed ' +
      'from the min mark with its boost, and the boost was ended only then. They stayed too high until the next ' +
      'time. The boost ends first.',
    faulty: deriveKernel(v5_9, {
      name: 'v5.9, but boosts end only after marks are set',
      setupPerZoneWmarks: (k, m) => k.calculateTotalreservePages(k, withBoostedMarks(v5_9.setupPerZoneWmarks(k, m), m)),
    }),
    fixed: v5_9,
    property: 'marks-follow-the-scale-factor',
  },
];
