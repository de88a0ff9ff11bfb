import {
  allocFlagsOf,
  hasRule,
  makeMachine,
  makeNode,
  makeSetupMachine,
  type Kernel,
  type Machine,
  type Node,
  type Question,
  type QuestionArgs,
  type RuleName,
  type SetupCase,
  type SetupMachine,
  type System,
  type Zone,
} from '../../model/index.ts';

/** A state, and what its rules are asked with. */
interface Asked {
  readonly system: System;
  readonly node: Node;
  readonly zone: Zone;
  readonly args: QuestionArgs;
  readonly allocFlags: number;
}

interface ComparisonOf<Kind, Subject> {
  /** The rule, by the names that it went by, the latest first. A kernel is asked by the first that it has. */
  readonly rules: readonly [RuleName, ...RuleName[]];
  readonly kind: Kind;
  readonly ask: (k: Kernel, subject: Subject) => unknown;
}

/** A rule that two kernels are asked alike, and how. */
export type Comparison = ComparisonOf<'question', Asked> | ComparisonOf<'setup', SetupMachine>;

/** The state of a question. */
export function askedOf({ system, node: written, args }: Question): Asked {
  const node = makeNode(written);
  return { system, node, zone: node.zones[args.zone]!, args, allocFlags: allocFlagsOf(args.allocFlags) };
}

/** A kernel's machine in the state: kswapd waits, and so does a task that was throttled. */
function machineOf(k: Kernel, { system, node }: Asked): Machine {
  const machine = makeMachine(k, system, node);
  return { ...machine, waits: { ...machine.waits, queued: true, throttled: 1 } };
}

/** The machine of a set-up, before it. */
export const setupOf = ({ nodes, args }: SetupCase): SetupMachine => makeSetupMachine(nodes, args);

type Ask = (k: Kernel, asked: Asked) => unknown;

const onState = (rules: Comparison['rules'], ask: Ask): Comparison => ({ rules, kind: 'question', ask });

const SETUP_RULES = [
  'swapSetup',
  'nrFreeBufferPages',
  'calculateTotalreservePages',
  'setupPerZoneWmarks',
  'setupPerZoneLowmemReserve',
  'refreshZoneStatThresholds',
  'setupPerZoneInactiveRatio',
  'initPerZoneWmarkMin',
] as const satisfies readonly RuleName[];

/** Every rule that can be asked about a state or a machine before set-up, rules before those that ask them. */
export const comparisons: readonly Comparison[] = [
  onState(['minWmarkPages'], (k, { zone }) => k.minWmarkPages(k, zone)),
  onState(['lowWmarkPages'], (k, { zone }) => k.lowWmarkPages(k, zone)),
  onState(['highWmarkPages'], (k, { zone }) => k.highWmarkPages(k, zone)),
  onState(['__zoneWatermarkOk'], (k, { system, zone, args: { order, mark, zoneIdx }, allocFlags }) =>
    k.__zoneWatermarkOk(k, system, zone, order, mark, zoneIdx, allocFlags, zone.freeArea.pages),
  ),
  onState(['zoneWatermarkOk'], (k, { system, zone, args: { order, mark, zoneIdx }, allocFlags }) =>
    k.zoneWatermarkOk(k, system, zone, order, mark, zoneIdx, allocFlags),
  ),
  onState(['zoneWatermarkOkSafe'], (k, { system, zone, args: { order, mark, zoneIdx } }) =>
    k.zoneWatermarkOkSafe(k, system, zone, order, mark, zoneIdx, 0),
  ),
  onState(['zoneReclaimablePages'], (k, { system, zone }) => k.zoneReclaimablePages(k, system, zone)),
  onState(['zoneReclaimable'], (k, { system, zone }) => k.zoneReclaimable(k, system, zone)),
  onState(['fillContigPageInfo'], (k, { zone, args }) => k.fillContigPageInfo(k, zone, args.order)),
  onState(['fragmentationIndex'], (k, { zone, args }) => k.fragmentationIndex(k, zone, args.order)),
  onState(['compactionSuitable'], (k, { system, zone, args: { order, zoneIdx }, allocFlags }) =>
    k.compactionSuitable(k, system, zone, order, allocFlags, zoneIdx),
  ),
  onState(['zoneBalanced'], (k, { system, zone, args: { order, balanceGap, zoneIdx } }) =>
    k.zoneBalanced(k, system, zone, order, balanceGap, zoneIdx),
  ),
  onState(['pgdatBalanced'], (k, { system, node, args }) => k.pgdatBalanced(k, system, node, args.order, args.zoneIdx)),
  onState(['allowDirectReclaim', 'pfmemallocWatermarkOk'], (k, asked) => {
    const m = machineOf(k, asked);
    return hasRule(k, 'allowDirectReclaim') ? k.allowDirectReclaim(k, m) : k.pfmemallocWatermarkOk(k, m);
  }),
  onState(['prepareKswapdSleep'], (k, asked) =>
    k.prepareKswapdSleep(k, machineOf(k, asked), asked.args.order, 0, asked.args.zoneIdx),
  ),
  onState(['wakeupKswapd'], (k, asked) =>
    k.wakeupKswapd(k, machineOf(k, asked), asked.args.zone, asked.args.order, asked.args.zoneIdx),
  ),
  ...SETUP_RULES.map((rule): Comparison => ({ rules: [rule], kind: 'setup', ask: (k, m) => k[rule](k, m) })),
];

/** The name that a kernel has a compared rule by; undefined if it has no such rule. */
export const ruleOf = (kernel: Kernel, { rules }: Comparison): RuleName | undefined =>
  rules.find((rule) => hasRule(kernel, rule));
