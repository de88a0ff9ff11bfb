import { laterKernel, type Kernel } from '../kernel.ts';
import { allocatorDifferences } from './v5_9/allocator.ts';
import { directReclaimDifferences } from './v5_9/directReclaim.ts';
import { reclaimDifferences } from './v5_9/reclaim.ts';
import { setupDifferences } from './v5_9/setup.ts';
import { v4_19 } from './v4_19.ts';

/** Linux v5.9 (October 2020): watermark boosts against fragmentation, and the highest zone index a request may use. */
export const v5_9: Kernel = laterKernel(v4_19, 'v5.9', [
  ...reclaimDifferences,
  ...directReclaimDifferences,
  ...allocatorDifferences,
  ...setupDifferences,
]);
