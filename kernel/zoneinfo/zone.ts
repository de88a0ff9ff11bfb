import type { ScenarioZone, Watermark, ZoneName } from '../../model/index.ts';
import { InputError } from '../inputError.ts';
import type { Assumption } from './assumption.ts';
import { missing, neededPages, neededProtection, placeOf, shownPages } from './fields.ts';
import { lruOf } from './lru.ts';
import type { ZoneinfoText, ZoneText } from './parse.ts';

/** What zoneinfo alone says of a zone. All quantities are in pages. */
export type ShownZone = Omit<ScenarioZone, 'free' | 'vmstatDrift' | 'percpuDriftMark' | 'reservedHighatomic'> & {
  /** NR_FREE_PAGES as its cheap counter shows it. */
  readonly freePages: number;
  /** NR_FREE_CMA_PAGES. */
  readonly cmaPages: number;
  /** Free pages in whole page blocks, where the kernel counts them. */
  readonly blockPages: number;
};

export interface ReadZone {
  readonly zone: ShownZone;
  readonly assumed: readonly Assumption[];
}

type Told = Pick<Assumption, 'value' | 'because' | 'matters'>;

/** Reads one zone; a field that balance depends on and that is not there is an InputError. */
export function readZone(zone: ZoneText, name: ZoneName, text: ZoneinfoText): ReadZone {
  const assumed: Assumption[] = [];
  const assume = (field: string, told: Told) => assumed.push({ field, node: zone.node, zone: name, ...told });
  const freePages = neededPages(zone, 'pages free');
  const { watermark, boost } = marksOf(zone);
  const present = neededPages(zone, 'present');
  const lowmemReserve = neededProtection(zone);
  const managed = managedOf(zone, present, text, assume);
  const populated = present > 0;
  if (populated && !zone.fields.has('start_pfn')) throw missing(zone, 'start_pfn');
  const { lru, shared } = populated ? lruOf(zone, text) : { lru: NO_LRU, shared: false };
  if (shared) {
    const because = 'the zone’s own counters are missing; it got its share of the node’s lists by its used pages';
    assume('lru', { value: 'a share', because, matters: 'balance' });
  }
  const scanned = shownPages(zone, 'scanned') ?? shownPages(zone, 'nr_pages_scanned');
  if (populated && scanned === undefined) {
    const because = 'kernels from 4.8 on do not count it per zone';
    assume('pagesScanned', { value: 0, because, matters: 'balance' });
  }
  if (populated && !zone.fields.has('boost')) {
    const because = 'kernels before 5.16 do not show it: one that there is counts as part of the marks';
    assume('boost', { value: 0, because, matters: 'run' });
  }
  return {
    assumed,
    zone: {
      name,
      present,
      managed,
      watermark,
      boost,
      lowmemReserve,
      lru,
      pagesScanned: scanned ?? 0,
      flags: [],
      freePages,
      cmaPages: Math.min(freePages, shownPages(zone, 'nr_free_cma') ?? 0),
      blockPages: shownPages(zone, 'nr_free_pages_blocks') ?? 0,
    },
  };
}

const NO_LRU = { inactiveAnon: 0, activeAnon: 0, inactiveFile: 0, activeFile: 0 };

/** A zone that the kernel has and does not list, since it holds nothing. */
export const absentZone = (name: ZoneName, zoneCount: number): ShownZone => ({
  name,
  present: 0,
  managed: 0,
  watermark: { min: 0, low: 0, high: 0 },
  boost: 0,
  lowmemReserve: new Array<number>(zoneCount).fill(0),
  lru: NO_LRU,
  pagesScanned: 0,
  flags: [],
  freePages: 0,
  cmaPages: 0,
  blockPages: 0,
});

function managedOf(
  zone: ZoneText,
  present: number,
  text: ZoneinfoText,
  assume: (field: string, told: Told) => void,
): number {
  const managed = shownPages(zone, 'managed');
  if (managed === undefined) {
    if (text.zones.some(({ fields }) => fields.has('managed'))) throw missing(zone, 'managed');
    const because = 'kernels before 3.8 do not show it: taken as all present pages';
    if (present > 0) assume('managed', { value: present, because, matters: 'highOrder' });
    return present;
  }
  if (managed <= present) return managed;
  throw new InputError({
    what: `${placeOf(zone)}: managed is more than present`,
    where: zone.fields.get('managed')!.at,
    expected: `at most ${present} pages`,
    found: `${managed} pages`,
  });
}

/** The marks without the boost, which the kernel shows as part of each. */
function marksOf(zone: ZoneText): { readonly watermark: Watermark; readonly boost: number } {
  const boost = shownPages(zone, 'boost') ?? 0;
  const mark = (name: keyof Watermark): number => Math.max(0, neededPages(zone, name) - boost);
  const min = mark('min');
  const low = mark('low');
  const high = mark('high');
  if (min <= low && low <= high) return { watermark: { min, low, high }, boost };
  // A boost may change while the marks are being printed; without one they cannot be out of order.
  if (boost > 0) {
    const [least, middle, most] = [min, low, high].toSorted((a, b) => a - b);
    return { watermark: { min: least!, low: middle!, high: most! }, boost };
  }
  throw new InputError({
    what: `${placeOf(zone)}: min, low and high do not ascend`,
    where: zone.fields.get('min')!.at,
    found: `${min}, ${low}, ${high} pages`,
  });
}
