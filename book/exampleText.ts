import { MIGRATE_TYPES } from '../model/index.ts';
import { answerColumns } from './answers.ts';
import { expectedOf, runExample, type Answer, type Example, type Given } from './example.ts';
import { code, fenced, listed, plain, table } from './markdown.ts';
import { freeLists, managedPages, type ZoneSketch } from './sketch.ts';
import { KERNELS } from './versions.ts';

/**
 * A worked example as Markdown, of a rule that the kernels `asked` have. The kernels are asked first: a wrong example
 * is not written.
 */
export function exampleText(one: Example, asked: readonly string[]): string {
  for (const k of KERNELS) if (one.kernels.includes(k.name)) runExample(k, one);
  return [
    `**Example: ${plain(one.title)}**${asked.length === one.kernels.length ? '' : ` (${listed(one.kernels)})`}`,
    one.zones.length === 0 ? '' : zonesText(one.zones),
    one.setup === undefined ? '' : setupText(one.setup, one.cases[0]!.given),
    one.request === undefined ? '' : requestText(one.request),
    one.script.length === 0 ? '' : scriptText(one),
    casesText(one),
  ]
    .filter((block) => block !== '')
    .join('\n\n');
}

const requestText = ({ order, zoneIdx, failures }: NonNullable<Example['request']>): string =>
  `The pending request is for order ${order} and zone index ${zoneIdx}` +
  `${failures === 0 ? '' : `, after ${failures} runs in vain`}.`;

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
  ['boost', ({ boost }) => zero(boost)],
  ['set aside for high-order atomic requests', ({ reservedHighatomic }) => zero(reservedHighatomic)],
  ['left of its share', ({ batch }) => zero(batch)],
  ['waiting to be written', ({ writePending }) => zero(writePending)],
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

/** A case as one row, or as one for each answer that some kernels give. */
interface Row {
  readonly kernels: readonly string[];
  readonly given: Given;
  readonly expected: Answer;
  readonly worked: string;
}

function rowsOf({ cases, kernels }: Example): readonly Row[] {
  return cases.flatMap((one) => {
    const rows: Row[] = [];
    for (const kernel of kernels) {
      const { expected, worked } = expectedOf(kernel, one);
      const last = rows.at(-1);
      if (last?.worked === worked) rows[rows.length - 1] = { ...last, kernels: [...last.kernels, kernel] };
      else rows.push({ kernels: [kernel], given: one.given, expected, worked });
    }
    return rows;
  });
}

function casesText(one: Example): string {
  const [{ given: first }] = one.cases as readonly [Row];
  const names = Object.keys(first);
  const numbers = names.filter((name) => typeof first[name] === 'number').map(code);
  const all = rowsOf(one);
  const apart = all.length > one.cases.length;
  const answers = answerColumns(all.map(({ expected }) => expected));
  const rows = all.map(({ given, worked, kernels }, i) =>
    names
      .map((name) => givenText(given[name]!))
      .concat(apart ? kernels.join(', ') : [], plain(worked), answers.cells[i]!),
  );
  return table([...names.map(code), ...(apart ? ['kernel'] : []), 'worked by hand', ...answers.heads], rows, numbers);
}

function givenText(value: Given[string]): string {
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  return typeof value === 'object' ? value.join(', ') || 'none' : String(value);
}
