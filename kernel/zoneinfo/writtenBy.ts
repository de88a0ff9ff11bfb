import { v4_0, v4_19, v5_9 } from '../../model/index.ts';
import type { ZoneinfoText } from './parse.ts';

/** Which specified kernel’s rules are nearest to those of the kernel that wrote a zoneinfo, and how that is known. */
export interface WrittenBy {
  /** The specified kernel, by name. */
  readonly kernel: string;
  /** The versions that have these fields: `4.13 to 4.19`. */
  readonly versions: string;
  /** What shows it, and how near the specified kernel is: `of Linux 4.13 to 4.19, ...`. */
  readonly because: string;
}

/** Something that zoneinfo shows from a version on. */
interface Milestone {
  readonly since: string;
  /** The last version that does not show it. */
  readonly lastWithout: string;
  readonly shows: string;
  readonly isShown: (text: ZoneinfoText) => boolean;
  /** The specified kernel whose rules are nearest from it on. */
  readonly kernel: string;
  /** How the versions stand to the specified kernels. */
  readonly standing: string;
  /** What may be judged wrongly by the nearest kernel. */
  readonly caveat?: string;
}

const inZones =
  (field: string) =>
  ({ zones }: ZoneinfoText): boolean =>
    zones.some(({ fields }) => fields.has(field));

const inNodes =
  (field: string) =>
  ({ nodes }: ZoneinfoText): boolean =>
    [...nodes.values()].some((fields) => fields.has(field));

/**
 * Whether pages scanned are counted by node, as only 4.8 to 4.11 do: `node_unreclaimable` is then told from them, and
 * not from runs in vain.
 */
export const countsScans = (text: ZoneinfoText): boolean =>
  inZones('node_scanned')(text) || inNodes('nr_pages_scanned')(text);

const BEFORE = `between ${v4_0.name} and ${v4_19.name}`;
const EVERY_ZONE = 'up to 4.11 kswapd slept only if every zone was balanced, so that this may say sleep too soon';
const BETWEEN = `between ${v4_19.name} and ${v5_9.name}`;
const NEWER = `newer than ${v5_9.name}, the newest kernel that is specified`;

/** Oldest first. All of it stays from then on, but for what a distribution ports back: the newest one shown tells. */
const MILESTONES: readonly Milestone[] = [
  {
    since: '3.8',
    lastWithout: '3.7',
    shows: 'managed pages are shown, and lists of pages by zone',
    isShown: inZones('managed'),
    kernel: v4_0.name,
    standing: `${v4_0.name} among them`,
    caveat: 'kernels from 4.4 on, which the fields do not tell apart, ask for a high order in another way',
  },
  {
    since: '4.8',
    lastWithout: '4.7',
    shows: 'lists of pages belong to nodes',
    isShown: inZones('nr_zone_inactive_file'),
    kernel: v4_19.name,
    standing: BEFORE,
    caveat: EVERY_ZONE,
  },
  {
    since: '4.10',
    lastWithout: '4.9',
    shows: 'per-node stats are shown',
    isShown: ({ nodes }) => nodes.size > 0,
    kernel: v4_19.name,
    standing: BEFORE,
    caveat: EVERY_ZONE,
  },
  {
    since: '4.12',
    lastWithout: '4.11',
    shows: 'pages scanned are not counted by node',
    isShown: (text) => text.nodes.size > 0 && !countsScans(text),
    kernel: v4_19.name,
    standing: BEFORE,
  },
  {
    since: '4.13',
    lastWithout: '4.12',
    shows: 'nr_slab_reclaimable is a node’s',
    isShown: inNodes('nr_slab_reclaimable'),
    kernel: v4_19.name,
    standing: `${v4_19.name} among them`,
  },
  {
    since: '4.20',
    lastWithout: '4.19',
    shows: 'nr_kernel_misc_reclaimable is shown',
    isShown: inNodes('nr_kernel_misc_reclaimable'),
    kernel: v5_9.name,
    standing: BETWEEN,
  },
  {
    since: '5.4',
    lastWithout: '5.3',
    shows: 'nr_file_hugepages is shown',
    isShown: inNodes('nr_file_hugepages'),
    kernel: v5_9.name,
    standing: BETWEEN,
  },
  {
    since: '5.9',
    lastWithout: '5.8',
    shows: 'workingset_refault_anon is shown',
    isShown: inNodes('workingset_refault_anon'),
    kernel: v5_9.name,
    standing: `${v5_9.name} among them`,
  },
  {
    since: '5.12',
    lastWithout: '5.11',
    shows: 'cma is shown',
    isShown: inZones('cma'),
    kernel: v5_9.name,
    standing: NEWER,
  },
  {
    since: '5.16',
    lastWithout: '5.15',
    shows: 'boost is shown',
    isShown: inZones('boost'),
    kernel: v5_9.name,
    standing: NEWER,
  },
];

const TOO_OLD = {
  kernel: v4_0.name,
  shows: 'managed pages are not shown',
  standing: `older than ${v4_0.name}, the oldest kernel that is specified`,
};

/** Tells from the fields of a zoneinfo which kernels write it so. */
export function writtenBy(text: ZoneinfoText): WrittenBy {
  const at = MILESTONES.findLastIndex(({ isShown }) => isShown(text));
  const newest = MILESTONES[at];
  const versions = versionsOf(newest?.since, MILESTONES[at + 1]?.lastWithout);
  const { kernel, shows, standing, caveat }: Omit<Milestone, 'since' | 'lastWithout' | 'isShown'> = newest ?? TOO_OLD;
  const doubt = caveat === undefined ? '' : `; ${caveat}`;
  return { kernel, versions, because: `of Linux ${versions}, ${standing} (${shows})${doubt}` };
}

function versionsOf(first: string | undefined, last: string | undefined): string {
  if (first === undefined) return `up to ${last!}`;
  if (last === undefined) return `${first} or later`;
  return first === last ? first : `${first} to ${last}`;
}
