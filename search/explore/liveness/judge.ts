import type { Search } from '../search.ts';
import type { ChanceOf, Owed, System } from '../system.ts';
import { eachMove, type Part } from './components.ts';
import { fairSetOf, isWanted, least, type Wanted } from './fairCycle.ts';
import { GraphBuilder, type Graph } from './graph.ts';
import { EVENT, Kinds, TURN } from './kinds.ts';
import type { Lasso } from './lasso.ts';
import { refuted } from './verify.ts';
import { roundThrough, walkTo, type WalkStep } from './walk.ts';

/** What is found of an eventual property: in how many states it is owed, and a fair run that never gives it. */
export interface EventualFinding {
  readonly owed: number;
  readonly lasso?: Lasso;
  /** Why the run that was found does not show it when it is run. */
  readonly refuted?: string;
}

/** The whole space of a search that is complete, as a graph in which fair rounds are looked for. */
export class Liveness<S, M> {
  readonly #search: Search<S, M>;
  readonly #system: System<S, M>;
  readonly #kinds: Kinds<S, M>;
  readonly #graph: Graph;

  constructor(search: Search<S, M>, system: System<S, M>, kinds: Kinds<S, M>, graph: Graph) {
    this.#search = search;
    this.#system = system;
    this.#kinds = kinds;
    this.#graph = graph;
  }

  /** Looks for a fair run that owes what a property promises, and never gives it; to each that it is owed to. */
  find(property: Owed<S, M>): EventualFinding {
    let owed = 0;
    for (let who = 0; who < property.owedTo; who++) {
      const found = this.#findFor(property, who);
      owed += found.owed;
      if (found.lasso !== undefined || found.refuted !== undefined) return { ...found, owed };
    }
    return { owed };
  }

  #findFor(property: Owed<S, M>, who: number): EventualFinding {
    const { from, until, givenBy, ceases, underLoad } = property;
    const { states } = this.#graph;
    const without = new Uint8Array(states);
    const sources: number[] = [];
    for (let i = 0; i < states; i++) {
      const state = this.#search.state(i);
      if (until(state, who)) continue;
      without[i] = 1;
      if (from(state, who)) sources.push(i);
    }
    const gives = this.#kinds.ofChance(givenBy);
    const anyMove: Part = { graph: this.#graph, inside: without, uses: (kinds) => (kinds & gives) === 0 };
    const owing: Part = { ...anyMove, inside: reachable(anyMove, sources) };
    const owed = sources.length;
    const over = gives | this.#kinds.ofChance(ceases) | (underLoad ? 0 : EVENT);

    const end = this.#endIn(owing.inside);
    const round = end === undefined ? this.#roundIn(owing, over, property) : [];
    if (round === undefined) return { owed };
    const stem = this.#stemTo(end ?? round[0]!.from, anyMove, sources);
    const lasso = this.#system.lassoOf(stem, this.#movesOf(round));
    const why = refuted(this.#system, { owed: property, who, lasso, kinds: this.#kinds, over });
    return why === undefined ? { owed, lasso } : { owed, refuted: why };
  }

  /** A fair round in a part, without moves of some kinds. */
  #roundIn(owing: Part, over: number, { chances: wanted }: Owed<S, M>): readonly WalkStep[] | undefined {
    const { states } = this.#graph;
    const goingOn: Part = { ...owing, uses: (kinds) => (kinds & over) === 0 };
    const chances = wanted.map((chance) => this.#wanted(chance));
    const found = fairSetOf(goingOn, { always: TURN, ifPossible: chances }, indices(states));
    if (found === undefined) return undefined;
    const inside = new Uint8Array(states);
    for (const state of found) inside[state] = 1;
    const owned = chances.filter((chance) => found.some((state) => isWanted(this.#graph, state, chance)));
    return roundThrough({ ...goingOn, inside }, least(found), [TURN, ...owned.map(({ kind }) => kind)]);
  }

  #wanted(chance: ChanceOf<S, M>): Wanted {
    const kind = this.#kinds.ofChance(chance);
    const { asked } = chance;
    if (asked === undefined) return { kind };
    return {
      kind,
      asked: Uint8Array.from({ length: this.#graph.states }, (_, i) => (asked(this.#search.state(i)) ? 1 : 0)),
    };
  }

  /** A state that nothing leads on from, although something is owed there. */
  #endIn(owing: Uint8Array): number | undefined {
    const { first } = this.#graph;
    const end = owing.findIndex((is, state) => is === 1 && first[state] === first[state + 1]);
    return end < 0 ? undefined : end;
  }

  /** The moves from a start to a state, through one where it is owed and on without its being given. */
  #stemTo(state: number, anyMove: Part, sources: readonly number[]): readonly M[] {
    const search = this.#search;
    if (sources.includes(state)) return search.movesAlong(search.wayTo(state));
    const walk = walkTo(anyMove, sources, ({ to }) => to === state)!;
    return [...search.movesAlong(search.wayTo(walk[0]!.from)), ...this.#movesOf(walk)];
  }

  #movesOf(walk: readonly WalkStep[]): readonly M[] {
    return walk.map(({ from, to, kinds }) => {
      const before = this.#search.state(from);
      return this.#search.moveTo(from, to, (move, next) => this.#kinds.of(before, move, next) === kinds);
    });
  }
}

/** The space of a search as such a graph; undefined if it is told not to go on before. */
export function livenessOf<S, M>(
  search: Search<S, M>,
  system: System<S, M>,
  owed: readonly Owed<S, M>[],
  goOn: () => boolean,
): Liveness<S, M> | undefined {
  const kinds = new Kinds(owed, system.isEvent);
  const space = system.bare();
  const { states } = search.counts;
  const builder = new GraphBuilder(states);
  for (let i = 0; i < states; i++) {
    if (i % ASKED_EVERY === 0 && !goOn()) return undefined;
    const state = search.state(i);
    space.expand(state, (next, move) => {
      builder.add(search.indexOf(next), kinds.of(state, move, next));
    });
    builder.next();
  }
  return new Liveness(search, system, kinds, builder.graph());
}

/** States after which it is asked whether to go on. */
const ASKED_EVERY = 256;

function* indices(count: number): Generator<number> {
  for (let i = 0; i < count; i++) yield i;
}

/** The states of a part that some of them lead to, and these. */
function reachable(part: Part, from: readonly number[]): Uint8Array {
  const found = new Uint8Array(part.graph.states);
  const stack = [...from];
  for (const state of from) found[state] = 1;
  while (stack.length > 0) {
    eachMove(part, stack.pop()!, (to) => {
      if (found[to] === 1) return;
      found[to] = 1;
      stack.push(to);
    });
  }
  return found;
}
