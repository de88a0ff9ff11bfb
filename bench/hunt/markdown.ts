import { median, worst, type Compared, type Needed } from './compare.ts';
import { GIVES_UP_AFTER } from './lanes.ts';
import { SEARCH_NAMES, type SearchName } from './searches.ts';

const TITLES: Readonly<Record<SearchName, string>> = {
  hunt: 'hunt',
  check: 'check, unguided',
  plain: 'plain fast-check',
};

/** The goal: a bug is found in at most one so many-th of the cases that the plain harness needs. */
const GOAL = 5;

const count = (n: number, most: number): string => (n === Infinity ? `> ${grouped(most)}` : grouped(n));
const grouped = (n: number): string => n.toLocaleString('en-US');
const seconds = (ms: number): string => `${(ms / 1000).toFixed(ms < 10_000 ? 2 : 0)} s`;
const foundIn = ({ executions }: Needed): number => executions.filter((one) => one !== Infinity).length;

function cells(needed: Needed, most: number): readonly string[] {
  const { executions, ms } = needed;
  return [
    `${foundIn(needed)} of ${executions.length}`,
    count(median(executions), most),
    count(worst(executions), most),
    seconds(median(ms)),
  ];
}

/** How many times as many executions another search needs, at the median. */
function timesAsMany(hunt: Needed, other: Needed, most: number): string {
  const [own, others] = [median(hunt.executions), median(other.executions)];
  if (own === Infinity) return others === Infinity ? '' : `< ${(others / most).toFixed(2)}`;
  return others === Infinity ? `> ${Math.floor(most / own)}` : (others / own).toFixed(1);
}

const row = (columns: readonly string[]): string => `| ${columns.join(' | ')} |`;

/**
 * The comparison as a table in Markdown. Every search's columns: with how many of the seeds it found the bug,
 * executions at the median and with the worst seed, and time at the median.
 */
export function markdown(compared: readonly Compared[], most: number): string {
  const header = [
    'bug',
    'kernel',
    'property',
    ...SEARCH_NAMES.flatMap((name) => [`${TITLES[name]}: found`, 'median', 'worst', 'time']),
    'plain / hunt',
  ];
  const rows = compared.map(({ bug, needed }) => [
    bug.id,
    bug.faulty.base,
    bug.property,
    ...SEARCH_NAMES.flatMap((name) => cells(needed[name], most)),
    timesAsMany(needed.hunt, needed.plain, most),
  ]);
  return [row(header), row(header.map(() => '---')), ...rows.map(row)].join('\n');
}

const named = (compared: readonly Compared[]): string =>
  compared.length === 0 ? '' : ` (${compared.map(({ bug }) => bug.id).join(', ')})`;

const isAlwaysFound = (needed: Needed): boolean =>
  needed.executions.length > 0 && foundIn(needed) === needed.executions.length;

/** For how many bugs the hunt needs fewer cases at the median than without guidance, as many, and more. */
function againstUnguided(compared: readonly Compared[]): string {
  const times = compared.map(({ needed: { hunt, check } }) => median(check.executions) / median(hunt.executions));
  const fewer = times.filter((one) => one > 1).length;
  const more = times.filter((one) => one < 1).length;
  const logs = times.map(Math.log).filter(Number.isFinite);
  const mean = Math.exp(logs.reduce((sum, log) => sum + log, 0) / logs.length);
  return (
    `- Guidance alone is worth little where bugs are met this soon: against the same generators without it the hunt ` +
    `needs fewer cases at the median for ${fewer} bugs, as many for ${compared.length - fewer - more} and more for ` +
    `${more}; on geometric average ${mean.toFixed(2)} times as many are needed without it.`
  );
}

const plainIn = ({ needed: { plain } }: Compared): number => median(plain.executions);

/** What the table comes to, in sentences: who found how many, and which bugs do not meet the goals. */
export function conclusion(compared: readonly Compared[], most: number): string {
  const all = compared.length;
  const sentences = SEARCH_NAMES.map((name) => {
    const needed = compared.map((one) => one.needed[name]);
    const always = needed.filter(isAlwaysFound).length;
    const ever = needed.filter((one) => foundIn(one) > 0).length;
    return `- ${TITLES[name]}: ${always} of ${all} bugs with every seed that it was tried with, ${ever} with some.`;
  });
  const missed = compared.filter(({ needed: { hunt } }) => !isAlwaysFound(hunt));
  const times = ({ needed: { hunt, plain } }: Compared): number =>
    Math.min(median(plain.executions), most) / median(hunt.executions);
  const fifth = compared.filter((one) => times(one) >= GOAL);
  const rest = compared.filter((one) => !fifth.includes(one));
  const atOnce = rest.filter((one) => plainIn(one) < GOAL);
  const slower = rest.filter((one) => !atOnce.includes(one) && times(one) < 1);
  const between = rest.filter((one) => !atOnce.includes(one) && !slower.includes(one));
  const latest = Math.max(...compared.flatMap(({ needed: { hunt } }) => hunt.executions));
  return [
    ...sentences,
    `- The hunt finds bugs with every seed within ${grouped(most)} cases: ${all - missed.length} of ${all}` +
      `${missed.length === 0 ? `, the last of them after ${grouped(latest)}` : `, but not always${named(missed)}`}.`,
    `- It needs at most a fifth of the plain harness's cases, at the median: for ${fifth.length} of ${all} bugs.`,
    `- The others: ${atOnce.length} that the plain harness too meets among its first ${GOAL - 1} cases at the median` +
      `, where there is no fifth${named(atOnce)}; ${between.length} that the hunt finds sooner, or as soon, but not ` +
      `five times${named(between)}; ${slower.length} that it finds later${named(slower)}.`,
    againstUnguided(compared),
    `- A search that did not find a bug with any of the first ${GIVES_UP_AFTER} seeds was not tried with the others.`,
  ].join('\n');
}
