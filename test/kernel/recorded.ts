type Counts = Readonly<Record<string, number>>;

/** Of functions that v4.19 and v5.9 were asked alike. */
const LATER_PREDICATES: Counts = {
  __zone_watermark_ok: 420,
  zone_watermark_ok: 220,
  zone_watermark_ok_safe: 320,
  zone_reclaimable_pages: 90,
  fill_contig_page_info: 50,
  __fragmentation_index: 60,
  fragmentation_index: 200,
  __compaction_suitable: 260,
  compaction_suitable: 280,
  compaction_ready: 220,
  pgdat_balanced: 360,
  allow_direct_reclaim: 210,
  prepare_kswapd_sleep: 210,
  wakeup_kswapd: 260,
  kswapd_shrink_node: 160,
  balance_pgdat: 260,
  kswapd_try_to_sleep: 220,
};

const LATER_ALLOC: Counts = {
  __alloc_pages_nodemask: 530,
  get_page_from_freelist: 120,
  wake_all_kswapds: 40,
  zone_watermark_fast: 36,
  gfp_to_alloc_flags: 30,
  gfp_zone: 24,
  build_zonelists: 20,
};

/** How many recorded cases each function has: a lost case is as bad as one that differs. */
export const CASES: Readonly<Record<string, Readonly<Record<string, Counts>>>> = {
  'v4.0': {
    predicates: {
      __zone_watermark_ok: 170,
      zone_watermark_ok: 230,
      zone_watermark_ok_safe: 280,
      zone_reclaimable_pages: 60,
      zone_reclaimable: 200,
      fill_contig_page_info: 50,
      __fragmentation_index: 60,
      fragmentation_index: 150,
      __compaction_suitable: 200,
      compaction_suitable: 220,
      zone_balanced: 400,
      pgdat_balanced: 700,
      pfmemalloc_watermark_ok: 220,
      prepare_kswapd_sleep: 300,
      wakeup_kswapd: 260,
      kswapd_shrink_zone: 300,
      balance_pgdat: 260,
      kswapd_try_to_sleep: 200,
    },
    loops: { kswapd: 600 },
    setup: { init_per_zone_wmark_min: 238, setup_per_zone_wmarks: 62 },
    alloc: {
      __alloc_pages_nodemask: 1020,
      get_page_from_freelist: 270,
      wake_all_kswapds: 80,
      gfp_to_alloc_flags: 50,
      build_zonelists: 48,
      gfp_zone: 32,
    },
  },
  'v4.19': {
    predicates: {
      ...LATER_PREDICATES,
      kswapd_classzone_idx: 60,
    },
    loops: { kswapd: 500 },
    setup: {
      init_per_zone_wmark_min: 75,
      __setup_per_zone_wmarks: 41,
      setup_per_zone_lowmem_reserve: 64,
      refresh_zone_stat_thresholds: 20,
    },
    alloc: LATER_ALLOC,
  },
  'v5.9': {
    predicates: {
      ...LATER_PREDICATES,
      pgdat_watermark_boosted: 100,
      kswapd_highest_zoneidx: 60,
    },
    loops: { kswapd: 500 },
    setup: {
      init_per_zone_wmark_min: 85,
      __setup_per_zone_wmarks: 52,
      setup_per_zone_lowmem_reserve: 45,
      refresh_zone_stat_thresholds: 18,
    },
    alloc: LATER_ALLOC,
  },
};
