import { v4_0, type Machine } from '../../model/index.ts';
import { argsSchemas, type PredicateArgs, type PredicateName } from '../../kernel/vectors/args.ts';
import { answerPredicate } from '../../kernel/vectors/predicates.ts';

/** Asks v4.0 one function of the vectors about a state, with its arguments as vectors write them. */
export const ask = <F extends PredicateName>(fn: F, given: Pick<Machine, 'system' | 'node'>, args: object): unknown =>
  answerPredicate(v4_0, fn, given, argsSchemas[fn].parse(args) as PredicateArgs<F>);
