import { hasRule, v4_0, type Kernel } from '../model/index.ts';

/** What a state has depends on the kernel: v4.0 counts scanned pages, later ones fruitless runs and reserved pages. */
export interface Generation {
  /** Page lists belong to nodes, from v4.8 on. */
  readonly byNode: boolean;
  /** Marks may be boosted, from v5.0 on. */
  readonly boosts: boolean;
}

export const generationOf = (kernel: Kernel = v4_0): Generation => ({
  byNode: hasRule(kernel, 'shrinkNode'),
  boosts: hasRule(kernel, 'pgdatWatermarkBoosted'),
});
