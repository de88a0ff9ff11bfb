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
