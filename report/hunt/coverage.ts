import type { Kernel, RuleName } from '../../model/index.ts';
import type { CaseKind } from '../../properties/index.ts';
import { partsOf } from '../kernels/parts.ts';
import { asksOf, decides, reachableRules, steppingOf, type Stepping } from './reachable.ts';

/** Things of which some were reached. */
export interface Reached {
  readonly of: number;
  /** The names of those that never were. */
  readonly never: readonly string[];
}

/** What the cases of a hunt reached of a kernel, of what cases of their kinds can reach. */
export interface Coverage {
  /** Rules that were asked. */
  readonly rules: Reached;
  /** Answers of rules that say yes or no. */
  readonly answers: Reached;
  /** Clauses of such rules: what each was told by another one, as `zoneBalanced > zoneWatermarkOkSafe: no`. */
  readonly clauses: Reached;
  /** Steps that were taken, of kswapd, direct reclaim and the page allocator. */
  readonly steps: Reached;
  /** Ways from one such step to the next that were taken. */
  readonly ways: Reached;
  /** How many different things were met of kinds of which nobody can say how many there are. */
  readonly met: Readonly<Record<string, number>>;
}

const reachedOf = (all: readonly string[], reached: ReadonlySet<string>): Reached => ({
  of: all.length,
  never: all.filter((one) => !reached.has(one)),
});

/** The ways that lead from each step of a kernel to the next, as `kswapd.readRequest > checkRequest`. */
function waysOf(kernel: Kernel): readonly string[] {
  const machines = { kswapd: kernel, directReclaim: kernel.directReclaim, allocator: kernel.allocator };
  return Object.entries(machines).flatMap(([name, { transitions, yields }]) =>
    Object.entries({ ...transitions, ...yields }).flatMap(([at, { to }]) =>
      to.map((next: string) => `${name}.${at} > ${next}`),
    ),
  );
}

const bothOf = (clause: string): readonly string[] => [`${clause}: yes`, `${clause}: no`];

/** The features of one kind, without its name. */
const ofKind = (reached: readonly string[], kind: string): readonly string[] =>
  reached.filter((feature) => feature.startsWith(`${kind} `)).map((feature) => feature.slice(kind.length + 1));

/** What nobody asks inside of a rule or a step is asked by a property. */
const BY_PROPERTY = '- > ';

/** What was reached of a kernel by cases of some kinds, from the names of all features that were. */
export function coverageOf(kernel: Kernel, kinds: ReadonlySet<CaseKind>, reached: ReadonlySet<string>): Coverage {
  const all = [...reached].toSorted();
  const answers = new Set(ofKind(all, 'rule'));
  const told = ofKind(all, 'asked');
  const taken = ofKind(all, 'steps').map((name) => name.split(' > ') as [string, string, string]);
  const byProperties = told
    .filter((one) => one.startsWith(BY_PROPERTY))
    .map((one) => nameIn(one.slice(BY_PROPERTY.length)));
  const rules = reachableRules(kernel, kinds, byProperties as readonly RuleName[]);
  const clauses = clausesOf(kernel, rules, told);
  const stepping = steppingOf(kinds);
  const isEntered = (step: string): boolean => stepping.has(step.slice(0, step.indexOf('.')) as Stepping);
  return {
    rules: reachedOf(rules, new Set([...answers].map(nameIn))),
    answers: reachedOf(rules.filter(decides).flatMap(bothOf), answers),
    clauses: reachedOf(clauses.flatMap(bothOf), new Set(told)),
    steps: reachedOf(
      [...partsOf(kernel).keys()].filter((name) => name.includes('.') && isEntered(name)),
      new Set(taken.map(([, step]) => step)),
    ),
    ways: reachedOf(
      waysOf(kernel).filter(isEntered),
      new Set(taken.map(([, step, next]) => `${step} > ${next.slice(next.indexOf('.') + 1)}`)),
    ),
    met: metOf(all),
  };
}

/** The rule in `zoneBalanced: yes`. */
const nameIn = (answer: string): string => answer.slice(0, answer.indexOf(':'));

/** What rules that say yes or no can be told by others that do, and what they were told through other code. */
function clausesOf(kernel: Kernel, rules: readonly RuleName[], told: readonly string[]): readonly string[] {
  const heard = new Set(told.map(nameIn));
  const deciding = rules.filter(decides);
  return deciding.flatMap((rule) => {
    const asks = new Set(asksOf(kernel, rule));
    return deciding
      .filter((other) => asks.has(other) || heard.has(`${rule} > ${other}`))
      .map((other) => `${rule} > ${other}`);
  });
}

function metOf(reached: readonly string[]): Readonly<Record<string, number>> {
  const met: Record<string, number> = {};
  for (const feature of reached) {
    const kind = feature.slice(0, feature.indexOf(' '));
    if (kind !== 'rule') met[kind] = (met[kind] ?? 0) + 1;
  }
  return met;
}
