import fc from 'fast-check';
import { arbitraryOrder } from '../zone/aim.ts';
import type { Generation } from '../generation.ts';
import { record } from '../record.ts';

/** What a turn means to do; how many pages that is shows when the machine has come so far. */
export interface TurnPlan {
  readonly reclaim: Reclaim;
  /** How much `few` and `some` are. */
  readonly amount: number;
  readonly scan: Scan;
  readonly merge: MergePlan | undefined;
  readonly events: readonly EventPlan[];
  /** Jiffies left if the short sleep is cut short. */
  readonly remaining: number;
}

/** Pages that each zone gives up: as asked for, up to where a rule turns, or one less. */
export type Reclaim =
  | 'none'
  | 'few'
  | 'cluster'
  | 'asked'
  | 'askedLess'
  | 'twice'
  | 'twiceLess'
  | 'balance'
  | 'balanceLess'
  | 'all'
  | 'boost'
  | 'boostLess';

/** Pages scanned: just those reclaimed, as many as asked for, up to where the zone is given up, or one less. */
export type Scan = 'reclaimed' | 'some' | 'asked' | 'askedLess' | 'limit' | 'limitLess' | 'many';

export interface MergePlan {
  readonly zone: number;
  readonly from: number;
  readonly steps: number;
  readonly count: number;
}

/** How many pages an allocation takes: some blocks, 8ths of what is free, or down to a mark and `off` more. */
export type Take =
  | { readonly by: 'blocks'; readonly count: number }
  | { readonly by: 'part'; readonly eighths: number }
  | { readonly by: 'mark'; readonly mark: 'min' | 'low' | 'high' | 'halfMin'; readonly off: number };

/** The order of a wake-up: the allocation's own, or in relation to what is pending or being served. */
export type WakeOrder = 'own' | 'pending' | 'pendingAbove' | 'pendingBelow' | 'served' | 'servedAbove';

export interface WakePlan {
  readonly order: WakeOrder;
  /** The zone index asked for, raised to that of the zone; negative: the lowest. */
  readonly zoneIdx: number;
  /** Whether the allocator may reclaim and compact by itself; left out in v4.0, which does not ask. */
  readonly directReclaim: boolean | undefined;
}

export type EventPlan =
  | {
      readonly does: 'allocate';
      readonly zone: number;
      readonly order: number;
      readonly take: Take;
      readonly wake: WakePlan | undefined;
    }
  | { readonly does: 'free'; readonly zone: number; readonly order: number; readonly take: Take }
  /** Pages that tasks hold become page cache. */
  | { readonly does: 'cache'; readonly zone: number; readonly take: Take }
  | { readonly does: 'wake'; readonly zone: number; readonly order: number; readonly wake: WakePlan }
  /** Every zone is taken from, as one allocator after the other falls back to a lower zone. */
  | { readonly does: 'drain'; readonly order: number; readonly take: Take; readonly wake: WakePlan | undefined }
  /** The marks of a zone are boosted by so many 8ths of its high mark. */
  | { readonly does: 'boost'; readonly zone: number; readonly eighths: number }
  | { readonly does: 'throttle' | 'pfmemallocCheck' | 'freeze' }
  | { readonly does: 'bufferHeads'; readonly over: boolean }
  | { readonly does: 'swap'; readonly pages: number };

const zone = fc.integer({ min: 0, max: 4 });

const take: fc.Arbitrary<Take> = fc.oneof(
  { weight: 3, arbitrary: record({ by: fc.constant('blocks' as const), count: fc.integer({ min: 1, max: 40 }) }) },
  { weight: 1, arbitrary: record({ by: fc.constant('part' as const), eighths: fc.integer({ min: 1, max: 8 }) }) },
  {
    weight: 4,
    arbitrary: record({
      by: fc.constant('mark' as const),
      mark: fc.constantFrom('low', 'low', 'min', 'high', 'halfMin'),
      off: fc.constantFrom(0, -1, 1, -20),
    }),
  },
);

const arbitraryWake = ({ byNode }: Generation) =>
  record<WakePlan>({
    order: fc.constantFrom<WakeOrder[]>(
      'own',
      'own',
      'pending',
      'pendingAbove',
      'pendingBelow',
      'served',
      'servedAbove',
    ),
    zoneIdx: fc.constantFrom(0, 1, 2, 3, 4, 4, -1, -1),
    directReclaim: byNode ? fc.constantFrom(true, true, false) : fc.constant(undefined),
  });

