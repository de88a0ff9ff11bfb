import {
  hasRule,
  type Kernel,
  type Machine,
  type Outcome,
  type Program,
  type TaskOutcome,
  type Zone,
} from '../../model/index.ts';
import { FeatureNames, sizeClass } from './features.ts';

type AnyRule = (k: Kernel, ...args: readonly unknown[]) => unknown;

/** Functions of a kernel that are no rules: they do not take it. */
const NO_RULES: ReadonlySet<string> = new Set<keyof Kernel>(['startThread']);
/** The rule whose arguments say how far a zone is from a mark: `zone, order, mark, zoneIdx, _, freePages`. */
const MARK_RULE = '__zoneWatermarkOk' satisfies keyof Kernel;
const MARKS = ['min', 'low', 'high'] as const;

/**
 * Listens to a kernel while it runs: its rules' answers and what they asked, the steps and records that followed one
 * another, the levels that came up, and how far from its marks a zone was.
 */
export class Covering {
  /** The kernel, listened to: it answers as the one given. */
  readonly kernel: Kernel;
  readonly #given: Kernel;
  readonly #names = new FeatureNames();
  readonly #reached = new Set<number>();
  readonly #counts = new Map<number, number>();
  readonly #nowhere = this.#names.place('-');
  readonly #byNode: boolean;
  #listening = false;
  /** The rule or step that is running, and of the rule: which one it asked last, and what that answered. */
  #within = this.#nowhere;
  #asked = this.#nowhere;
  #askedSaid = 0;
  #lastStep = this.#nowhere;
  #lastRecord = this.#nowhere;

