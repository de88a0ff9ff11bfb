import { hasRule, type AllocFlags, type Kernel, type RuleName, type System, type Zone } from '../../model/index.ts';

type AnyRule = (...args: readonly unknown[]) => unknown;

/** The rules that kswapd and those who wake it decide by. */
const LOOP_RULES: readonly RuleName[] = [
  '__zoneWatermarkOk',
  'zoneWatermarkOk',
  'zoneWatermarkOkSafe',
  'zoneReclaimable',
  '__compactionSuitable',
  'compactionSuitable',
  'zoneBalanced',
  'pgdatBalanced',
  'pgdatWatermarkBoosted',
  'prepareKswapdSleep',
  'pfmemallocWatermarkOk',
  'allowDirectReclaim',
];

/** Those that the page allocator and direct reclaim decide by beside them. */
const TASK_RULES: readonly RuleName[] = [
  'zoneWatermarkFast',
  'zoneAllowsReclaim',
  'zlcZoneWorthTrying',
  'gfpPfmemallocAllowed',
  'shouldAllocRetry',
  'shouldReclaimRetry',
  'shouldCompactRetry',
  'compactionZonelistSuitable',
  'compactionReady',
];

/** The rules of a kernel that kswapd decides by, or a whole machine with its tasks. */
export const decidingRules = (kernel: Kernel, withTasks: boolean): readonly RuleName[] =>
  [...LOOP_RULES, ...(withTasks ? TASK_RULES : [])].filter((rule) => hasRule(kernel, rule));

/** A rule that decides by comparisons of its own: what these are called, and which of them decided. */
export interface OwnClauses {
  readonly names: readonly string[];
  readonly decided: (answer: boolean, args: readonly unknown[]) => string;
}

/** The comparisons of a rule that are no other rule's; undefined if it has no more than one. */
export function ownClauses(kernel: Kernel, rule: string): OwnClauses | undefined {
  if (rule === '__zoneWatermarkOk') return markClauses(kernel);
  return rule === 'pgdatBalanced' ? balanceClauses(kernel) : undefined;
}

/** Which comparison of the watermark check decided: asked again for single pages, without the reserve and with it. */
function markClauses(kernel: Kernel): OwnClauses {
  const blocks = hasRule(kernel, 'shrinkNode') ? 'freeList' : 'orderWalk';
  const rule = kernel.__zoneWatermarkOk as AnyRule;
  const decided: OwnClauses['decided'] = (answer, args) => {
    const [, system, zone, order, mark, zoneIdx, flags, free] = args as [
      Kernel,
      System,
      Zone,
      number,
      number,
      number,
      AllocFlags,
      number,
    ];
    if (answer) return order === 0 ? 'yes at order 0' : `yes by ${blocks}`;
    const single = (more: number): unknown =>
      rule(kernel, system, zone, 0, mark, zoneIdx, flags, free - ((1 << order) - 1) + more);
    if (order > 0 && single(0) === true) return `no by ${blocks}`;
    const reserve = zone.lowmemReserve[zoneIdx]!;
    return reserve > 0 && single(reserve) === true ? 'no by reserve' : 'no by mark';
  };
  return { names: ['yes at order 0', `yes by ${blocks}`, 'no by mark', 'no by reserve', `no by ${blocks}`], decided };
}

/** For a high order v4.0 asks for a quarter of the node; for order 0 for every zone. */
function balanceClauses(kernel: Kernel): OwnClauses {
  const high = hasRule(kernel, 'zoneBalanced') && !hasRule(kernel, 'shrinkNode') ? 'by quarter' : 'at a high order';
  return {
    names: ['yes at order 0', 'no at order 0', `yes ${high}`, `no ${high}`],
    decided: (answer, args) => `${answer ? 'yes' : 'no'} ${args[3] === 0 ? 'at order 0' : high}`,
  };
}

/** The rules that a rule asks, as its own source has them; those that it asks through others are not among them. */
export function asksOf(kernel: Kernel, rule: RuleName): readonly RuleName[] {
  const named = [...String(kernel[rule]).matchAll(/\.(\w+)\s*\(/g)].map(([, name]) => name!);
  return [...new Set(named)].filter((name): name is RuleName => decides(kernel, name));
}

const decides = (kernel: Kernel, name: string): boolean => decidingRules(kernel, true).some((rule) => rule === name);
