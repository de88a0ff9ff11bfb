import { bootScenario, watchScenario, watchWhole, type Kernel, type Run, type WholeRun } from '../../model/index.ts';
import type { ExploredEventually } from '../../search/explore/result.ts';
import { isWholeLasso, unrolled, type KswapdLasso, type WholeLasso } from '../../search/explore/liveness/lasso.ts';
import { nodeLines } from '../counterexample/nodeTable.ts';
import { colorsOf, wrap, type Colors, type Style } from '../counterexample/style.ts';
import { renderTimeline } from '../counterexample/timeline.ts';
import { wholeGivenLines, wholeTurnLines } from '../counterexample/wholeLines.ts';

type Told = Pick<ExploredEventually, 'property' | 'lasso'>;

/** A run that goes on for ever without what is owed, as people read it: what leads there, and what goes round. */
export function renderLasso({ property, lasso }: Told, kernel: Kernel, style: Style): string {
  const c = colorsOf(style);
  const lines = isWholeLasso(lasso!) ? wholeLines(lasso, kernel, c) : kswapdLines(lasso!, kernel, style, c);
  return [c.bold(property.title), ...wrap(property.statement, '  '), '', ...lines].join('\n');
}

function kswapdLines(lasso: KswapdLasso, kernel: Kernel, style: Style, c: Colors): readonly string[] {
  const { stem, loop } = lasso;
  const { system, node } = bootScenario(kernel, stem);
  const lines = [
    c.bold('The node at the start (pages)'),
    ...nodeLines(system, node, c),
    '',
    c.bold('What leads there'),
    ...timeline(watchScenario(kernel, stem), style),
  ];
  if (loop.length === 0) return lines;
  const run = watchScenario(kernel, unrolled(lasso, 1));
  const first = run.steps.findIndex(({ kind, turn }) => kind === 'work' && turn >= stem.script.length);
  const round = timeline({ ...run, steps: run.steps.slice(first) }, style);
  return [...lines, '', ...goesOn(round, stem.script.length, c)];
}

const goesOn = (round: readonly string[], turn: number, c: Colors): readonly string[] => [
  c.bold('What goes on for ever'),
  ...round,
  c.dim(`      and again from turn ${turn}`),
];

/** A run turn by turn, without its last line: that it was cut off says nothing here. */
const timeline = (run: Run, style: Style): readonly string[] => renderTimeline(run, style).split('\n').slice(0, -1);

function wholeLines(lasso: WholeLasso, kernel: Kernel, c: Colors): readonly string[] {
  const { stem, loop } = lasso;
  const lines = [
    ...wholeGivenLines(kernel, stem, c),
    '',
    c.bold('What leads there'),
    ...wholeTurnLines(watchWhole(kernel, stem), undefined, c),
  ];
  if (loop.length === 0) return [...lines, '', c.bold('Nobody can go on')];
  const run = watchWhole(kernel, unrolled(lasso, 1));
  const round: WholeRun = { ...run, steps: run.steps.filter(({ turn }) => turn >= stem.script.length) };
  return [...lines, '', ...goesOn(wholeTurnLines(round, undefined, c), stem.script.length, c)];
}
