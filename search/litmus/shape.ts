import type { DirectCase, Question, Scenario, ScenarioZone, SetupCase, WholeScenario } from '../../model/index.ts';
import type { Case, CaseKind } from '../../properties/index.ts';

/** What a case is made of, as the names of litmus cases say it: `2-zones+wakeup+take`. */
export function caseShape(kind: CaseKind, given: Case): string {
  return partsOf(kind, given)
    .flatMap((part, i, parts) => (part === parts[i - 1] ? [] : [part + timesOf(parts, i)]))
    .join('+');
}

/** How often a part stands in a row from an index on, if more than once. */
function timesOf(parts: readonly string[], from: number): string {
  let end = from;
  while (parts[end] === parts[from]) end++;
  return end - from > 1 ? `×${end - from}` : '';
}

const counted = (count: number, what: string): string => `${count}-${what}${count === 1 ? '' : 's'}`;

function partsOf(kind: CaseKind, given: Case): readonly string[] {
  switch (kind) {
    case 'scenario': {
      const { node, script } = given as Scenario;
      return [...zoneParts(node.zones), ...orderPart('pending', node.kswapd?.order), ...script.flatMap(turnParts)];
    }
    case 'question': {
      const { node, args } = given as Question;
      return [...zoneParts(node.zones), ...orderPart('order', args.order), ...args.allocFlags.map(lower)];
    }
    case 'setup': {
      const { nodes, args } = given as SetupCase;
      return [counted(nodes.length, 'node'), ...zonesOf(nodes), counted(args.onlineCpus, 'cpu')];
    }
    case 'direct': {
      const { nodes, args, script } = given as DirectCase;
      return [
        counted(nodes.length, 'node'),
        ...zonesOf(nodes),
        ...orderPart('order', args.order),
        ...turns(script.length),
      ];
    }
    case 'machine': {
      const { nodes, tasks, script } = given as WholeScenario;
      const requests = tasks.flatMap((task) => task.requests.map(({ order }) => `order-${order}`));
      return [counted(nodes.length, 'node'), ...zonesOf(nodes), ...requests, ...turns(script.length)];
    }
  }
}

const lower = (flag: string): string => flag.toLowerCase();

const turns = (count: number): readonly string[] => (count === 0 ? [] : [counted(count, 'turn')]);

const orderPart = (name: string, order = 0): readonly string[] => (order > 0 ? [`${name}-${order}`] : []);

const zonesOf = (nodes: readonly { readonly zones: readonly object[] }[]): readonly string[] => [
  counted(
    nodes.reduce((sum, { zones }) => sum + zones.length, 0),
    'zone',
  ),
];

/** How many zones there are, and what is not as usual in them. */
function zoneParts(zones: readonly ScenarioZone[]): readonly string[] {
  const some = (name: string, is: (zone: ScenarioZone) => boolean): readonly string[] => (zones.some(is) ? [name] : []);
  return [
    counted(zones.length, 'zone'),
    ...some('unmanaged', ({ managed }) => managed === 0),
    ...some('drift', ({ vmstatDrift = 0 }) => vmstatDrift !== 0),
    ...some('boost', ({ boost = 0 }) => boost !== 0),
    ...some('highatomic', ({ reservedHighatomic = 0 }) => reservedHighatomic !== 0),
    ...some('scanned', ({ pagesScanned = 0 }) => pagesScanned !== 0),
    ...some('flags', ({ flags = [] }) => flags.length > 0),
  ];
}

/** What a turn brings: blocks merged, pages reclaimed, time left of a nap, and events by their names. */
function turnParts({ merge = [], reclaimed = [], remaining = 0, events = [] }: Scenario['script'][number]): string[] {
  const work = [
    ...(merge.length > 0 ? ['merge'] : []),
    ...(reclaimed.some((pages) => pages > 0) ? ['reclaim'] : []),
    ...(remaining > 0 ? ['time-left'] : []),
  ];
  return [...work, ...events.flatMap((event) => Object.keys(event))];
}
