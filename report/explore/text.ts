import { createColors } from 'picocolors';
import type {
  Exploration,
  ExploredEventually,
  ExploredOutcome,
  ExploredProperty,
  Happening,
} from '../../search/explore/result.ts';
import { isWholeScope } from '../../kernel/schema/wholeScope.ts';
import { isAskedOf, properties as promised, type Property } from '../../properties/index.ts';
import { unexploredFor } from '../../search/explore/unexplored.ts';
import { wrap, type Colors } from '../counterexample/style.ts';
import { grouped, many, roundText } from './say.ts';

const MARKS: Readonly<Record<ExploredOutcome, (c: Colors) => string>> = {
  holds: (c) => c.green('✓ holds'),
  counterexample: (c) => c.red('✗ COUNTEREXAMPLE'),
  'known failure': (c) => c.yellow('~ known failure'),
  'does not fail here': (c) => c.dim('· does not fail here'),
  'not judged': (c) => c.dim('∅ not judged'),
  'not decided': (c) => c.yellow('? not decided'),
};
const WIDTH_MARK = 21;
const WIDTH_ID = 44;

const durationText = (ms: number): string => (ms < 1000 ? `${Math.round(ms)} ms` : `${(ms / 1000).toFixed(1)} s`);

const megabytes = (bytes: number): string => `${grouped(Math.ceil(bytes / 2 ** 20))} MiB`;

/** What is to be explored. */
export const headText = ({ kernel, scope }: Pick<Exploration, 'kernel' | 'scope'>, colors: boolean): string => {
  const c = createColors(colors);
  return [c.bold(`${scope.title}, ${kernel.name}`), ...wrap(scope.covers, '  '), ''].join('\n');
};

/** What came of an exploration, for people: the counts, a line a property, and what never happened. */
export function explorationText(exploration: Exploration, colors: boolean): string {
  const c = createColors(colors);
  const { properties, eventually } = exploration;
  return [
    countsText(exploration),
    ...cutOffLines(exploration, c),
    '',
    ...properties.map((one) => propertyLine(one, c)),
    '',
    ...(eventually.length === 0 ? [] : [c.bold('In the end'), ...eventually.map((one) => eventualLine(one, c)), '']),
    ...neverLines(exploration, c),
    ...unexploredLines(exploration, c),
  ].join('\n');
}

function countsText({ counts, steps, ms, bytes, spilled }: Exploration): string {
  const { states, transitions, depth } = counts;
  return (
    `${many(states, 'state')}, ${many(transitions, 'move')} between them, ${many(steps, 'step')} judged; ` +
    `every state is within ${many(depth, 'move')} of a start\n` +
    `${durationText(ms)}, ${megabytes(bytes)}${spilled === 0 ? '' : ` in memory, and ${megabytes(spilled)} in files`}`
  );
}

function cutOffLines({ cutOff, counts, bytes, noRoomFor, notReached }: Exploration, c: Colors): readonly string[] {
  const ids = notReached.map(({ id }) => id).join(', ');
  const lines: string[] = [];
  if (noRoomFor !== undefined) {
    const needed = megabytes(bytes + noRoomFor);
    lines.push(`What is owed in the end was not looked for: it takes ${needed}, more than --memory allows.`);
  }
  if (cutOff !== undefined) {
    const { queue } = counts;
    const left =
      queue === 0 ? '' : ` ${grouped(queue)} of the states found ${queue === 1 ? 'was' : 'were'} not looked into.`;
    lines.push(`Not complete: the time is up.${left} What holds, holds as far as it came.`);
  }
  return [...lines.map((line) => c.yellow(line)), ...(ids === '' ? [] : wrap(ids, '  not reached  ', ' '.repeat(15)))];
}

/** What a property was judged on so often. */
const JUDGED: Readonly<Record<Property['over'], string>> = {
  step: 'step',
  run: 'move',
  question: 'question',
  machine: 'turn',
  setup: 'set-up',
  direct: 'direct reclaim',
};

function propertyLine({ property, outcome, judged, failing, counterexample }: ExploredProperty, c: Colors): string {
  const said = [
    ...(judged === 0 ? [] : [many(judged, JUDGED[property.over])]),
    ...(failing === 0
      ? []
      : [
          `${grouped(failing)} ${failing === 1 ? 'fails' : 'fail'}, first after ${many(counterexample!.moves, 'move')}`,
        ]),
  ].join(', ');
  return `${markOf(outcome, c)}${property.id.padEnd(WIDTH_ID)} ${said}`.trimEnd();
}

function markOf(outcome: ExploredOutcome, c: Colors): string {
  const width = MARKS[outcome](createColors(false)).length;
  return `${MARKS[outcome](c)}${' '.repeat(Math.max(1, WIDTH_MARK - width))}`;
}

function eventualLine({ property, outcome, owed, lasso, why }: ExploredEventually, c: Colors): string {
  const said = [
    ...(owed === 0 ? [] : [`owed in ${many(owed, 'state')}`]),
    ...(lasso === undefined ? [] : [roundText(lasso)]),
    ...(why === undefined ? [] : [`a round was found that shows nothing when it is run: ${why}`]),
  ].join(', ');
  return `${markOf(outcome, c)}${property.id.padEnd(WIDTH_ID)} ${said}`.trimEnd();
}

/** The names of what never happened. */
const never = (all: readonly Happening[]): string =>
  all
    .filter(({ times }) => times === 0)
    .map(({ name }) => name)
    .join(', ') || 'none';

/** What no exploration of the kind judges, and why, where properties of whole runs were asked for. */
function unexploredLines({ scope, kernel, properties }: Exploration, c: Colors): readonly string[] {
  const over = isWholeScope(scope) ? 'machine' : 'run';
  if (!properties.some(({ property }) => property.over === over)) return [];
  const left = promised.filter((one) => one.over === over && isAskedOf(one, kernel));
  const told = left.flatMap((one) => {
    const why = unexploredFor(one);
    return why === undefined ? [] : [`${one.id} (${why})`];
  });
  return told.length === 0 ? [] : [c.bold('Not judged by any exploration'), ...wrap(told.join(', '), '  ')];
}

/** What no run of the scope ever does. */
const neverLines = ({ coverage }: Exploration, c: Colors): readonly string[] => [
  c.bold('Never in this scope'),
  ...wrap(never(coverage.ways), '  ways of kswapd  ', ' '.repeat(18)),
  ...wrap(never(coverage.rules), '  rules asked     ', ' '.repeat(18)),
  ...wrap(never(coverage.answers), '  answers         ', ' '.repeat(18)),
  ...wrap(never(coverage.clauses), '  clauses         ', ' '.repeat(18)),
];
