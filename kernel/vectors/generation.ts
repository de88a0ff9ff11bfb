import { z } from 'zod';
import { hasRule, makeNode, type Kernel, type RuleName, type Scenario } from '../../model/index.ts';
import { parseWith } from '../parse.ts';
import { laterNodeSchema, nodeSchema, systemSchema } from '../schema/node.ts';
import { checkZoneIndices, laterScenarioSchema, scenarioSchema } from '../schema/scenario.ts';
import { argsSchemas, isPredicateName, type PredicateArgs } from './args.ts';
import { isLaterPredicateName, laterArgsSchemas, type LaterPredicateArgs } from './laterArgs.ts';
import { answerLaterPredicate } from './laterPredicates.ts';
import { answerPredicate } from './predicates.ts';

/** Whether a kernel reclaims by node, as from v4.8 on, and not zone by zone: its functions take other arguments. */
const reclaimsByNode = (k: Kernel): boolean => hasRule(k, 'shrinkNode');

const ruleName = (fn: string): string =>
  fn.replace(/(?<=[a-z\d])_([a-z])/g, (_, letter: string) => letter.toUpperCase());

/** The functions that cases of a kernel may ask about one state. */
export function functionsOf(k: Kernel): readonly string[] {
  const asked = Object.keys(reclaimsByNode(k) ? laterArgsSchemas : argsSchemas);
  return asked.filter((fn) => hasRule(k, ruleName(fn) as RuleName));
}

/** A case that asks one function about one state. */
const predicateSchema = (node: typeof nodeSchema, argsSchema: z.ZodType<object>) =>
  z.object({ system: systemSchema, node, args: argsSchema }).superRefine((given, context) => {
    const { zone, zoneIdx, reclaimIdx, script } = given.args as Partial<
      Record<'zone' | 'zoneIdx' | 'reclaimIdx', number>
    > & {
      readonly script?: Scenario['script'];
    };
    const count = given.node.zones.length;
    for (const [key, index] of Object.entries({ zone, zoneIdx, reclaimIdx })) {
      if (index === undefined || index < count) continue;
      const message = `expected a zone index below ${count}, but found ${index}`;
      context.addIssue({ code: 'custom', path: ['args', key], message });
    }
    if (script !== undefined) checkZoneIndices({ node: given.node, script }, context, ['args', 'script']);
  });

/** What a kernel answers to a case that asks one of `functionsOf` about one state. */
export function answerFunction(k: Kernel, fn: string, input: unknown, place: string): unknown {
  if (reclaimsByNode(k) && isLaterPredicateName(fn)) {
    const { system, node, args } = parseWith(predicateSchema(laterNodeSchema, laterArgsSchemas[fn]), input, place);
    return answerLaterPredicate(k, fn, { system, node: makeNode(node) }, args as LaterPredicateArgs<typeof fn>);
  }
  if (!reclaimsByNode(k) && isPredicateName(fn)) {
    const { system, node, args } = parseWith(predicateSchema(nodeSchema, argsSchemas[fn]), input, place);
    return answerPredicate(k, fn, { system, node: makeNode(node) }, args as PredicateArgs<typeof fn>);
  }
  throw new Error(`${k.name} is not asked ${fn}`);
}

/** A case that runs kswapd, as the kernel's generation writes it. */
export const scenarioSchemaOf = (k: Kernel): typeof scenarioSchema =>
  reclaimsByNode(k) ? laterScenarioSchema : scenarioSchema;
