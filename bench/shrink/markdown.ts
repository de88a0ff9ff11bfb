import type { Compared } from './compare.ts';

const COLUMNS = [
  'bug',
  'kernel',
  'least events, turns',
  'scenarios tried',
  'found',
  'least events',
  'and least turns',
  'worst',
  'median time',
  'longest',
  'forms',
  'most frequent',
] as const;

const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
const length = ({ events, turns }: { readonly events: number; readonly turns: number }): string =>
  `${events}, ${turns}`;
const seconds = (ms: number): string => `${(ms / 1000).toFixed(2)} s`;

/** How many seeds came to each form, the most frequent first. */
function formsOf({ shrunk }: Compared): readonly number[] {
  const counts = new Map<string, number>();
  for (const { form } of shrunk) counts.set(form, (counts.get(form) ?? 0) + 1);
  return [...counts.values()].toSorted((a, b) => b - a);
}

const withLeastEvents = ({ proof, shrunk }: Compared): number =>
  shrunk.filter(({ events }) => events === proof.events).length;

const withLeastTurns = ({ proof, shrunk }: Compared): number =>
  shrunk.filter(({ events, turns }) => events === proof.events && turns === proof.turns).length;

/** The comparison as a table in Markdown. */
export function markdown(compared: readonly Compared[]): string {
  const rows = compared.map((one) => {
    const { proof, tried, shrunk } = one;
    const worst = shrunk.toSorted((a, b) => b.events - a.events || b.turns - a.turns)[0];
    const times = shrunk.map(({ ms }) => ms).toSorted((a, b) => a - b);
    const forms = formsOf(one);
    return [
      proof.bug.id,
      proof.bug.faulty.base,
      length(proof),
      tried.toLocaleString('en-US'),
      `${shrunk.length}`,
      `${withLeastEvents(one)}`,
      `${withLeastTurns(one)}`,
      worst === undefined ? '' : length(worst),
      seconds(times[Math.floor(times.length / 2)] ?? 0),
      seconds(times.at(-1) ?? 0),
      `${forms.length}`,
      `${forms[0] ?? 0}`,
    ];
  });
  return [row(COLUMNS), row(COLUMNS.map(() => '---')), ...rows.map(row)].join('\n');
}

/** What the table comes to, in sentences. */
export function conclusion(compared: readonly Compared[]): string {
  const often = (share: number, of: (one: Compared) => number): readonly Compared[] =>
    compared.filter((one) => of(one) >= share * one.shrunk.length);
  const missed = compared.filter((one) => !often(0.95, withLeastEvents).includes(one)).map(({ proof }) => proof.bug.id);
  const above = compared.filter(({ proof, shrunk }) => shrunk.some(({ events }) => events > proof.events + 1)).length;
  const slow = compared.flatMap(({ shrunk }) => shrunk).filter(({ ms }) => ms >= 2000).length;
  return [
    `Of ${compared.length} bugs, ${often(0.95, withLeastEvents).length} come to the least number of events with at`,
    `least 95 of 100 seeds, ${often(0.95, withLeastTurns).length} to the least number of turns too;`,
    `${above} are more than one event above with some seed, and ${slow} of all cases took 2 seconds or longer.`,
    missed.length === 0 ? '' : `Missed: ${missed.join(', ')}.`,
  ]
    .filter((sentence) => sentence !== '')
    .join('\n');
}
