import { MIGRATE_TYPES, type Kernel } from '../model/index.ts';
import { runExample, type Answer, type Example, type Given } from './example.ts';
import { code, fenced, plain, table } from './markdown.ts';
import { freeLists, managedPages, type ZoneSketch } from './sketch.ts';

/** A worked example as Markdown. The kernel is asked first: a wrong example is not written. */
export function exampleText(k: Kernel, one: Example): string {
  runExample(k, one);
  return [
    `**Example: ${plain(one.title)}**`,
    one.zones.length === 0 ? '' : zonesText(one.zones),
    one.setup === undefined ? '' : setupText(one.setup, one.cases[0]!.given),
    one.request === undefined
      ? ''
      : `The pending request is for order ${one.request.order} and zone index ${one.request.zoneIdx}.`,
    one.script.length === 0 ? '' : scriptText(one),
    casesText(one),
  ]
    .filter((block) => block !== '')
    .join('\n\n');
}

/** A column, and whether a zone makes it worth showing: by default, if something stands in it. */
type Column = readonly [head: string, cell: (zone: ZoneSketch) => string, worth?: (zone: ZoneSketch) => boolean];

const zero = (value: number | undefined): string => String(value ?? 0);

const blocksText = (zone: ZoneSketch): string => {
  const lists = freeLists(zone);
  const shown = MIGRATE_TYPES.flatMap((type) => {
    const blocks = (lists[type] ?? []).flatMap((count, order) => (count === 0 ? [] : [`${count} × ${2 ** order}`]));
    return blocks.length === 0 ? [] : [`${blocks.join(' + ')}${type === 'movable' ? '' : ` (${type})`}`];
  });
  return shown.join(', ') || '0';
};

const COLUMNS: readonly Column[] = [
  ['min', ({ min }) => zero(min)],
  ['low', ({ low, min }) => zero(low ?? min), ({ low }) => low !== undefined],
  ['high', ({ high, low, min }) => zero(high ?? low ?? min), ({ high }) => high !== undefined],
  ['reserve by zone index', ({ reserve = [] }) => (reserve.some((pages) => pages > 0) ? reserve.join(', ') : '0')],
  ['free (blocks × pages)', blocksText],
  ['counter drift', ({ drift }) => zero(drift)],
  ['drift mark', ({ driftMark }) => zero(driftMark)],
  ['inactive file', ({ lru }) => zero(lru?.inactiveFile)],
  ['active file', ({ lru }) => zero(lru?.activeFile)],
  ['inactive anon', ({ lru }) => zero(lru?.inactiveAnon)],
  ['active anon', ({ lru }) => zero(lru?.activeAnon)],
  ['scanned', ({ pagesScanned }) => zero(pagesScanned)],
];

/** The zones as a table; a column in which nothing stands is left out. */
function zonesText(zones: readonly ZoneSketch[]): string {
  const columns: readonly Column[] = [
    ['zone', ({ name }) => name],
    ['managed', (zone) => String(managedPages(zone))],
    ...COLUMNS.filter(([, cell, worth = (zone) => cell(zone) !== '0']) => zones.some(worth)),
  ];
  const heads = columns.map(([head]) => head);
  return table(
    ['index', ...heads],
    zones.map((zone, i) => [String(i), ...columns.map(([, cell]) => cell(zone))]),
    ['index', ...heads.slice(1)],
  );
}

/** The machine before set-up, and its settings but for those that the cases give. */
function setupText({ nodes, args }: NonNullable<Example['setup']>, given: Given): string {
  const zones = nodes.flatMap((node) => node.zones);
  const marks = zones.some(({ watermark }) => watermark.high > 0);
  const numbers = ['managed', ...(marks ? ['min', 'low', 'high'] : [])];
  const rows = zones.map(({ name, managed, watermark: { min, low, high } }) =>
    [name, managed, ...(marks ? [min, low, high] : [])].map(String),
  );
  const settings = Object.entries(args)
    .filter(([name]) => !(name in given))
    .map(([name, value]) => `${code(name)} ${String(value).replaceAll(',', ', ')}`);
  return `${table(['zone', ...numbers], rows, numbers)}\n\n${settings.join('; ')}.`;
}

function scriptText({ script }: Example): string {
  const turns = script.map((turn) => JSON.stringify(turn)).join('\n');
  return `What the environment does, turn by turn:\n\n${fenced('json', turns)}`;
}

function casesText({ cases }: Example): string {
  const names = Object.keys(cases[0]!.given);
  const numbers = names.filter((name) => typeof cases[0]!.given[name] === 'number').map(code);
  const answers = answerColumns(cases.map(({ expected }) => expected));
  const rows = cases.map(({ given, worked }, i) =>
    names.map((name) => givenText(given[name]!)).concat(plain(worked), answers.cells[i]!),
  );
  return table([...names.map(code), 'worked by hand', ...answers.heads], rows, numbers);
}

interface AnswerColumns {
  readonly heads: readonly string[];
  readonly cells: readonly (readonly string[])[];
}

/** Answers in one column, or in one for each of their fields. */
function answerColumns(answers: readonly Answer[]): AnswerColumns {
  const records = answers.filter(isRecord);
  if (records.length < answers.length)
    return { heads: ['answer'], cells: answers.map((answer) => [answerText(answer)]) };
  const fields = Object.keys(records[0]!);
  return {
    heads: fields.map((field) => `answer: ${code(field)}`),
    cells: records.map((record) => fields.map((field) => answerText(record[field]!))),
  };
}

function givenText(value: Given[string]): string {
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  return typeof value === 'object' ? value.join(', ') || 'none' : String(value);
}

/** An answer in one cell: records of a trace stand one below the other, numbers and fields on one line. */
function answerText(answer: Answer): string {
  if (typeof answer === 'boolean') return answer ? '**yes**' : '**no**';
  if (typeof answer === 'number') return `**${answer}**`;
  if (typeof answer === 'string') return code(answer);
  if (isRecord(answer)) return Object.entries(answer).map(fieldText).join(', ');
  return answer.map(answerText).join(answer.some((item) => typeof item === 'number') ? ', ' : '<br>') || 'nothing';
}

const fieldText = ([name, value]: readonly [string, Answer]): string => `${name} ${answerText(value)}`;

const isRecord = (answer: Answer): answer is { readonly [name: string]: Answer } =>
  typeof answer === 'object' && !Array.isArray(answer);
