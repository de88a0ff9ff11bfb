import { ZONE_NAMES } from '../../model/index.ts';

/** Every zone that a kernel may list, in the order of zone_idx. Device memory never reaches the page allocator. */
export const LISTED_ZONES = [...ZONE_NAMES, 'Device'] as const;
export type ListedZone = (typeof LISTED_ZONES)[number];

export const isListedZone = (name: string): name is ListedZone => (LISTED_ZONES as readonly string[]).includes(name);
