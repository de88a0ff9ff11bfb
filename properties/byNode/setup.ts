import type { SetupMachine, SetupZone } from '../../model/index.ts';
import { HOLDS, setupProperty, type Property } from '../property.ts';
import { judgeMinFree, zonesOf } from '../formulas.ts';
import { isHighMemory } from '../setup.ts';
import { BOOSTING, LATER } from './verdicts.ts';

/** The whole part of a product’s part, without rounding in between. */
const partOf = (a: number, b: number, of: number): number => Number((BigInt(a) * BigInt(b)) / BigInt(of));

const marksFollowScale = setupProperty({
  id: 'marks-follow-the-scale-factor',
  family: 'setup',
  title: 'Low and high lie a step and two steps above min',
  statement:
    'Min is as in v4.0. The step is a quarter of the zone’s share of min_free_kbytes, or so many 10,000ths of its ' +
    'managed pages as watermark_scale_factor says, whichever is more. No boost is left.',
  sources: ['v4.19 mm/page_alloc.c __setup_per_zone_wmarks', 'v5.9 mm/page_alloc.c __setup_per_zone_wmarks'],
  verdicts: LATER,
  mustSee: { 'high memory': 0.02, 'the share': 0.05, 'the scale factor': 0.2, 'a boost ends': 0.05 },
  check: ({ kernel: k, before, after }, see) => {
    const zones = zonesOf(after);
    const low = zones.reduce((sum, zone) => (isHighMemory(after, zone) ? sum : sum + zone.managed), 0);
    if (low === 0) return undefined;
    const earlier = zonesOf(before);
    for (const [i, zone] of zones.entries()) {
      const { name, managed, watermark } = zone;
      const share = partOf(Math.floor(after.minFreeKbytes / 4), managed, low);
      const high = isHighMemory(after, zone);
      const min = high ? Math.max(32, Math.min(128, Math.floor(managed / 1024))) : share;
      const scaled = partOf(managed, after.watermarkScaleFactor, 10_000);
      const step = Math.max(Math.floor(share / 4), scaled);
      if (managed > 0 && high) see('high memory');
      if (managed > 0) see(scaled > Math.floor(share / 4) ? 'the scale factor' : 'the share');
      const want = [min, min + step, min + 2 * step];
      const got = [watermark.min, watermark.low, watermark.high];
      if (got.some((mark, m) => mark !== want[m])) {
        return { clause: `${name}: marks should be ${want.join(', ')}, but are ${got.join(', ')}` };
      }
      if (earlier[i]!.boost > 0) see('a boost ends');
      if (k.base !== 'v4.19' && zone.boost !== 0) return { clause: `${name} is still boosted by ${zone.boost} pages` };
    }
    return undefined;
  },
});

const minFreeUpTo256 = setupProperty({
  id: 'min-free-may-be-256-mebibytes',
  family: 'setup',
  title: 'min_free_kbytes is four times the root of low memory, up to 256 MiB',
  statement:
    'At boot min_free_kbytes is the whole root of 16 times the kibibytes above the boosted high marks of zones up to ' +
    'Normal, cut to 128 to 262144, unless the root is no more than what a user set: then it stays.',
  sources: ['v5.9 mm/page_alloc.c init_per_zone_wmark_min', 'v5.9 mm/page_alloc.c nr_free_buffer_pages'],
  verdicts: BOOSTING,
  mustSee: { 'set by a user': 0.05, 'from low memory': 0.2, 'above 64 MiB': 0.02, 'below a boosted mark': 0.01 },
  check: ({ before, after }, see) => {
    const low = zonesOf(before).filter(({ name, present }) => present > 0 && name !== 'HighMem' && name !== 'Movable');
    const above = low.map(({ managed, watermark, boost }) => Math.max(0, managed - watermark.high - boost));
    if (low.some(({ boost, managed }) => boost > 0 && managed > boost)) see('below a boosted mark');
    const x = above.reduce((sum, pages) => sum + pages, 0) * 4 * 16;
    return judgeMinFree(before, after, x, 262_144, (label) => {
      see(label);
      if (label === 'from low memory' && after.minFreeKbytes > 65_536) see('above 64 MiB');
    });
  },
});

/** Pages managed in the zones from one index up to another. */
const managedBetween = (zones: readonly SetupZone[], from: number, to: number): number =>
  zones.slice(from, to + 1).reduce((sum, { managed }) => sum + managed, 0);

