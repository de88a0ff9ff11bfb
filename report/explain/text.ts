import pc from 'picocolors';
import type { Assumption } from '../../kernel/zoneinfo/assumption.ts';
import { watermarkBar, type Bar } from './bar.ts';
import type { ZoneVerdict } from './balanceForm.ts';
import type { ExplainedNode, Explanation } from './explain.ts';
import type { ZoneAnswer } from './explainNode.ts';
import { answerSentence, changeSentence } from './sentence.ts';
import type { Clause } from './terms.ts';

type Colors = ReturnType<typeof pc.createColors>;
type Paint = (text: string) => string;

/** The explanation as lines for people. Pages are 4 KiB unless the machine has others. */
export function explanationLines(explanation: Explanation, color: boolean): readonly string[] {
  const colors = pc.createColors(color);
  const { source, kernel, judgedBecause, order } = explanation;
  const lines = [
    colors.bold(`Would kswapd sleep? ${source}, order ${order}`),
    colors.dim(`Judged by the rules of Linux ${kernel}: ${judgedBecause}.`),
    colors.dim('Quantities are in pages.'),
  ];
  for (const node of explanation.nodes) lines.push('', ...nodeLines(node, colors));
  const notes = [...assumedLines(explanation.assumed, explanation), ...remarkLines(explanation)];
  if (notes.length > 0) lines.push('', ...notes);
  return lines;
}

function nodeLines({ answer: node, whatIfs }: ExplainedNode, colors: Colors): readonly string[] {
  const lines = [colors.bold(`Node ${node.id}`), ...table(node.zones, colors)];
  for (const zone of node.zones) {
    if (isPassedOver(zone)) continue;
    lines.push('', `  ${colors.bold(zone.zone.name)}: ${verdictText(zone.verdict, colors)}`);
    for (const clause of zone.clauses) lines.push(...clauseLines(clause, 4, zone.verdict === 'unreclaimable', colors));
    if (zone.departs) lines.push(colors.yellow('    ! the kernel’s own rules say otherwise than these clauses'));
  }
  const { share } = node;
  if (share !== undefined) {
    const { balancedPages, managedPages, needed, holds } = share;
    const numbers = `${balancedPages} balanced ${holds ? '>=' : '<'} ${needed}, a quarter of ${managedPages} managed`;
    lines.push('', `  ${tick(holds, colors)} 25 % rule     ${numbers}`);
  }
  lines.push('', (node.sleeps ? colors.green : colors.red)(answerSentence(node)), changeSentence(node));
  for (const { instead, sleeps } of whatIfs) {
    const turned =
      sleeps === node.sleeps ? 'the answer would be the same' : `it would ${sleeps ? 'sleep' : 'stay awake'}`;
    lines.push(`Were it otherwise, ${instead}: ${turned}.`);
  }
  return lines;
}

const COLUMNS = ['zone', 'managed', 'free', 'min', 'low', 'high', 'reserve'] as const;

const isPassedOver = ({ verdict }: ZoneAnswer): boolean => verdict === 'unpopulated' || verdict === 'unmanaged';

/** One line a zone: its numbers, and a bar of its free memory against the marks. */
function table(zones: readonly ZoneAnswer[], colors: Colors): readonly string[] {
  const rows = zones.map(({ zone, freePages, marks: { min, low, high }, reserve }) =>
    [zone.name, zone.managed, freePages, min, low, high, reserve].map(String),
  );
  const widths = COLUMNS.map((name, i) => Math.max(name.length, ...rows.map((row) => row[i]!.length)));
  const cells = (row: readonly string[]): string =>
    row.map((cell, i) => (i === 0 ? cell.padEnd(widths[i]!) : cell.padStart(widths[i]!))).join('  ');
  return [
    colors.dim(`  ${cells(COLUMNS)}  free against min, low, high${zones.some(keeps) ? ', each with the reserve' : ''}`),
    ...zones.map((zone, i) => {
      const verdict = verdictText(zone.verdict, colors);
      if (isPassedOver(zone)) return colors.dim(`  ${cells(rows[i]!)}  ${verdict}`);
      const bar = watermarkBar(withReserve(zone), zone.freePages);
      return `  ${cells(rows[i]!)}  ${barPaint(bar, colors)(bar.cells)}  ${verdict}`;
    }),
  ];
}

const keeps = (zone: ZoneAnswer): boolean => zone.reserve > 0 && !isPassedOver(zone);

const withReserve = ({ marks: { min, low, high }, reserve }: ZoneAnswer): ZoneAnswer['marks'] => ({
  min: min + reserve,
  low: low + reserve,
  high: high + reserve,
});

function barPaint({ level }: Bar, colors: Colors): Paint {
  return level === 'high' ? colors.green : level === 'low' ? colors.yellow : colors.red;
}

function verdictText(verdict: ZoneVerdict, colors: Colors): string {
  switch (verdict) {
    case 'unpopulated':
      return 'not populated';
    case 'unmanaged':
      return 'passed over: no managed pages';
    case 'unreclaimable':
      return colors.yellow('counts as balanced: not worth scanning');
    case 'balanced':
      return colors.green('balanced');
    case 'unbalanced':
      return colors.red('not balanced');
  }
}

const tick = (holds: boolean, colors: Colors): string => (holds ? colors.green('✓') : colors.red('✗'));

const TITLES: Readonly<Record<Clause['id'], string>> = {
  populated: 'populated',
  managed: 'managed',
  reclaimable: 'reclaimable',
  watermark: 'watermark',
  orderWalk: 'by order',
  freeList: 'free list',
  compaction: 'compaction',
};

/** A clause and its parts. What nobody asks any more, since the zone is not worth scanning, is dimmed. */
function clauseLines(clause: Clause, indent: number, moot: boolean, colors: Colors): readonly string[] {
  const { id, holds, left, relation, right, parts } = clause;
  const sign = holds ? relation : NEGATED[relation];
  const text = `${TITLES[id].padEnd(11)}  ${termText(left)} ${sign} ${termText(right)}`;
  const skipped = moot && id !== 'populated' && id !== 'reclaimable';
  return [
    `${' '.repeat(indent)}${tick(holds, colors)} ${skipped ? colors.dim(text) : text}`,
    ...(parts ?? []).flatMap((part) => clauseLines(part, indent + 4, moot, colors)),
  ];
}

const termText = ({ value, what }: Clause['left']): string => (what === '' ? `${value}` : `${value} (${what})`);

const NEGATED: Readonly<Record<Clause['relation'], string>> = {
  '>': '<=',
  '<': '>=',
  outside: 'inside',
  'is not': 'is',
};

/** Equal assumptions about several zones stand together. */
function assumedLines(assumed: readonly Assumption[], { nodes }: Explanation): readonly string[] {
  if (assumed.length === 0) return [];
  const groups = new Map<string, { readonly first: Assumption; readonly places: string[] }>();
  for (const told of assumed) {
    const key = `${told.field}\n${told.because}`;
    const group = groups.get(key) ?? { first: told, places: [] };
    groups.set(key, group);
    const node = nodes.length > 1 && told.node !== undefined ? `node ${told.node} ` : '';
    group.places.push(`${node}${told.zone === undefined ? '' : `${told.zone} `}${told.value}`);
  }
  const lines = [...groups.values()].map(
    ({ first, places }) => `  ${first.field}: ${places.join(', ')} (${first.because})`,
  );
  return ['Assumed:', ...lines];
}

function remarkLines({ remarks }: Explanation): readonly string[] {
  return remarks.map(({ node, text }) => `Note: ${node === undefined ? '' : `node ${node}: `}${text}.`);
}
