import { kernels, makeMachine, type Kernel, type Machine } from '../../../model/index.ts';
import {
  laterArgsSchemas,
  type LaterPredicateArgs,
  type LaterPredicateName,
} from '../../../kernel/vectors/laterArgs.ts';
import { answerLaterPredicate } from '../../../kernel/vectors/laterPredicates.ts';

type State = Pick<Machine, 'system' | 'node'>;

/** Asks a later kernel one function of the vectors about a state, with its arguments as vectors write them. */
export const askLater = <F extends LaterPredicateName>(k: Kernel, fn: F, given: State, args: object): unknown =>
  answerLaterPredicate(k, fn, given, laterArgsSchemas[fn].parse(args) as LaterPredicateArgs<F>);

/** A machine whose kswapd stands on its queue. */
export function waiting(k: Kernel, { system, node }: State): Machine {
  const m = makeMachine(k, system, node);
  return { ...m, waits: { ...m.waits, queued: true } };
}

/** The kernels that balance nodes. */
export const LATER = Object.values(kernels).filter(({ name }) => name !== 'v4.0');
