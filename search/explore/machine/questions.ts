import type { Scope } from '../../../kernel/schema/scope.ts';
import {
  allocFlagsOf,
  describeNode,
  type AllocFlagName,
  type Kernel,
  type Machine,
  type Question,
  type QuestionArgs,
} from '../../../model/index.ts';
import type { Failure, QuestionProperty, See } from '../../../properties/index.ts';

/** What is found of a property of questions, in all states that a search came to. */
export interface QuestionFinding {
  readonly property: QuestionProperty;
  readonly judged: number;
  readonly failing: number;
  readonly labels: ReadonlyMap<string, number>;
  /** The first question that fails, and the number of the state that it is about. */
  readonly first: { readonly state: number; readonly question: Question; readonly failure: Failure } | undefined;
}

const FLAGS: readonly (readonly AllocFlagName[])[] = [[], ['HIGH'], ['HARDER'], ['HIGH', 'HARDER']];
const GAPS = [0, 1];

interface Asked {
  readonly args: QuestionArgs;
  readonly allocFlags: number;
}

/** The orders that anything in a scope is about, and the one above. */
function ordersOf({ events, turns }: Scope): readonly number[] {
  const { take = [], give = [], wakeup = [] } = events;
  const highest = Math.max(0, ...take, ...give, ...wakeup, ...turns.merged.map(({ to }) => to));
  return Array.from({ length: highest + 2 }, (_, order) => order);
}

/** Every question that is asked about each state: of each zone, order and zone index, at its marks and about them. */
function questionsOf(scope: Scope): readonly Asked[] {
  const { zones } = scope;
  const asked: Asked[] = [];
  for (const [zone, { watermark }] of zones.entries()) {
    const { min, low, high } = watermark;
    for (const mark of new Set([0, min, low, high, high + 1])) {
      for (const order of ordersOf(scope)) {
        for (const zoneIdx of zones.keys()) {
          for (const balanceGap of GAPS) {
            for (const allocFlags of FLAGS) {
              const args = { zone, order, zoneIdx, mark, balanceGap, allocFlags };
              asked.push({ args, allocFlags: allocFlagsOf(allocFlags) });
            }
          }
        }
      }
    }
  }
  return asked;
}

/** A property of questions, and what came of it so far. */
class Tally {
  readonly property: QuestionProperty;
  judged = 0;
  failing = 0;
  first: QuestionFinding['first'];
  readonly labels = new Map<string, number>();
  #seen = false;
  readonly #see: See<string> = (label) => {
    this.#seen = true;
    this.labels.set(label, (this.labels.get(label) ?? 0) + 1);
  };

  constructor(property: QuestionProperty) {
    this.property = property;
  }

  judge(kernel: Kernel, { system, node }: Machine, { args, allocFlags }: Asked, state: number): void {
    this.#seen = false;
    const subject = { kernel, system, node, zone: node.zones[args.zone]!, args, allocFlags };
    const failure = this.property.check(subject, this.#see);
    if (this.#seen || failure !== undefined) this.judged++;
    if (failure === undefined) return;
    this.failing++;
    this.first ??= { state, question: { system, node: describeNode(node), args }, failure };
  }
}

/** Memories after which it is asked whether to go on. */
const ASKED_EVERY = 64;

/**
 * Asks every question of a scope about every state of it. States whose memory is the same are asked about once: what
 * is pending, and where kswapd stands, are no part of a question. Undefined if it is told not to go on before the end.
 */
export function askAll(
  kernel: Kernel,
  scope: Scope,
  properties: readonly QuestionProperty[],
  states: Iterable<Machine>,
  goOn: () => boolean,
): readonly QuestionFinding[] | undefined {
  const tallies = properties.map((property) => new Tally(property));
  if (tallies.length === 0) return [];
  const questions = questionsOf(scope);
  const known = new Set<string>();
  let index = -1;
  for (const state of states) {
    index++;
    const memory = JSON.stringify([state.system, state.node.zones]);
    if (known.has(memory)) continue;
    if (known.size % ASKED_EVERY === 0 && !goOn()) return undefined;
    known.add(memory);
    for (const asked of questions) for (const tally of tallies) tally.judge(kernel, state, asked, index);
  }
  return tallies;
}
