/** What lies outside the node and still enters its decisions. */
export interface System {
  /** Free swap slots, in pages: get_nr_swap_pages(). */
  readonly swapPages: number;
  /** More buffer heads exist than low memory should carry. */
  readonly bufferHeadsOverLimit: boolean;
  /** CONFIG_COMPACTION. */
  readonly compaction: boolean;
  /** CONFIG_CMA: without it the cma list is ordinary free memory. */
  readonly cma: boolean;
  /** sysctl_extfrag_threshold: 0 to 1000. */
  readonly extfragThreshold: number;
  /** /proc/sys/vm/laptop_mode. */
  readonly laptopMode: boolean;
}

/** The system with so many free swap slots. */
export const withSwap = (s: System, swapPages: number): System => ({
  swapPages,
  bufferHeadsOverLimit: s.bufferHeadsOverLimit,
  compaction: s.compaction,
  cma: s.cma,
  extfragThreshold: s.extfragThreshold,
  laptopMode: s.laptopMode,
});

/** The system with its buffer heads over their limit, or no longer. */
export const withBufferHeads = (s: System, bufferHeadsOverLimit: boolean): System => ({
  swapPages: s.swapPages,
  bufferHeadsOverLimit,
  compaction: s.compaction,
  cma: s.cma,
  extfragThreshold: s.extfragThreshold,
  laptopMode: s.laptopMode,
});
