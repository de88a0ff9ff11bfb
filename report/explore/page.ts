import { properties as promised } from '../../properties/index.ts';
import { unexploredFor } from '../../search/explore/unexplored.ts';
import type {
  Exploration,
  ExploredEventually,
  ExploredOutcome,
  ExploredProperty,
} from '../../search/explore/result.ts';
import { grouped, many, roundText } from './say.ts';

/** A scope that was explored, by the name that it ships under. */
export interface ExploredScope {
  readonly name: string;
  readonly exploration: Exploration;
  /** Of the processor. */
  readonly seconds: number;
}

type Found = ExploredProperty | ExploredEventually;

const foundIn = ({ properties, eventually }: Exploration): readonly Found[] => [...properties, ...eventually];

const shortly = (seconds: number): string => seconds.toFixed(seconds < 10 ? 1 : 0);

/** A table in Markdown, its columns as wide as their widest cell; numbers stand on the right. */
export function tableOf(
  header: readonly string[],
  rows: readonly (readonly string[])[],
  right: readonly number[],
): string {
  const widths = header.map((_, i) => Math.max(3, ...[header, ...rows].map((row) => row[i]!.length)));
  const padded = (cell: string, i: number): string =>
    right.includes(i) ? cell.padStart(widths[i]!) : cell.padEnd(widths[i]!);
  const line = (row: readonly string[]): string => `| ${row.map(padded).join(' | ')} |`;
  const rule = widths.map((width, i) => (right.includes(i) ? `${'-'.repeat(width - 1)}:` : '-'.repeat(width)));
  return [line(header), `| ${rule.join(' | ')} |`, ...rows.map(line)].join('\n');
}

const count = (found: readonly Found[], outcome: ExploredOutcome): number =>
  found.filter((one) => one.outcome === outcome).length;

function summaryRow({ name, exploration, seconds }: ExploredScope): readonly string[] {
  const { kernel, counts, steps } = exploration;
  const found = foundIn(exploration);
  const numbers = [counts.states, counts.transitions, steps, counts.depth].map(grouped);
  const outcomes = (['holds', 'known failure', 'counterexample', 'not judged'] as const).map((outcome) =>
    String(count(found, outcome)),
  );
  return [name, kernel.name, ...numbers, shortly(seconds), ...outcomes];
}

const SUMMARY = [
  'scope',
  'kernel',
  'states',
  'moves',
  'steps judged',
  'depth',
  'seconds',
  'hold',
  'known failures',
  'counterexamples',
  'not judged',
];

/** What each scope covers, and what came of it. */
function summaryOf(explored: readonly ExploredScope[], machine: string): readonly string[] {
  const scopes = new Map(explored.map(({ name, exploration: { scope } }) => [name, scope]));
  return [
    ...[...scopes].map(([name, { covers }]) => `- **${name}**: ${covers}`),
    '',
    `${machine}.`,
    '',
    tableOf(SUMMARY, explored.map(summaryRow), [2, 3, 4, 5, 6, 7, 8, 9, 10]),
    '',
  ];
}

/** Where a known failure fails soonest: in so many moves, or in a run that goes on for ever. */
function failureRows(explored: readonly ExploredScope[]): readonly (readonly string[])[] {
  const shortest = new Map<string, { readonly row: readonly string[]; readonly length: number }>();
  for (const { name, exploration } of explored) {
    for (const found of foundIn(exploration)) {
      const length = lengthOf(found);
      if (length === undefined) continue;
      const { property } = found;
      const key = `${property.id} ${exploration.kernel.name}`;
      const known = shortest.get(key);
      if (known !== undefined && known.length <= length.moves) continue;
      shortest.set(key, { row: [property.id, exploration.kernel.name, name, length.said], length: length.moves });
    }
  }
  const rows = [...shortest.values()].map(({ row }) => row);
  return rows.toSorted((a, b) => a.join(' ').localeCompare(b.join(' ')));
}

function lengthOf(found: Found): { readonly moves: number; readonly said: string } | undefined {
  if ('judged' in found) {
    const { counterexample } = found;
    return counterexample && { moves: counterexample.moves, said: `after ${many(counterexample.moves, 'move')}` };
  }
  if (found.lasso === undefined) return undefined;
  return { moves: found.lasso.stem.script.length, said: roundText(found.lasso) };
}

/** What was never judged in any scope of a kernel that it is asked of. */
function neverJudged(explored: readonly ExploredScope[]): readonly string[] {
  const judged = new Set<string>();
  const asked = new Set<string>();
  for (const { exploration } of explored) {
    for (const { property, outcome } of foundIn(exploration)) {
      asked.add(property.id);
      if (outcome !== 'not judged') judged.add(property.id);
    }
  }
  return [...asked].filter((id) => !judged.has(id)).toSorted();
}

/** The heading of the part on large scopes, which stands last. */
const LARGE_HEAD = '## Large scopes';

/** What a page says of large scopes, and what stands before it. */
export function partsOf(page: string): { readonly first: string; readonly large: string } {
  const at = page.indexOf(`\n${LARGE_HEAD}\n`);
  return at < 0 ? { first: page, large: '' } : { first: page.slice(0, at), large: page.slice(at) };
}

/** What every large scope says of every kernel, as a part of the page. */
export function largePart(explored: readonly ExploredScope[], machine: string): string {
  return [
    '',
    LARGE_HEAD,
    '',
    'Written by `npm run docs:explore -- --large`: too large to be explored each time. Every step is judged by what is',
    'promised of sleep; all else is left to the smaller scopes.',
    '',
    ...summaryOf(explored, machine),
  ].join('\n');
}

/** Properties that no exploration judges, and why. */
function unexplored(): readonly string[] {
  return promised.flatMap((property) => {
    const why = unexploredFor(property);
    return why === undefined ? [] : [`- \`${property.id}\`: ${why}`];
  });
}

/** What every scope says of every kernel, as a page. */
export function explorationPage(explored: readonly ExploredScope[], machine: string): string {
  const never = neverJudged(explored);
  return [
    '# Every state of small machines',
    '',
    'Written by `npm run docs:explore`: every scope that ships, explored with every kernel that it is meant for.',
    'A state is a machine whose kswapd waits, the work of its wait done; a move is something that another task does',
    'meanwhile, or kswapd going on to its next wait. Of whole machines, with tasks of their own, a move is a turn: one',
    'kswapd or task goes on to its next wait. Every step in between is judged by every property that speaks of steps',
    'or turns, every state is asked about by every property that asks of one, and once all states are known, runs are',
    'looked for that go on for ever without what is owed. In scopes of at most 100,000 states properties of runs are',
    'judged too: what each of them remembers of a run is then a part of the state, and each takes a search of its own.',
    'The table leaves them out of larger scopes, and their seconds with them; `kswapd-spec explore` judges them in',
    'every scope, and so takes longer there.',
    '',
    ...summaryOf(explored, machine),
    '## Known failures, by their shortest ways',
    '',
    tableOf(['property', 'kernel', 'scope', 'fails'], failureRows(explored), []),
    '',
    '## Judged in none of them',
    '',
    never.length === 0 ? 'Every property that is asked is judged in some scope.' : `${never.join(', ')}.`,
    '',
    '## Not for explorations',
    '',
    'Properties that no single state or step shows, nor the little that a run leaves to be remembered:',
    '',
    ...unexplored(),
    '',
  ].join('\n');
}