/** The first zone whose reserves are not what a formula gives. */
function wrongReserves(
  { nodes }: SetupMachine,
  reserveOf: (zones: readonly SetupZone[], i: number, j: number) => number,
) {
  for (const { id, zones } of nodes) {
    for (const [i, { name, lowmemReserve }] of zones.entries()) {
      const want = zones.map((_zone, j) => (j > i ? reserveOf(zones, i, j) : 0));
      if (want.every((pages, j) => pages === lowmemReserve[j])) continue;
      return { clause: `node ${id}, ${name} keeps ${lowmemReserve.join(', ')} instead of ${want.join(', ')}` };
    }
  }
  return undefined;
}

const ratioOf = ({ lowmemReserveRatio }: SetupMachine, i: number): number => lowmemReserveRatio[i] ?? 0;

const reservesAreShares = setupProperty({
  id: 'reserves-are-shares-of-what-is-above',
  family: 'setup',
  title: 'A reserve is a share of what is managed above',
  statement:
    'From a request that may use zone j a lower zone keeps the pages managed in the zones above it, up to j, ' +
    'divided by its ratio; with a ratio below 1 it keeps nothing.',
  sources: ['v4.19 mm/page_alloc.c setup_per_zone_lowmem_reserve'],
  verdicts: { 'v4.19': HOLDS },
  mustSee: { 'a reserve': 0.1, 'a ratio of 0': 0.01 },
  check: ({ before, after }, see) =>
    wrongReserves(after, (zones, i, j) => {
      const ratio = ratioOf(before, i);
      const above = managedBetween(zones, i + 1, j);
      if (ratio >= 1 && above >= ratio) see('a reserve');
      if (ratio === 0) see('a ratio of 0');
      return ratio < 1 ? 0 : Math.floor(above / ratio);
    }),
});

const reservesSkip = setupProperty({
  id: 'reserves-skip-zones-without-a-ratio',
  family: 'setup',
  title: 'A reserve is a share of what is managed above, but for zones without a ratio',
  statement:
    'From a request that may use zone j a lower zone keeps the pages of zone j and of the zones between that have a ' +
    'ratio, divided by its own; an empty zone, and one with a ratio below 1, keep nothing.',
  sources: ['v5.9 mm/page_alloc.c setup_per_zone_lowmem_reserve'],
  verdicts: BOOSTING,
  mustSee: { 'a reserve': 0.1, 'an empty zone': 0.1, 'a ratio of 0 between': 0.002 },
  check: ({ before, after }, see) =>
    wrongReserves(after, (zones, i, j) => {
      const ratio = ratioOf(before, i);
      if (zones[i]!.managed === 0) see('an empty zone');
      if (zones[i]!.managed === 0 || ratio < 1) return 0;
      const between = zones.slice(i + 1, j).filter((_zone, b) => before.lowmemReserveRatio[i + 1 + b] !== 0);
      if (between.length < j - i - 1) see('a ratio of 0 between');
      const above = between.reduce((sum, { managed }) => sum + managed, zones[j]!.managed);
      if (above >= ratio) see('a reserve');
      return Math.floor(above / ratio);
    }),
});

const totalByNode = setupProperty({
  id: 'total-reserve-is-added-up-by-node',
  family: 'setup',
  title: 'What users cannot have is added up by node',
  statement:
    'A node’s totalreserve_pages is the sum over its zones of high mark and largest reserve, cut to what the zone ' +
    'manages; the machine’s is the sum over nodes. Swap is read in 8 pages, or in 4 on a machine of less than 16 MiB.',
  sources: ['v4.19 mm/page_alloc.c calculate_totalreserve_pages', 'v4.19 mm/swap.c swap_setup'],
  verdicts: LATER,
  mustSee: { 'cut to the zone': 0.05, 'not cut': 0.2, 'several nodes': 0.2, 'a small machine': 0.01 },
  check: ({ before, after }, see) => {
    let total = 0;
    if (after.nodes.length > 1) see('several nodes');
    for (const { id, zones, totalreservePages } of after.nodes) {
      let sum = 0;
      for (const { managed, watermark, lowmemReserve } of zones) {
        const whole = watermark.high + Math.max(...lowmemReserve);
        see(whole > managed ? 'cut to the zone' : 'not cut');
        sum += Math.min(managed, whole);
      }
      if (sum !== totalreservePages) return { clause: `node ${id}: ${totalreservePages} pages instead of ${sum}` };
      total += sum;
    }
    const small = before.totalramPages < 4096;
    if (small) see('a small machine');
    if (after.pageCluster !== (small ? 2 : 3)) return { clause: `the page cluster is ${after.pageCluster}` };
    return total === after.totalreservePages ? undefined : { clause: `the total is not ${total}` };
  },
});

/** The formulas of later set-up, each said another way. */
export const laterSetupProperties: readonly Property[] = [
  marksFollowScale,
  minFreeUpTo256,
  reservesAreShares,
  reservesSkip,
  totalByNode,
];
