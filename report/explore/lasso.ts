import { bootScenario, watchScenario, type Kernel, type Run } from '../../model/index.ts';
import type { ExploredEventually } from '../../search/explore/result.ts';
import { unrolled } from '../../search/explore/liveness/lasso.ts';
import { nodeLines } from '../counterexample/nodeTable.ts';
import { colorsOf, wrap, type Style } from '../counterexample/style.ts';
import { renderTimeline } from '../counterexample/timeline.ts';

/** A run that goes on for ever without what is owed, as people read it: what leads there, and what goes round. */
export function renderLasso({ property, lasso }: ExploredEventually, kernel: Kernel, style: Style): string {
  const c = colorsOf(style);
  const { stem, loop } = lasso!;
  const { system, node } = bootScenario(kernel, stem);
  const lines = [
    c.bold(property.title),
    ...wrap(property.statement, '  '),
    '',
    c.bold('The node at the start (pages)'),
    ...nodeLines(system, node, c),
    '',
    c.bold('What leads there'),
    ...timeline(watchScenario(kernel, stem), style),
  ];
  if (loop.length === 0) return lines.join('\n');
  const run = watchScenario(kernel, unrolled(lasso!, 1));
  const first = run.steps.findIndex(({ kind, turn }) => kind === 'work' && turn >= stem.script.length);
  return [
    ...lines,
    '',
    c.bold('What goes on for ever'),
    ...timeline({ ...run, steps: run.steps.slice(first) }, style),
    c.dim(`      and again from turn ${stem.script.length}`),
  ].join('\n');
}

/** A run turn by turn, without its last line: that it was cut off says nothing here. */
const timeline = (run: Run, style: Style): readonly string[] => renderTimeline(run, style).split('\n').slice(0, -1);
