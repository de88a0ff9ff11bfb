import fc from 'fast-check';
import { arbitraryQuestion, arbitraryScenario, type Options } from '../../generators/index.ts';
import type { Question, Scenario, ScenarioNode } from '../../model/index.ts';

/** What later kernels keep of a node: runs in vain, and a zone's boost in eighths of its high mark and pages. */
interface Later {
  readonly zone: number;
  readonly eighths: number;
  readonly pages: number;
  readonly failures: number;
}

const arbitraryLater: fc.Arbitrary<Later> = fc.record(
  {
    zone: fc.integer({ min: 0, max: 4 }),
    eighths: fc.constantFrom(0, 0, 0, 0, 1, 4, 12),
    pages: fc.constantFrom(0, 0, 0, 0, 1, 2),
    failures: fc.constantFrom(0, 0, 0, 0, 0, 1, 15, 16),
  },
  { noNullPrototype: true },
);

/** The node with what later kernels keep of it; earlier ones do not look at it. */
function withLater(node: ScenarioNode, { zone, eighths, pages, failures }: Later): ScenarioNode {
  const index = zone % node.zones.length;
  const zones = node.zones.slice();
  const boostedZone = zones[index]!;
  const boost = Math.floor((boostedZone.watermark.high * eighths) / 8) + pages;
  if (boostedZone.managed > 0) zones[index] = { ...boostedZone, boost };
  return { ...node, zones, kswapd: { ...node.kswapd, failures } };
}

const withLaterNode = <C extends { readonly node: ScenarioNode }>(cases: fc.Arbitrary<C>): fc.Arbitrary<C> => {
  const decorate = ([given, later]: [C, Later]): C => ({ ...given, node: withLater(given.node, later) });
  return fc.tuple(cases, arbitraryLater).map(decorate);
};

/** Questions about states of any kernel: what only some of them keep is drawn too. */
export const diffQuestions = (options: Options): fc.Arbitrary<Question> => withLaterNode(arbitraryQuestion(options));

/** Scenarios of any kernel. */
export const diffScenarios = (options: Options): fc.Arbitrary<Scenario> => withLaterNode(arbitraryScenario(options));
