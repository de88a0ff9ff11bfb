import type { SetupMachine, SetupZone } from '../model/index.ts';
import {
  EVERY_KERNEL,
  everywhere,
  HOLDS,
  knownToFail,
  setupProperty,
  type Failure,
  type Property,
} from './property.ts';

/** HighMem, and Movable where its pages are taken from high memory. */
export const isHighMemory = ({ movableIsHighmem }: SetupMachine, { name }: SetupZone): boolean =>
  name === 'HighMem' || (movableIsHighmem && name === 'Movable');

const WMARKS = 'v4.0 mm/page_alloc.c __setup_per_zone_wmarks';

/** The first zone that fails a check, said as a failure. */
function firstZone(
  m: SetupMachine,
  check: (zone: SetupZone, index: number, zones: readonly SetupZone[]) => string | undefined,
): Failure | undefined {
  for (const { id, zones } of m.nodes) {
    for (const [i, zone] of zones.entries()) {
      const wrong = check(zone, i, zones);
      if (wrong !== undefined) return { clause: `node ${id}, ${zone.name}: ${wrong}` };
    }
  }
  return undefined;
}

const marksAreOrdered = setupProperty({
  id: 'marks-are-ordered',
  family: 'setup',
  title: 'min <= low <= high',
  statement: 'In every zone the min mark is at most the low one, and that at most the high one.',
  keptFor: 'What everyone takes for granted of marks, in a word; the shares behind it are judged exactly.',
  sources: [WMARKS],
  verdicts: EVERY_KERNEL,
  mustSee: { 'marks apart': 0.3, 'high memory': 0.02 },
  check: ({ after }, see) =>
    firstZone(after, (zone) => {
      const { min, low, high } = zone.watermark;
      if (min < low && low < high) see('marks apart');
      if (isHighMemory(after, zone) && zone.present > 0) see('high memory');
      return min <= low && low <= high ? undefined : `min ${min}, low ${low}, high ${high}`;
    }),
});

const lowZonesShareMinFree = setupProperty({
  id: 'low-zones-share-min-free',
  family: 'setup',
  title: 'Low zones share min_free_kbytes by size',
  statement:
    'The min marks of all zones below high memory add up to min_free_kbytes in pages, less a page a zone at most ' +
    'for rounding; a larger zone never gets less.',
  keptFor: 'It says that min_free_kbytes is kept as a whole, where others speak of one zone.',
  sources: [WMARKS],
  verdicts: EVERY_KERNEL,
  mustSee: { 'several low zones': 0.1 },
  check: ({ after }, see) => {
    const low = after.nodes.flatMap(({ zones }) => zones).filter((zone) => !isHighMemory(after, zone));
    const bySize = low.filter(({ managed }) => managed > 0).toSorted((a, b) => a.managed - b.managed);
    if (bySize.length > 1) see('several low zones');
    if (bySize.length === 0) return undefined;
    const sum = low.reduce((pages, { watermark }) => pages + watermark.min, 0);
    const wanted = Math.floor(after.minFreeKbytes / 4);
    if (sum > wanted || sum + bySize.length < wanted) {
      return { clause: `min marks of low zones add up to ${sum} pages, min_free_kbytes is ${wanted}` };
    }
    const smaller = bySize.findIndex((zone, i) => i > 0 && zone.watermark.min < bySize[i - 1]!.watermark.min);
    return smaller < 0
      ? undefined
      : { clause: `${bySize[smaller]!.name} is larger than another zone and its min is less` };
  },
});

const reservesGrowUpwards = setupProperty({
  id: 'reserves-grow-upwards',
  family: 'setup',
  title: 'Reserves are for lower zones, and grow with the request’s zone',
  statement:
    'A zone keeps nothing from requests for itself or a lower zone, and from requests that may use a higher zone ' +
    'never less than from ones that may only use a lower.',
  keptFor: 'A law that holds up to v4.19 and fails in v5.9: it tells where kernels part.',
  sources: ['v4.0 mm/page_alloc.c setup_per_zone_lowmem_reserve'],
  verdicts: {
    'v4.0': HOLDS,
    'v4.19': HOLDS,
    'v5.9': knownToFail(
      'A zone whose ratio is 0 does not count towards what the zones below it keep. A request that may use it is ' +
        'held off by its pages, and one that may use a zone above it as well only by those of the zone above.',
      'f63661566fad',
    ),
  },
  mustSee: { 'a reserve': 0.1 },
  check: ({ after }, see) =>
    firstZone(after, ({ lowmemReserve }, i) => {
      const towardsLower = lowmemReserve.findIndex((pages, j) => j <= i && pages !== 0);
      if (towardsLower >= 0) return `keeps ${lowmemReserve[towardsLower]} pages from zone index ${towardsLower}`;
      if (lowmemReserve.some((pages) => pages > 0)) see('a reserve');
      const less = lowmemReserve.findIndex((pages, j) => j > 0 && pages < lowmemReserve[j - 1]!);
      return less < 0 ? undefined : `keeps less from zone index ${less} than from ${less - 1}`;
    }),
});

