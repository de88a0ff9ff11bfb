import type { SetupMachine, SetupZone } from '../model/index.ts';
import { EVERY_KERNEL, HOLDS, setupProperty, type Failure, type Property, type See } from './property.ts';
import { isHighMemory } from './setup.ts';

/** All zones of a machine that is being set up. */
export const zonesOf = ({ nodes }: SetupMachine): readonly SetupZone[] => nodes.flatMap(({ zones }) => zones);

/** x lies from the square of the root up to the next square. */
const isRoot = (root: number, x: number): boolean => root * root <= x && x < (root + 1) * (root + 1);

/** Whether min_free_kbytes is the root of a number, cut to 128 to a most, unless a user set more than the root. */
export function judgeMinFree(
  { userMinFreeKbytes: user, minFreeKbytes: was }: SetupMachine,
  { minFreeKbytes: got }: SetupMachine,
  x: number,
  most: number,
  see: See<'set by a user' | 'from low memory'>,
): Failure | undefined {
  if (user >= 0 && (user + 1) * (user + 1) > x) {
    see('set by a user');
    return got === was ? undefined : { clause: `a user set ${user}, and min_free_kbytes is ${got}` };
  }
  see('from low memory');
  const between = got > 128 && got < most && isRoot(got, x);
  const cut = got === most ? x >= most * most : got === 128 ? x < 129 * 129 : between;
  return cut ? undefined : { clause: `16 times low memory is ${x} kibibytes, and min_free_kbytes is ${got}` };
}

const minFreeIsRoot = setupProperty({
  id: 'min-free-is-the-root-of-low-memory',
  family: 'setup',
  title: 'min_free_kbytes is four times the root of low memory',
  statement:
    'At boot min_free_kbytes is the whole root of 16 times the kibibytes above the high marks of zones up to ' +
    'Normal, cut to 128 to 65536, unless the root is no more than what a user set: then it stays.',
  sources: ['v4.0 mm/page_alloc.c init_per_zone_wmark_min', 'v4.0 mm/page_alloc.c nr_free_buffer_pages'],
  verdicts: { 'v4.0': HOLDS, 'v4.19': HOLDS },
  mustSee: { 'set by a user': 0.05, 'from low memory': 0.2, 'below a high mark': 0.01 },
  check: ({ before, after }, see) => {
    const low = zonesOf(before).filter(({ name, present }) => present > 0 && name !== 'HighMem' && name !== 'Movable');
    if (low.some(({ managed, watermark }) => watermark.high > 0 && managed > watermark.high)) see('below a high mark');
    const pages = low.reduce((sum, { managed, watermark }) => sum + Math.max(0, managed - watermark.high), 0);
    const x = pages * 4 * 16;
    return judgeMinFree(before, after, x, 65_536, see);
  },
});

const marksAreApart = setupProperty({
  id: 'marks-are-a-share-apart',
  family: 'setup',
  title: 'Low and high lie a quarter and a half of the share above min',
  statement:
    'Every zone’s share of min_free_kbytes goes by managed pages over those below high memory; min is the ' +
    'share, and in high memory a 1024th of the zone cut to 32 to 128 pages; low and high lie a quarter and a ' +
    'half of the share above.',
  sources: ['v4.0 mm/page_alloc.c __setup_per_zone_wmarks'],
  verdicts: { 'v4.0': HOLDS },
  mustSee: { 'high memory': 0.02, 'low memory': 0.5 },
  check: ({ after }, see) => {
    const zones = zonesOf(after);
    const low = zones.reduce((sum, zone) => (isHighMemory(after, zone) ? sum : sum + zone.managed), 0);
    if (low === 0) return undefined;
    for (const zone of zones) {
      const { name, managed, watermark } = zone;
      const share = Number((BigInt(Math.floor(after.minFreeKbytes / 4)) * BigInt(managed)) / BigInt(low));
      const high = isHighMemory(after, zone);
      if (managed > 0) see(high ? 'high memory' : 'low memory');
      const min = high ? Math.max(32, Math.min(128, Math.floor(managed / 1024))) : share;
      const want = [min, min + Math.floor(share / 4), min + Math.floor(share / 2)];
      const got = [watermark.min, watermark.low, watermark.high];
      if (got.some((mark, i) => mark !== want[i])) {
        return { clause: `${name}: marks should be ${want.join(', ')}, but are ${got.join(', ')}` };
      }
    }
    return undefined;
  },
});

const driftMarkIsSet = setupProperty({
  id: 'drift-mark-is-set-when-needed',
  family: 'setup',
  title: 'A drift mark is set where drift could hide the min mark',
  statement:
    'Where all cpus’ drift exceeds the distance from low to min, a populated zone’s drift mark is its high mark ' +
    'plus that drift; elsewhere set-up leaves the mark that was there.',
  sources: ['v4.0 mm/vmstat.c refresh_zone_stat_thresholds'],
  verdicts: EVERY_KERNEL,
  mustSee: { needed: 0.1, 'not needed': 0.05 },
  check: ({ before, after }, see) => {
    const earlier = zonesOf(before);
    for (const [i, { name, present, watermark, normalThreshold, percpuDriftMark }] of zonesOf(after).entries()) {
      const drift = normalThreshold * after.onlineCpus;
      const needed = present > 0 && drift > watermark.low - watermark.min;
      see(needed ? 'needed' : 'not needed');
      const want = needed ? watermark.high + drift : earlier[i]!.percpuDriftMark;
      if (percpuDriftMark !== want)
        return { clause: `${name}: the drift mark is ${percpuDriftMark} instead of ${want}` };
    }
    return undefined;
  },
});

const rootsOfSize = setupProperty({
  id: 'ratios-follow-size',
  family: 'setup',
  title: 'Inactive ratio and page cluster follow the size of memory',
  statement:
    'A zone’s inactive ratio is the whole root of ten times its gibibytes, or 1 below one; swap is read in 8 ' +
    'pages, or in 4 on a machine of less than 16 MiB.',
  sources: ['v4.0 mm/page_alloc.c calculate_zone_inactive_ratio', 'v4.0 mm/swap.c swap_setup'],
  verdicts: { 'v4.0': HOLDS },
  mustSee: { 'a large zone': 0.1, 'a small machine': 0.01, 'exactly 16 MiB': 0.02, 'a large machine': 0.2 },
  check: ({ before, after }, see) => {
    const small = before.totalramPages < 4096;
    see(small ? 'a small machine' : 'a large machine');
    if (before.totalramPages === 4096) see('exactly 16 MiB');
    if (after.pageCluster !== (small ? 2 : 3)) {
      return { clause: `with ${before.totalramPages} pages the page cluster is ${after.pageCluster}` };
    }
    for (const { name, managed, inactiveRatio } of zonesOf(after)) {
      const gibibytes = Math.floor(managed / 262_144);
      if (gibibytes > 0) see('a large zone');
      const right = gibibytes > 0 ? isRoot(inactiveRatio, 10 * gibibytes) : inactiveRatio === 1;
      if (!right) return { clause: `${name}: ${gibibytes} GiB and an inactive ratio of ${inactiveRatio}` };
    }
    return undefined;
  },
});

/** The formulas of set-up, each said another way. */
export const formulaProperties: readonly Property[] = [minFreeIsRoot, marksAreApart, driftMarkIsSet, rootsOfSize];
