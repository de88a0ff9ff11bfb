import { median, SEARCH_NAMES, type Compared, type Needed } from './compare.ts';

const TITLES: Readonly<Record<(typeof SEARCH_NAMES)[number], string>> = {
  hunt: 'hunt',
  check: 'check, unguided',
  plain: 'plain fast-check',
};

const count = (n: number, most: number): string => (n === Infinity ? `> ${grouped(most)}` : grouped(n));
const grouped = (n: number): string => n.toLocaleString('en-US');
const seconds = (ms: number): string => `${(ms / 1000).toFixed(ms < 10_000 ? 2 : 0)} s`;
const foundIn = ({ executions }: Needed): number => executions.filter((one) => one !== Infinity).length;

function cells(needed: Needed, most: number): readonly string[] {
  const { executions, ms } = needed;
  return [`${foundIn(needed)} of ${executions.length}`, count(median(executions), most), seconds(median(ms))];
}

/** How many times as many executions another search needs, at the median. */
function timesAsMany(hunt: Needed, other: Needed, most: number): string {
  const [own, others] = [median(hunt.executions), median(other.executions)];
  if (own === Infinity) return others === Infinity ? '' : `< ${(others / most).toFixed(2)}`;
  return others === Infinity ? `> ${Math.floor(most / own)}` : (others / own).toFixed(1);
}

const row = (columns: readonly string[]): string => `| ${columns.join(' | ')} |`;

/** The comparison as a table in Markdown. Every search's columns: seeds that found it, median executions and time. */
export function markdown(compared: readonly Compared[], most: number): string {
  const header = [
    'bug',
    'kernel',
    'property',
    ...SEARCH_NAMES.flatMap((name) => [`${TITLES[name]}: found`, 'cases', 'time']),
  ];
  const rows = compared.map(({ bug, needed }) => [
    bug.id,
    bug.faulty.base,
    bug.property,
    ...SEARCH_NAMES.flatMap((name) => cells(needed[name], most)),
    timesAsMany(needed.hunt, needed.plain, most),
  ]);
  const columns = [...header, 'plain / hunt'];
  return [row(columns), row(columns.map(() => '---')), ...rows.map(row)].join('\n');
}

/** What the table comes to, in sentences. */
export function conclusion(compared: readonly Compared[], seeds: number, most: number): string {
  const sentences = SEARCH_NAMES.map((name) => {
    const needed = compared.map((one) => one.needed[name]);
    const always = needed.filter((one) => foundIn(one) === seeds).length;
    const ever = needed.filter((one) => foundIn(one) > 0).length;
    return `${TITLES[name]}: ${always} of ${compared.length} bugs with every seed, ${ever} with some.`;
  });
  const fifth = compared.filter(({ needed: { hunt, plain } }) => {
    const own = median(hunt.executions);
    return own !== Infinity && own * 5 <= Math.min(median(plain.executions), most);
  }).length;
  return [...sentences, `In ${fifth} of them the hunt needs at most a fifth of what the plain harness does.`].join(
    '\n',
  );
}
