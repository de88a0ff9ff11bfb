import {
  bootWhole,
  hasRule,
  MAX_RECLAIM_RETRIES,
  takeWholeTurn,
  watchScenario,
  type AllocTask,
  type Kernel,
  type NodeBalance,
  type System,
  type WholeMachine,
  type WholeTurn,
  type Zone,
} from '../../../model/index.ts';
import {
  isOwedOnMachines,
  type AnyEventualProperty,
  type EventualProperty,
  type MachineEventualProperty,
} from '../../../properties/index.ts';
import { isWholeLasso, unrolled, type KswapdLasso, type Lasso, type WholeLasso } from './lasso.ts';

/** A state on the way of a lasso: what it is known again by, to whom something is owed and given in it. */
interface Passed {
  readonly key: string;
  readonly owed: readonly boolean[];
  readonly given: readonly boolean[];
  /** Whether the way to it gave what was owed before. */
  readonly gave: boolean;
}

/** The states that a lasso passes: up to where the rounds begin, and in each round. */
interface Way {
  readonly stem: readonly Passed[];
  readonly rounds: readonly (readonly Passed[])[];
}

/** Rounds are run until two are the same: twice as many each time, and no more than this. */
const MOST_ROUNDS = 512;

/** Numbers that grow for ever, as far as they matter; others as they are. */
const COUNTS: Readonly<Record<string, (value: never, around: never) => unknown>> = {
  failures: (runs: number) => Math.min(runs, MAX_RECLAIM_RETRIES),
  /** Twice the size of an order is the most that a run asks for; what its last round reclaimed counts too. */
  nodeBalance: ({ nrReclaimed, nrReclaimedBefore, ...run }: NodeBalance) => {
    const before = Math.min(nrReclaimedBefore, 2 << run.order);
    return [run, nrReclaimed - nrReclaimedBefore + before, before];
  },
  slow: ({ pagesReclaimed, ...slow }: AllocTask['slow'], { request }: AllocTask) => [
    slow,
    Math.min(pagesReclaimed, 1 << request.order),
  ],
};

/**
 * What a state is known again by. How many pages of a zone were scanned matters until it is given up, after which more
 * change nothing; and not at all in kernels that never ask. Times are counted from the turn at hand.
 */
function keyOf(k: Kernel, system: System, state: object, turn: number): string {
  const asks = hasRule(k, 'zoneReclaimable');
  return JSON.stringify(state, function (this: unknown, field, value: unknown) {
    if (field === 'pagesScanned') return asks && k.zoneReclaimable(k, system, this as Zone) ? value : 'given up';
    if (field === 'until') return (value as number) - turn;
    return Object.hasOwn(COUNTS, field) ? COUNTS[field]!(value as never, this as never) : value;
  });
}

function kswapdWay(k: Kernel, property: EventualProperty, lasso: KswapdLasso, rounds: number): Way {
  const { start, steps } = watchScenario(k, unrolled(lasso, rounds));
  const states: (Passed & { readonly turn: number })[] = [];
  let before = start;
  let beganRun = false;
  for (const step of steps) {
    const { kind, turn, after, records } = step;
    beganRun ||= records.some(({ ev }) => ev === 'pageoutrun');
    if (kind !== 'work' && kind !== 'event') continue;
    const gave = kind === 'work' && property.givenBy?.happens({ before, after, work: step.input, beganRun }) === true;
    states.push({
      key: keyOf(k, after.system, after, 0),
      owed: [property.from(after)],
      given: [property.until(after)],
      gave,
      turn,
    });
    before = after;
    beganRun = false;
  }
  const first = lasso.stem.script.length;
  const { length } = lasso.loop;
  const between = (from: number, to: number): readonly Passed[] =>
    states.filter(({ turn }) => turn >= from && turn < to);
  return {
    stem: between(0, first),
    rounds: Array.from({ length: rounds }, (_, r) => between(first + r * length, first + (r + 1) * length)),
  };
}

/** In a round of no turns nobody can go on: everyone tries. */
const tries = ({ memory, tasks }: WholeMachine): readonly WholeTurn[] => [
  ...memory.pgdats.map((_, kswapd) => ({ who: { kswapd } })),
  ...tasks.map((_, task) => ({ who: { task } })),
];

function wholeWay(k: Kernel, property: MachineEventualProperty, { stem, loop }: WholeLasso, rounds: number): Way {
  const start = bootWhole(k, stem);
  const everyone = Array.from({ length: property.owedTo(start) }, (_, who) => who);
  let w = start;
  let turn = 0;
  const passed = (): Passed => ({
    key: keyOf(k, w.memory.system, w, turn),
    owed: everyone.map((who) => property.from(w, who)),
    given: everyone.map((who) => property.until(w, who)),
    gave: false,
  });
  const take = (turns: readonly WholeTurn[]): readonly Passed[] =>
    turns.map((given) => {
      w = takeWholeTurn(k, w, given, { turn, observe: undefined, trace: [] });
      turn++;
      return passed();
    });
  const begins = passed();
  const led = [begins, ...take(stem.script)];
  const round = loop.length > 0 ? loop : tries(w);
  return { stem: led, rounds: Array.from({ length: rounds }, () => take(round)) };
}

function wayOf(k: Kernel, property: AnyEventualProperty, lasso: Lasso, rounds: number): Way {
  if (isWholeLasso(lasso) && isOwedOnMachines(property)) return wholeWay(k, property, lasso, rounds);
  if (!isWholeLasso(lasso) && !isOwedOnMachines(property)) return kswapdWay(k, property, lasso, rounds);
  throw new Error('the lasso is of another kind than the property');
}

/** To whom something is owed where the first round begins. */
function owedAfter(stem: readonly Passed[]): readonly boolean[] {
  let now: readonly boolean[] = stem[0]?.owed.map(() => false) ?? [];
  for (const { owed, given, gave } of stem) {
    now = now.map((was, who) => !given[who]! && ((was && !gave) || owed[who]!));
  }
  return now;
}

const isSame = (a: readonly Passed[], b: readonly Passed[]): boolean =>
  a.length > 0 && a.length === b.length && a.every(({ key }, i) => key === b[i]!.key);

/** Why a lasso is none of what is owed in the end; undefined if it goes round for ever without that being given. */
export function whyNotRound(k: Kernel, property: AnyEventualProperty, lasso: Lasso): string | undefined {
  if (lasso.loop.length === 0 && !isWholeLasso(lasso)) return whyNotSpinning(k, property, lasso);
  for (let rounds = 2; rounds <= MOST_ROUNDS; rounds *= 2) {
    const { stem, rounds: passed } = wayOf(k, property, lasso, rounds);
    const owing = owedAfter(stem);
    if (!owing.includes(true)) return 'nothing is owed where the round begins';
    if (owing.every((is, who) => !is || passed.flat().some(({ given, gave }) => gave || given[who]!)))
      return 'what is owed is given';
    if (isSame(passed.at(-2)!, passed.at(-1)!)) return undefined;
  }
  return 'the round does not come back to the same state';
}

function whyNotSpinning(k: Kernel, property: AnyEventualProperty, lasso: KswapdLasso): string | undefined {
  if (isOwedOnMachines(property)) throw new Error('the lasso is of another kind than the property');
  const { end, machine } = watchScenario(k, lasso.stem);
  if (property.until(machine)) return 'what is owed is given';
  return end === 'spinning' ? undefined : 'kswapd does not spin';
}
