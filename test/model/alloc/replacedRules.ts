import type { ReplacedRule } from '../replaced/broken.ts';
import { judging, taking, zonelistCache, zonelists } from './replaced/rules.ts';
import { reclaim, slow } from './replaced/slow.ts';
import { walk } from './replaced/walk.ts';

/** Kernels that are v4.0 but for one broken rule or step of the page allocator. */
export const replacedAllocatorRules: readonly ReplacedRule[] = [
  ...judging,
  ...zonelists,
  ...zonelistCache,
  ...taking,
  ...walk,
  ...slow,
  ...reclaim,
];
