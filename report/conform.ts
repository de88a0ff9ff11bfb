import pc from 'picocolors';
import type { Agreement, Disagreement, FileReport } from '../kernel/vectors/conform.ts';

const count = (n: number): string => n.toLocaleString('en-US');
const sum = (functions: readonly Agreement[], key: 'cases' | 'agree'): number =>
  functions.reduce((total, agreement) => total + agreement[key], 0);

/** How many cases of all files agree. */
export function totals(reports: readonly FileReport[]): { readonly cases: number; readonly agree: number } {
  const functions = reports.flatMap((report) => report.functions);
  return { cases: sum(functions, 'cases'), agree: sum(functions, 'agree') };
}

/** The last line: `5,160 of 5,160 agree`. */
export function describeTotals(reports: readonly FileReport[]): string {
  const { cases, agree } = totals(reports);
  const line = `${count(agree)} of ${count(cases)} agree`;
  return agree === cases ? pc.green(line) : pc.red(line);
}

/** One file's agreement, function by function, and the first `show` cases that differ. */
export function describeFile(report: FileReport, show: number): string {
  const { file, functions, disagreements } = report;
  const shown = disagreements.slice(0, show).flatMap(describeDisagreement);
  const hidden = disagreements.length - Math.min(show, disagreements.length);
  const rest = hidden > 0 ? [`  ${count(hidden)} more differ: show them with --show ${disagreements.length}`] : [];
  return [pc.bold(file), ...table(functions), ...shown, ...rest].join('\n');
}

function table(functions: readonly Agreement[]): readonly string[] {
  const all = { fn: 'all', cases: sum(functions, 'cases'), agree: sum(functions, 'agree') };
  const rows = functions.length > 1 ? [...functions, all] : functions;
  const width = Math.max(8, ...rows.map(({ fn }) => fn.length));
  const line = (fn: string, cases: string, agree: string, differ: string): string =>
    `  ${fn.padEnd(width)}  ${cases.padStart(7)}  ${agree.padStart(7)}  ${differ.padStart(7)}`.trimEnd();
  return [
    pc.dim(line('function', 'cases', 'agree', 'differ')),
    ...rows.map(({ fn, cases, agree }) => {
      const text = line(fn, count(cases), count(agree), count(cases - agree));
      return cases === agree ? text : pc.red(text);
    }),
  ];
}

function describeDisagreement({ id, fn, line, difference, trace }: Disagreement): readonly string[] {
  const head = `\n  ${pc.bold(id)} (${fn}, line ${line}) differs first at ${pc.bold(difference.at)}`;
  if (trace === undefined) return [head, ...answers(shownValue(difference.expected), shownValue(difference.got))];
  const before =
    trace.before === undefined ? [] : [pc.dim(`    ${trace.before.at}, agreed: ${shownRecord(trace.before.record)}`)];
  return [
    head,
    ...before,
    ...answers(
      'expected' in trace ? shownRecord(trace.expected) : 'the end of the trace',
      'got' in trace ? shownRecord(trace.got) : 'the end of the trace',
    ),
  ];
}

const answers = (expected: string, got: string): readonly string[] => [
  `    expected: ${pc.green(expected)}`,
  `    got:      ${pc.red(got)}`,
];

/** A record as one would say it: `shrink zone 1, priority 12, order 0, nrToReclaim 32`. */
function shownRecord(record: unknown): string {
  if (typeof record !== 'object' || record === null || !('ev' in record)) return shownValue(record);
  const { ev, ...fields } = record;
  const said = Object.entries(fields).map(([name, value]) => `${name} ${shownValue(value)}`);
  return [shownName(ev), said.join(', ')].join(' ').trimEnd();
}

const shownName = (ev: unknown): string => (typeof ev === 'string' ? ev : shownValue(ev));

const MAX_SHOWN = 100;

function shownValue(value: unknown): string {
  if (value === undefined) return 'nothing';
  const text = JSON.stringify(value) ?? String(value);
  return text.length > MAX_SHOWN ? `${text.slice(0, MAX_SHOWN - 3)}...` : text;
}
