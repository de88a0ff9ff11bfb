import type { WholeScope } from '../../../kernel/schema/wholeScope.ts';
import {
  GFP_FS,
  hasRule,
  isDone,
  isYieldPoint,
  machineOf,
  zonerefAtHand,
  zoneAtHand,
  type Kernel,
  type Mover,
  type WholeAnswer,
  type WholeEvent,
  type WholeMachine,
  type WholeTask,
  type WholeTurn,
} from '../../../model/index.ts';
import { shrunkOf } from '../machine/shrunk.ts';

const NOTHING: readonly WholeAnswer[] = [{}];
const NONE: readonly WholeAnswer[] = [];

/** What the environment of a scope may answer to whoever waits in a machine, turn by turn. */
export class WholeChoices {
  readonly #scope: WholeScope;
  readonly #kernel: Kernel;
  /** Whether whole nodes are shrunk. */
  readonly #byNode: boolean;

  constructor(scope: WholeScope, kernel: Kernel) {
    this.#scope = scope;
    this.#kernel = kernel;
    this.#byNode = hasRule(kernel, 'shrinkNode');
  }

  /** Every turn that may be taken. */
  turns(w: WholeMachine): readonly WholeTurn[] {
    const events = this.#events(w).map((event) => [event]);
    const { pgdats } = w.memory;
    const moved = [
      ...pgdats.flatMap((_, kswapd) => this.#turnsOf({ kswapd }, this.#ofKswapd(w, kswapd), events)),
      ...w.tasks.flatMap((_, task) => this.#turnsOf({ task }, this.#ofTask(w, task), events)),
    ];
    const timePasses = w.tasks.some(({ held }) => held.some(({ until }) => until < Infinity));
    return moved.length > 0 || !timePasses ? moved : [IDLE];
  }

  #turnsOf(who: Mover, answers: readonly WholeAnswer[], events: readonly (readonly WholeEvent[])[]): WholeTurn[] {
    const turns: WholeTurn[] = [];
    for (const answer of answers) {
      const turn: WholeTurn = { who, ...answer };
      turns.push(turn);
      for (const happening of events) turns.push({ ...turn, events: happening });
    }
    return turns;
  }

  #events({ memory, tasks }: WholeMachine): readonly WholeEvent[] {
    const { swap = [], kill } = this.#scope.events;
    const swaps = swap.filter((pages) => pages !== memory.system.swapPages).map((pages) => ({ swap: pages }));
    const killable = kill === true ? [...tasks.keys()].filter((task) => !tasks[task]!.killed) : [];
    return [...swaps, ...killable.map((task) => ({ kill: { task } }))];
  }

  #ofKswapd(w: WholeMachine, index: number): readonly WholeAnswer[] {
    const { turns } = this.#scope;
    const { system, node, thread, waits } = machineOf(w.memory, index);
    const { at, balance, nodeBalance } = thread;
    if (at === 'stopped') return NONE;
    if (!isYieldPoint(at)) return NOTHING;
    switch (at) {
      case 'sleep':
        return waits.woken ? NOTHING : NONE;
      case 'shortSleep':
        return waits.woken ? turns.remaining.map((remaining) => ({ remaining })) : NOTHING;
      case 'compact':
        return this.#merges(w, [index]);
      case 'shrink': {
        const isShrunk = (zone: number): boolean =>
          this.#byNode ? zone <= nodeBalance.reclaimIdx : zone === balance.zone;
        return shrunkOf(turns, this.#kernel, system, node, isShrunk);
      }
      default:
        return at satisfies never;
    }
  }

  #ofTask(w: WholeMachine, index: number): readonly WholeAnswer[] {
    const task = w.tasks[index]!;
    const { allocation, reclaim } = task;
    if (reclaim !== null) return reclaim.at === 'throttled' ? this.#ofThrottled(task) : this.#ofReclaiming(w, task);
    if (allocation === null) return isDone(task) ? NONE : NOTHING;
    const { memory } = w;
    switch (allocation.at) {
      case 'compact': {
        const answers: WholeAnswer[] = [];
        for (const compactResult of this.#scope.turns.compactResult) {
          for (const merge of this.#merges(w, [...memory.pgdats.keys()])) answers.push({ compactResult, ...merge });
        }
        return answers;
      }
      case 'zoneReclaim':
      case 'nodeReclaim': {
        const [node, zone] = zonerefAtHand(memory, allocation);
        const highest = allocation.context.highZoneidx;
        return this.#shrunk(w, node, this.#byNode ? (z) => z <= highest : (z) => z === zone);
      }
      default:
        return NOTHING;
    }
  }

  /** A task in direct reclaim shrinks the zone at hand, or its node up to the highest zone that it may use. */
  #ofReclaiming(w: WholeMachine, { reclaim }: WholeTask): readonly WholeAnswer[] {
    const [node, zone] = zoneAtHand(reclaim!);
    const { reclaimIdx } = reclaim!.sc;
    return this.#shrunk(w, node, this.#byNode ? (z) => z <= reclaimIdx : (z) => z === zone);
  }

  /** A throttled task goes on once it is let go; by a signal or a second, if the scope has such. */
  #ofThrottled({ reclaim, killed }: WholeTask): readonly WholeAnswer[] {
    const { signal = [], timeout } = this.#scope.turns;
    const interruptible = (reclaim!.gfpMask & GFP_FS) === 0;
    const signals = signal.filter((one) => one === 'fatal' || interruptible).map((one) => ({ signal: one }));
    return [
      ...(reclaim!.woken || killed ? NOTHING : NONE),
      ...signals,
      ...(timeout === true && interruptible ? [{ timeout }] : []),
    ];
  }

  #shrunk({ memory }: WholeMachine, index: number, isShrunk: (zone: number) => boolean): readonly WholeAnswer[] {
    const { system, node } = machineOf(memory, index);
    return shrunkOf(this.#scope.turns, this.#kernel, system, node, isShrunk);
  }

  /** Blocks of some nodes that merge, or none. */
  #merges({ memory }: WholeMachine, nodes: readonly number[]): readonly WholeAnswer[] {
    const merges = nodes.flatMap((node) =>
      memory.pgdats[node]!.node.zones.flatMap(({ freeArea }, zone) =>
        this.#scope.turns.merged
          .filter(({ from, to }) => freeArea.lists.movable[from]! >= 1 << (to - from))
          .map(({ from, to, count }) => ({ merge: [{ node, zone, from, to, count }] })),
      ),
    );
    return [{}, ...merges];
  }
}

/** Nobody can move, and time passes. */
const IDLE: WholeTurn = { who: { kswapd: 0 } };
