import { createColors } from 'picocolors';
import type { HuntedProperty } from '../../search/hunt/result.ts';
import { count, duration, propertyCount } from '../check/reporter.ts';
import { wrap } from '../counterexample/style.ts';
import { coverageOf, type Reached } from './coverage.ts';
import { kindsOf, type HuntSummary } from './summary.ts';

type Colors = ReturnType<typeof createColors>;

/** So many names are told of what was never reached, unless all are asked for. */
const MOST_NAMES = 8;

const percent = (part: number, of: number): string => {
  const value = (100 * part) / Math.max(1, of);
  return `${value === 0 || value >= 1 ? Math.round(value) : value.toFixed(2)} %`;
};

function namesText(names: readonly string[], all: boolean): string {
  if (names.length === 0) return '';
  const told = all ? names : names.slice(0, MOST_NAMES);
  const rest = names.length - told.length;
  return `; never ${told.join(', ')}${rest === 0 ? '' : ` and ${count(rest)} more`}`;
}

const reachedLines = (what: string, { of, never }: Reached, all: boolean): readonly string[] =>
  of === 0 ? [] : wrap(`${what}: ${count(of - never.length)} of ${count(of)}${namesText(never, all)}`, '  ', '    ');

/** What was met of a property's cases, label by label. */
function statLines(
  c: Colors,
  base: string,
  { property, runs, failing, seen, best }: HuntedProperty,
): readonly string[] {
  const known = property.verdicts[base]?.holds === false ? c.yellow(' known to fail') : '';
  const failed = failing === 0 ? '' : `, ${count(failing)} fail`;
  const labels = Object.entries(seen).map(([label, cases]) => `${label} ${percent(cases, runs)}`);
  if (property.target !== undefined && best !== undefined) labels.push(`most ${property.target} ${count(best)}`);
  const met = wrap(labels.join(' · '), '  ').map((line) => c.dim(line));
  return [`${property.id}${known}: ${count(runs)} cases${failed}`, ...met];
}

/** The end of a hunt, for people: what it found and what it reached; with `stats`, all that it met and never met. */
export function huntText(
  { kernel, next, result, ms }: HuntSummary,
  { colors, stats }: { readonly colors: boolean; readonly stats: boolean },
): string {
  const c = createColors(colors);
  const { properties, sums, corpus, reached, unfinished } = result;
  const found = properties.filter((one) => one.found !== undefined).length;
  const met = properties.filter(
    ({ property, failing }) => failing > 0 && property.verdicts[kernel.base]?.holds === false,
  ).length;
  const counterexamples = found === 0 ? 'no counterexample' : `${count(found)} counterexample${found > 1 ? 's' : ''}`;
  const known = met === 0 ? '' : `, ${count(met)} known failure${met > 1 ? 's' : ''} met`;
  const { met: others, rules, answers, clauses, steps, ways } = coverageOf(kernel, kindsOf(result), reached);
  const sizes = Object.entries(others).map(([kind, size]) => `${count(size)} ${KIND_TEXTS[kind] ?? kind}`);
  return [
    ...(stats ? [...properties.flatMap((one) => statLines(c, kernel.base, one)), ''] : []),
    `${c.bold(`${kernel.name}: ${propertyCount(properties.length)}`)}: ${counterexamples}${known}`,
    ...(unfinished === 0 ? [] : [`${count(unfinished)} more found, kept, and not yet made small`]),
    `${count(sums.runs)} cases, ${count(sums.mutated)} of them made from others, ` +
      `in ${duration(ms)}; ${count(corpus)} were the first to reach something`,
    'reached, of what cases of these kinds can reach:',
    ...reachedLines('rules asked', rules, stats),
    ...reachedLines('their answers, yes and no', answers, stats),
    ...reachedLines('clauses, what a rule was told by another', clauses, stats),
    ...reachedLines('steps taken', steps, stats),
    ...reachedLines('ways between steps', ways, stats),
    ...wrap(`met beside these: ${sizes.join(', ')}`, '', '  '),
    c.dim(`${next.how}: npx kswapd-spec hunt ${next.options}`),
    '',
  ].join('\n');
}

/** What the kinds of feature are called of which nobody can say how many there are. */
const KIND_TEXTS: Readonly<Record<string, string>> = {
  both: 'answers that came together',
  asked: 'answers by who asked',
  steps: 'pairs of steps',
  records: 'pairs of records',
  level: 'levels',
  distance: 'distances from marks',
  often: 'repetitions of steps',
  target: 'heights of targets',
};
