import { hasRule, kernels, type Kernel, type RuleName, type Rules } from '../../model/index.ts';
import type { CaseKind } from '../../properties/index.ts';

/** The rules that answer with nothing but yes or no. */
type Deciding = { [R in RuleName]: ReturnType<Rules[R]> extends boolean ? R : never }[RuleName];

const DECIDING: Readonly<Record<Deciding, true>> = {
  __zoneWatermarkOk: true,
  zoneWatermarkOk: true,
  zoneWatermarkOkSafe: true,
  zoneReclaimable: true,
  zoneBalanced: true,
  pgdatBalanced: true,
  pgdatWatermarkBoosted: true,
  compactionReady: true,
  zoneWatermarkFast: true,
  zoneAllowsReclaim: true,
  zlcZoneWorthTrying: true,
  gfpPfmemallocAllowed: true,
  shouldAllocRetry: true,
  compactionZonelistSuitable: true,
};

/** Rules that answer yes or no, and hand back what they changed beside it. */
const DECIDING_WITH_CHANGES: ReadonlySet<string> = new Set<RuleName>([
  'pfmemallocWatermarkOk',
  'allowDirectReclaim',
  'prepareKswapdSleep',
  'shouldReclaimRetry',
  'shouldCompactRetry',
  'unreserveHighatomicPageblock',
  'rmqueue',
]);

/** The small-step machines of a kernel. */
export type Stepping = 'kswapd' | 'directReclaim' | 'allocator';

/** Whether a rule answers yes or no. */
export const decides = (rule: string): boolean => Object.hasOwn(DECIDING, rule) || DECIDING_WITH_CHANGES.has(rule);

const MARKS = ['minWmarkPages', 'lowWmarkPages', 'highWmarkPages'] as const satisfies readonly RuleName[];

/** What both kswapd and direct reclaim ask. */
const RECLAIM = [
  ...MARKS,
  '__zoneWatermarkOk',
  'zoneWatermarkOk',
  'zoneWatermarkOkSafe',
  'zoneReclaimablePages',
  'zoneReclaimable',
  'fillContigPageInfo',
  '__fragmentationIndex',
  'fragmentationIndex',
  '__compactionSuitable',
  'compactionSuitable',
  'pfmemallocWatermarkOk',
  'allowDirectReclaim',
  'shrinkZone',
  'shrinkNode',
] as const satisfies readonly RuleName[];

/** The rules that cases of these kinds can reach; those of whole machines can reach all that there are. */
const RULES: Readonly<Record<'setup' | 'scenario' | 'direct', readonly RuleName[]>> = {
  setup: [
    ...MARKS,
    'calculateNormalThreshold',
    'calculatePressureThreshold',
    'calculateTotalreservePages',
    'calculateZoneInactiveRatio',
    'initPerZoneWmarkMin',
    'nrFreeBufferPages',
    'refreshZoneStatThresholds',
    'setupPerZoneInactiveRatio',
    'setupPerZoneLowmemReserve',
    'setupPerZoneWmarks',
    'swapSetup',
  ],
  scenario: [
    ...RECLAIM,
    'zoneBalanced',
    'pgdatBalanced',
    'pgdatWatermarkBoosted',
    'prepareKswapdSleep',
    'wakeupKswapd',
    'kswapdClasszoneIdx',
    'kswapdHighestZoneidx',
  ],
  direct: [...RECLAIM, 'compactionReady', 'gfpZone'],
};

const STEPPING: Readonly<Record<CaseKind, readonly Stepping[]>> = {
  setup: [],
  question: [],
  scenario: ['kswapd'],
  direct: ['directReclaim'],
  machine: ['kswapd', 'directReclaim', 'allocator'],
};

/** The small-step machines that cases of some kinds can enter. */
export const steppingOf = (kinds: ReadonlySet<CaseKind>): ReadonlySet<Stepping> =>
  new Set([...kinds].flatMap((kind) => STEPPING[kind]));

const rulesOf = (kernel: Kernel): readonly RuleName[] =>
  Object.entries(kernel).flatMap(([name, value]: readonly [string, unknown]) =>
    typeof value === 'function' && name !== 'startThread' && hasRule(kernel, name as RuleName)
      ? [name as RuleName]
      : [],
  );

/**
 * The rules that a rule asks, as its own source has them, or that of the rule in the kernel that this one is made from;
 * those that it asks through other code are not among them.
 */
export function asksOf(kernel: Kernel, rule: RuleName): readonly RuleName[] {
  const sources = `${String(kernel[rule])}${String(kernels[kernel.base]?.[rule])}`;
  const named = new Set([...sources.matchAll(/\.(\w+)\s*\(/g)].map(([, name]) => name));
  return rulesOf(kernel).filter((one) => one !== rule && named.has(one));
}

/**
 * The rules of a kernel that cases of some kinds can reach. What questions reach is what is asked of them, by the
 * properties that are judged on them, and what that asks in turn.
 */
export function reachableRules(
  kernel: Kernel,
  kinds: ReadonlySet<CaseKind>,
  asked: readonly RuleName[],
): readonly RuleName[] {
  if (kinds.has('machine')) return rulesOf(kernel);
  const found = new Set<RuleName>(
    (['setup', 'scenario', 'direct'] as const).flatMap((kind) => (kinds.has(kind) ? RULES[kind] : [])),
  );
  const open = [...asked];
  for (let rule = open.pop(); rule !== undefined; rule = open.pop()) {
    if (found.has(rule)) continue;
    found.add(rule);
    open.push(...asksOf(kernel, rule));
  }
  return rulesOf(kernel).filter((rule) => found.has(rule));
}