const highMarkFits = setupProperty({
  id: 'high-mark-fits-its-zone',
  family: 'setup',
  title: 'A zone can reach its high mark',
  statement: 'The high mark of a zone that manages pages is below their number, so that the zone can be balanced.',
  sources: [WMARKS],
  verdicts: everywhere(
    knownToFail(
      'A high memory zone gets a min mark of at least 32 pages however small it is, and a large min_free_kbytes ' +
        'can exceed ' +
        'small machines’ zones: such a zone is unbalanced even when it is empty.',
    ),
  ),
  mustSee: { 'a small zone': 0.02 },
  check: ({ after }, see) =>
    firstZone(after, ({ present, managed, watermark }) => {
      if (present === 0 || managed === 0) return undefined;
      if (managed < 256) see('a small zone');
      return watermark.high < managed
        ? undefined
        : `the high mark is ${watermark.high}, the zone manages ${managed} pages`;
    }),
});

const thresholdsAreBounded = setupProperty({
  id: 'stat-thresholds-are-bounded',
  family: 'setup',
  title: 'Counters drift by a bounded number of pages',
  statement:
    'Thresholds are 125 pages at most; under pressure, all cpus together cannot hide the distance from low to min ' +
    'unless that is less than a page a cpu.',
  sources: ['v4.0 mm/vmstat.c calculate_normal_threshold', 'v4.0 mm/vmstat.c calculate_pressure_threshold'],
  verdicts: EVERY_KERNEL,
  mustSee: { 'at the limit': 0.02, 'below a page a cpu': 0.05 },
  check: ({ after }, see) =>
    firstZone(after, ({ normalThreshold, pressureThreshold, watermark }) => {
      if (normalThreshold === 125) see('at the limit');
      if (normalThreshold > 125 || pressureThreshold > 125)
        return `thresholds ${normalThreshold}, ${pressureThreshold}`;
      const distance = watermark.low - watermark.min;
      if (distance < after.onlineCpus) {
        see('below a page a cpu');
        return pressureThreshold === 1 ? undefined : `a pressure threshold of ${pressureThreshold} instead of 1`;
      }
      const drift = pressureThreshold * after.onlineCpus;
      return drift <= distance ? undefined : `all cpus may hide ${drift} pages of ${distance}`;
    }),
});

const driftMarkFollows = setupProperty({
  id: 'drift-mark-follows-set-up',
  family: 'setup',
  title: 'The drift mark follows every set-up',
  statement:
    'After set-up a zone has a drift mark exactly when its cpus’ drift could exceed the distance from low to min; ' +
    'otherwise the cheap counter is trusted.',
  sources: ['v4.0 mm/vmstat.c refresh_zone_stat_thresholds'],
  verdicts: everywhere(
    knownToFail(
      'The mark is only ever set, never cleared: when min_free_kbytes is raised or cpus go offline, the mark of ' +
        'an earlier set-up stays.',
    ),
  ),
  mustSee: { 'a mark': 0.1, 'no mark': 0.05 },
  check: ({ after }, see) =>
    firstZone(after, ({ present, watermark, normalThreshold, percpuDriftMark }) => {
      const drift = normalThreshold * after.onlineCpus;
      const needed = present > 0 && drift > watermark.low - watermark.min;
      see(percpuDriftMark > 0 ? 'a mark' : 'no mark');
      const want = needed ? watermark.high + drift : 0;
      return percpuDriftMark === want ? undefined : `the drift mark is ${percpuDriftMark} instead of ${want}`;
    }),
});

const totalIsTheSum = setupProperty({
  id: 'total-reserve-is-the-sum',
  family: 'setup',
  title: 'What users cannot have is high mark and reserve, and no more than there is',
  statement:
    'A zone’s share of totalreserve_pages is its high mark plus its largest reserve, cut to what it manages; the ' +
    'total is their sum.',
  sources: ['v4.0 mm/page_alloc.c calculate_totalreserve_pages'],
  verdicts: { 'v4.0': HOLDS },
  mustSee: { 'cut to the zone': 0.05, 'not cut': 0.2 },
  check: ({ after }, see) => {
    let sum = 0;
    const wrong = firstZone(after, ({ managed, watermark, lowmemReserve, dirtyBalanceReserve }) => {
      const whole = watermark.high + Math.max(...lowmemReserve);
      see(whole > managed ? 'cut to the zone' : 'not cut');
      sum += Math.min(managed, whole);
      const want = Math.min(managed, whole);
      return dirtyBalanceReserve === want ? undefined : `keeps ${dirtyBalanceReserve} pages instead of ${want}`;
    });
    if (wrong !== undefined || sum === after.totalreservePages) return wrong;
    return { clause: `totalreserve_pages is ${after.totalreservePages}, the zones keep ${sum}` };
  },
});

/** Watermarks, reserves and thresholds. */
export const setupProperties: readonly Property[] = [
  marksAreOrdered,
  lowZonesShareMinFree,
  reservesGrowUpwards,
  highMarkFits,
  thresholdsAreBounded,
  driftMarkFollows,
  totalIsTheSum,
];
