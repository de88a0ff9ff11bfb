import { laterKernel, type Kernel } from '../kernel.ts';
import { allocatorDifferences } from './v4_19/allocator.ts';
import { directReclaimDifferences } from './v4_19/directReclaim.ts';
import { reclaimDifferences } from './v4_19/reclaim.ts';
import { setupDifferences } from './v4_19/setup.ts';
import { v4_0 } from './v4_0.ts';

/** Linux v4.19 (October 2018): reclaim by node, any eligible zone will do, kcompactd compacts, hopeless nodes rest. */
export const v4_19: Kernel = laterKernel(v4_0, 'v4.19', [
  ...reclaimDifferences,
  ...directReclaimDifferences,
  ...allocatorDifferences,
  ...setupDifferences,
]);