function arbitraryEvent(generation: Generation): fc.Arbitrary<EventPlan> {
  const wake = arbitraryWake(generation);
  const optionalWake = fc.option(wake, { nil: undefined, freq: 4 });
  return fc.oneof(
    {
      weight: generation.byNode ? 12 : 24,
      arbitrary: record({
        does: fc.constant('allocate' as const),
        zone,
        order: arbitraryOrder,
        take,
        wake: optionalWake,
      }),
    },
    { weight: 8, arbitrary: record({ does: fc.constant('free' as const), zone, order: arbitraryOrder, take }) },
    { weight: 4, arbitrary: record({ does: fc.constant('cache' as const), zone, take }) },
    {
      weight: generation.byNode ? 12 : 8,
      arbitrary: record({ does: fc.constant('wake' as const), zone, order: arbitraryOrder, wake }),
    },
    { weight: 8, arbitrary: record({ does: fc.constantFrom('throttle', 'pfmemallocCheck') }) },
    { weight: generation.byNode ? 3 : 1, arbitrary: fc.constant<EventPlan>({ does: 'freeze' }) },
    { weight: 1, arbitrary: record({ does: fc.constant('bufferHeads' as const), over: fc.boolean() }) },
    {
      weight: 1,
      arbitrary: record({
        does: fc.constant('swap' as const),
        pages: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 4096 })),
      }),
    },
    {
      weight: generation.byNode ? 20 : 0,
      arbitrary: record({
        does: fc.constant('drain' as const),
        order: arbitraryOrder,
        take,
        wake: optionalWake,
      }),
    },
    {
      weight: generation.boosts ? 4 : 0,
      arbitrary: record({ does: fc.constant('boost' as const), zone, eighths: fc.constantFrom(0, 1, 4, 12) }),
    },
  );
}

const merge = record<MergePlan>({
  zone,
  from: fc.constantFrom(0, 0, 0, 0, 1, 2),
  steps: fc.constantFrom(1, 1, 2, 3, 4, 10),
  count: fc.constantFrom(1, 2, 8, 100),
});

/** What reclaim comes to throughout a script: kinds of reclaim and scan, the likelier ones more than once. */
interface Temperament {
  readonly reclaim: readonly Reclaim[];
  readonly scan: readonly Scan[];
}

/** Pages for boosts, where there are any. */
const boosting = ({ boosts }: Generation): readonly Reclaim[] => (boosts ? ['boost', 'boostLess'] : []);

const PRODUCTIVE: Temperament = {
  reclaim: ['few', 'cluster', 'asked', 'asked', 'balance', 'balance', 'balance', 'balance', 'twice', 'all', 'all'],
  scan: ['reclaimed', 'asked', 'asked', 'askedLess', 'some', 'many'],
};
const MIXED: Temperament = {
  reclaim: ['none', 'none', 'few', 'cluster', 'asked', 'askedLess', 'balanceLess', 'balance', 'twice', 'twiceLess'],
  scan: ['reclaimed', 'asked', 'askedLess', 'some', 'limit', 'limitLess', 'many'],
};
const HOPELESS: Temperament = {
  reclaim: ['none', 'none', 'none', 'none', 'none', 'none', 'none', 'few'],
  scan: ['reclaimed', 'asked', 'askedLess', 'some', 'some', 'limit', 'limitLess', 'many'],
};

/** A little at a time, with little looked at: the priority rises while something is reclaimed. */
const GENTLE: Temperament = {
  reclaim: ['few', 'few', 'few', 'few', 'boostLess'],
  scan: ['reclaimed', 'some'],
};

/** How much happens beside kswapd: the most events in one turn, and that there may be some in one of so many. */
interface Bustle {
  readonly most: number;
  readonly every: number;
}
const QUIET: Bustle = { most: 2, every: 6 };
const TRICKLE: Bustle = { most: 1, every: 1 };
const BURST: Bustle = { most: 4, every: 1 };

function script(
  { reclaim, scan }: Temperament,
  { most, every }: Bustle,
  generation: Generation,
): fc.Arbitrary<readonly TurnPlan[]> {
  const some = fc.array(arbitraryEvent(generation), { maxLength: most, size: 'max' });
  const none = { weight: every - 1, arbitrary: fc.constant<readonly EventPlan[]>([]) };
  const turn = record<TurnPlan>({
    reclaim: fc.constantFrom(...reclaim, ...boosting(generation)),
    amount: fc.integer({ min: 0, max: 31 }),
    scan: fc.constantFrom(...scan),
    merge: fc.option(merge, { nil: undefined, freq: 2 }),
    events: every === 1 ? some : fc.oneof(none, { weight: 1, arbitrary: some }),
    remaining: fc.constantFrom(0, 1, 10, 24),
  });
  return fc.oneof(
    { weight: 2, arbitrary: fc.array(turn, { maxLength: 8, size: 'max' }) },
    { weight: 6, arbitrary: fc.array(turn, { maxLength: 30, size: 'max' }) },
    { weight: 1, arbitrary: fc.array(turn, { maxLength: 60, size: 'max' }) },
  );
}

/** Plans of a whole script, each of one temperament: reclaim goes well, or now and then, or not at all. */
export const arbitraryPlans = (generation: Generation): fc.Arbitrary<readonly TurnPlan[]> =>
  fc.oneof(
    { weight: generation.byNode ? 5 : 0, arbitrary: script(PRODUCTIVE, QUIET, generation) },
    { weight: 3, arbitrary: script(PRODUCTIVE, TRICKLE, generation) },
    { weight: 2, arbitrary: script(PRODUCTIVE, BURST, generation) },
    { weight: 3, arbitrary: script(MIXED, TRICKLE, generation) },
    { weight: 2, arbitrary: script(MIXED, BURST, generation) },
    { weight: 2, arbitrary: script(HOPELESS, TRICKLE, generation) },
    { weight: 1, arbitrary: script(HOPELESS, BURST, generation) },
    { weight: generation.boosts ? 2 : 0, arbitrary: script(GENTLE, TRICKLE, generation) },
  );
