import type { Equivalent, Outcome } from './equivalents.ts';

/** A part of the model, what came of its mutants, and how long that took in seconds. */
export interface Row {
  readonly part: string;
  readonly outcome: Outcome;
  readonly seconds: number;
}

const HEAD = [
  'part',
  'mutants',
  'killed',
  'of these, endless',
  'equivalent',
  'survived',
  'left out',
  'score',
  'minutes',
];

const percent = (score: number): string => `${(Math.floor(score * 1000) / 10).toFixed(1)} %`;

const cells = (name: string, { mutants, killed, timeouts, equivalent, survivors, leftOut, score }: Outcome) => [
  name,
  ...[mutants, killed, timeouts, equivalent, survivors.length, leftOut].map(String),
  percent(score),
];

const minutes = (seconds: number): string => (seconds / 60).toFixed(1);

/** All parts as one. */
export function total(rows: readonly Row[]): Outcome {
  const sum = (of: (outcome: Outcome) => number): number => rows.reduce((all, { outcome }) => all + of(outcome), 0);
  const killed = sum((outcome) => outcome.killed);
  const survivors = rows.flatMap(({ outcome }) => outcome.survivors);
  return {
    mutants: sum((outcome) => outcome.mutants),
    killed,
    timeouts: sum((outcome) => outcome.timeouts),
    equivalent: sum((outcome) => outcome.equivalent),
    survivors,
    leftOut: sum((outcome) => outcome.leftOut),
    score: killed + survivors.length === 0 ? 1 : killed / (killed + survivors.length),
  };
}

/** The page of what was measured. */
export function page(rows: readonly Row[], missing: readonly string[], list: readonly Equivalent[]): string {
  const all = total(rows);
  const seconds = rows.reduce((sum, row) => sum + row.seconds, 0);
  const table = [
    HEAD,
    HEAD.map((_, i) => (i === 0 ? '---' : '---:')),
    ...rows.map(({ part, outcome, seconds: took }) => [...cells(`\`${part}\``, outcome), minutes(took)]),
    [...cells('together', all), minutes(seconds)],
  ];
  return `# Mutants of the model

\`npm run mutate\` changes the model in one place at a time, and asks the tests whether they notice: the tests of the
model, the recorded answers of the kernels, the litmus cases, the bugs of the history, the witnesses of known failures,
and the promises on a few drawn cases. \`npm run mutate -- model/loop\` does so for a part.

A mutant counts as killed if a test fails, or if a test no longer ends. A mutant that survives as nobody could tell it
from the model is equivalent, and listed with the reason in
[test/mutation/equivalent.json](../test/mutation/equivalent.json); the score is the share of killed ones among all
others. Left out are those that are met while the model is loaded: records of rules, tables, the words of steps. To try
one of them takes the model and all tests loaded anew, ten seconds and more, and so some four hours for all: whether a
table may be changed unnoticed is not known.

${table.map((row) => `| ${row.join(' | ')} |`).join('\n')}

The list of equivalent mutants has ${list.reduce((sum, { to }) => sum + to.length, 0)} entries.
${missingText(missing)}${survivorsText(all)}`;
}

const missingText = (missing: readonly string[]): string =>
  missing.length === 0 ? '' : `\nNot measured yet: ${missing.map((part) => code(part)).join(', ')}.\n`;

function survivorsText({ survivors }: Outcome): string {
  if (survivors.length === 0) return '';
  const rows = survivors.map(({ file, within, text, to }) => `| ${file} | ${within} | ${code(text)} | ${code(to)} |`);
  return `
## Not noticed yet

| file | in | text | changed to |
| --- | --- | --- | --- |
${rows.join('\n')}
`;
}

const code = (text: string): string => (text === '' ? 'nothing' : `\`\` ${text.replaceAll('|', '\\|')} \`\``);