  constructor(kernel: Kernel) {
    this.#given = kernel;
    this.#byNode = hasRule(kernel, 'shrinkNode');
    const listened = { ...kernel };
    for (const [name, rule] of Object.entries(kernel) as [string, unknown][]) {
      if (typeof rule !== 'function' || NO_RULES.has(name)) continue;
      Object.assign(listened, { [name]: this.#rule(name, rule as AnyRule) });
    }
    this.kernel = Object.assign(listened, {
      ...this.#loop(kernel),
      directReclaim: this.#program('directReclaim', kernel.directReclaim),
      allocator: this.#program('allocator', kernel.allocator),
    });
  }

  /** Does something, and listens to the kernel meanwhile. */
  hear<T>(work: () => T): T {
    this.#listening = true;
    try {
      return work();
    } finally {
      this.#listening = false;
    }
  }

  /** The names of all that was reached since this was asked last; the next execution begins. */
  take(): readonly string[] {
    for (const [step, count] of this.#counts) this.#reached.add(this.#names.key('often', step, step, sizeClass(count)));
    const names = [...this.#reached].map((one) => this.#names.name(one));
    this.#reached.clear();
    this.#counts.clear();
    this.#within = this.#asked = this.#lastStep = this.#lastRecord = this.#nowhere;
    return names;
  }

  #rule(name: string, rule: AnyRule): AnyRule {
    const place = this.#names.place(name);
    const toMark = this.#names.place('free - mark');
    const orders = ['order 0', 'a low order', 'a costly order'].map((text) => this.#names.place(text));
    const isMarkRule = name === MARK_RULE;
    return (k, ...args) => {
      if (!this.#listening) return rule(k, ...args);
      const names = this.#names;
      const caller = this.#within;
      this.#within = place;
      this.#asked = this.#nowhere;
      if (isMarkRule) {
        const [, zone, order, mark, zoneIdx, , free] = args as [unknown, Zone, number, number, number, number, number];
        const distance = sizeClass(free - mark - (zone.lowmemReserve[zoneIdx] ?? 0));
        this.#reached.add(names.key('distance', toMark, orders[order === 0 ? 0 : order <= 3 ? 1 : 2]!, distance));
      }
      let answer: unknown;
      try {
        answer = rule(k, ...args);
      } finally {
        this.#within = caller;
      }
      const said = names.answer(answer);
      this.#reached.add(names.key('rule', place, place, said));
      this.#reached.add(names.key('asked', caller, place, said));
      if (this.#asked !== this.#nowhere) {
        this.#reached.add(names.key('both', place, this.#asked, names.both(said, this.#askedSaid)));
      }
      this.#asked = place;
      this.#askedSaid = said;
      return answer;
    };
  }

  /** A step that was taken: where it led, and what it left behind. */
  #step(place: number, to: number, records: readonly { readonly ev: string }[]): void {
    const names = this.#names;
    this.#reached.add(names.key('steps', this.#lastStep, place, to));
    this.#lastStep = place;
    this.#counts.set(place, (this.#counts.get(place) ?? 0) + 1);
    for (const { ev } of records) {
      const record = names.place(ev);
      this.#reached.add(names.key('records', this.#lastRecord, record, 0));
      this.#lastRecord = record;
    }
  }

  /** Runs a step with its rules' answers noted as asked there. */
  #at<T>(place: number, step: () => T): T {
    this.#within = place;
    this.#asked = this.#nowhere;
    try {
      return step();
    } finally {
      this.#within = this.#nowhere;
    }
  }

  #loop({ transitions, yields }: Kernel): Pick<Kernel, 'transitions' | 'yields'> {
    const point = (name: string): number => this.#names.place(`kswapd.${name}`);
    return {
      transitions: mapped(transitions, (transition, at) => {
        const place = point(at);
        const step = (k: Kernel, m: Machine): Outcome => {
          if (!this.#listening) return transition.step(k, m);
          const after = this.#at(place, () => transition.step(k, m));
          this.#step(place, point(after.machine.thread.at), after.records);
          return after;
        };
        return { ...transition, step };
      }),
      yields: mapped(yields, (waiting, at) => {
        const place = point(at);
        return {
          ...waiting,
          resume: (k, m, turn) => {
            if (!this.#listening) return waiting.resume(k, m, turn);
            this.#levels(place, m);
            const after = this.#at(place, () => waiting.resume(k, m, turn));
            this.#step(place, point((after ?? m).thread.at), []);
            return after;
          },
        };
      }),
    };
  }

  /** The levels and distances of a node whose kswapd waits. */
  #levels(place: number, { system, node, thread }: Machine): void {
    const names = this.#names;
    const { priority } = this.#byNode ? thread.nodeBalance : thread.balance;
    this.#reached.add(names.key('level', names.place('priority'), place, Math.max(0, priority)));
    this.#reached.add(names.key('level', names.place('failures'), place, Math.min(node.kswapd.failures, 64)));
    this.#reached.add(names.key('level', names.place('order'), place, thread.order));
    for (const [i, at] of node.zones.entries()) {
      const zone = names.place(`zone ${i}`);
      const { freeArea, watermark, pagesScanned } = at;
      if (!this.#byNode) {
        const left = sizeClass(this.#given.zoneReclaimablePages(this.#given, system, at) * 6 - pagesScanned);
        this.#reached.add(names.key('distance', names.place('scans until given up'), zone, left));
      }
      for (const mark of MARKS) {
        const distance = sizeClass(freeArea.pages - watermark[mark]);
        this.#reached.add(names.key('distance', names.place(`free - ${mark}`), zone, distance));
      }
    }
  }

  #program<
    Running extends string,
    Waiting extends string,
    T extends { readonly at: string },
    R extends { readonly ev: string },
    Turn,
  >(of: string, program: Program<Running, Waiting, T, R, Turn>): Program<Running, Waiting, T, R, Turn> {
    const point = (name: string): number => this.#names.place(`${of}.${name}`);
    const noted = (place: number, step: () => TaskOutcome<T, R>): TaskOutcome<T, R> => {
      if (!this.#listening) return step();
      const after = this.#at(place, step);
      this.#step(place, point(after.task.at), after.records);
      return after;
    };
    return {
      transitions: mapped(program.transitions, (transition, at) => {
        const place = point(at);
        return {
          ...transition,
          step: (k, memory, task) => noted(place, () => transition.step(k, memory, task)),
        };
      }),
      yields: mapped(program.yields, (waiting, at) => {
        const place = point(at);
        return {
          ...waiting,
          resume: (k, memory, task, turn) => noted(place, () => waiting.resume(k, memory, task, turn)),
        };
      }),
    };
  }
}

/** A record with every entry changed. */
const mapped = <R extends object>(record: R, change: (entry: NonNullable<R[keyof R]>, key: string) => R[keyof R]): R =>
  Object.fromEntries(
    Object.entries(record).map(([key, entry]) => [key, change(entry as NonNullable<R[keyof R]>, key)]),
  ) as R;
