import fc from 'fast-check';
import { arbitraryQuestion, arbitraryScenario, type Layout, type Options } from '../../generators/index.ts';
import { baseOf, hasRule, type Kernel, type Question, type Scenario, type ScenarioNode } from '../../model/index.ts';

/** The kernels that are compared, and what is drawn for them. */
interface Compared {
  readonly first: Kernel;
  readonly second: Kernel;
  readonly layout?: Layout;
}

/** The node with a request that names a zone. Only later kernels know an index that says that nothing is asked. */
function named(node: ScenarioNode): ScenarioNode {
  const zoneIdx = Math.min(node.kswapd.zoneIdx, node.zones.length - 1);
  return { ...node, kswapd: { ...node.kswapd, zoneIdx } };
}

const withNamed = <C extends { readonly node: ScenarioNode }>(given: C): C => ({ ...given, node: named(given.node) });

/** Cases of either kernel, as both can read them. */
function ofEither<C extends { readonly node: ScenarioNode }>(
  { first, second, layout }: Compared,
  draw: (options: Options) => fc.Arbitrary<C>,
): fc.Arbitrary<C> {
  const bases = [...new Set([baseOf(first), baseOf(second)])];
  const cases = fc.oneof(...bases.map((kernel) => draw(layout === undefined ? { kernel } : { kernel, layout })));
  if (bases.every((kernel) => hasRule(kernel, 'shrinkNode'))) return cases;
  return cases.map(withNamed);
}

/** Questions about states of either kernel. */
export const diffQuestions = (compared: Compared): fc.Arbitrary<Question> => ofEither(compared, arbitraryQuestion);

/** Scenarios of either kernel. */
export const diffScenarios = (compared: Compared): fc.Arbitrary<Scenario> => ofEither(compared, arbitraryScenario);
