import type { Run, Scenario } from '../../model/index.ts';
import { reasonsText } from '../../search/diff/clause.ts';
import { runsPart, type Decision, type Made } from '../../search/diff/decisions.ts';
import type { LoopClause, LoopSide } from '../../search/diff/loop.ts';
import type { Group } from '../../search/diff/grouping.ts';
import { stretchOf } from '../../search/diff/stretch.ts';
import { count } from '../check/reporter.ts';
import { givenLines } from '../counterexample/case.ts';
import { fold, shapeOf } from '../counterexample/fold.ts';
import { colorsOf } from '../counterexample/style.ts';
import { turnStories } from '../counterexample/turns.ts';
import { DECIDES } from './callTree.ts';
import { wrapTo } from './columns.ts';
import { explainAnswer, explainedLines } from './explain.ts';
import { namedLine, sideBySide, type DiffStyle, type Pair } from './show.ts';

/** Decisions as one would say them of a kswapd. */
const SAID: Readonly<Record<Decision['ev'], string>> = {
  wake: 'begins to balance',
  short_sleep: 'dozes',
  sleep: 'sleeps',
  low_wmark_hit_quickly: 'stays awake (low_wmark_hit_quickly)',
  high_wmark_hit_quickly: 'stays awake (high_wmark_hit_quickly)',
  pfmemalloc_wake: 'lets throttled tasks go',
  wakeup: 'is sent a wake-up that gets through',
  frozen: 'stands still for the freezer',
  stopped: 'ends',
  asleep: 'sleeps on to the end',
  spins: 'spins without waiting',
};

function decisionText({ ev, ...fields }: Decision): string {
  const said = Object.entries(fields).map(([name, value]) => `${name} ${value}`);
  return said.length === 0 ? SAID[ev] : `${SAID[ev]}, ${said.join(', ')}`;
}

const sideText = ({ at, because }: LoopSide, { decision }: Made): string =>
  `${decisionText(decision)}, at ${at}${reasonsText(because)}`;

/** Runs that part in the same decision: what each kswapd does, the smallest run, and what each was told on the way. */
export function* loopGroupLines(
  kernels: Pair,
  { clause, cases, witness }: Group<LoopClause>,
  whole: boolean,
  style: DiffStyle,
): Generator<string> {
  const c = colorsOf(style);
  const parts = runsPart(...kernels, witness as Scenario)!;
  const by = clause.parting === undefined ? '' : `, as ${clause.parting} differs`;
  yield c.bold(`kswapd decides differently${by}: ${count(cases)} runs`);
  const sides = [clause.first, clause.second] as const;
  for (const i of [0, 1] as const) {
    const line = namedLine(kernels, i, sideText(sides[i], parts.made[i]));
    yield* wrapTo(line, style.width, namedLine(kernels, i, '').length - 2);
  }
  if (!whole) return;
  yield '';
  yield* givenLines(kernels[0], 'scenario', witness, c);
  yield '';
  yield c.bold('What happens, up to the decision');
  const told = [storyLines(parts.runs[0], parts.made[0]), storyLines(parts.runs[1], parts.made[1])] as const;
  yield* sideBySide(kernels, told, style.width, c);
  const askedBy = (i: 0 | 1): readonly string[] => {
    const explained = explainAnswer(kernels[i], stretchOf(parts.runs[i], parts.made[i]).ask);
    return explainedLines({
      ...explained,
      calls: explained.calls.filter((call) => explained.decisive.has(call.number)),
    });
  };
  const asked = [askedBy(0), askedBy(1)] as const;
  if (asked.every((lines) => lines.length === 0)) return;
  yield '';
  yield c.bold('What decided, of all that it asked since it last waited or decided');
  yield* sideBySide(kernels, asked, style.width, c);
}

/** A run's turns up to a decision, long repetitions folded. */
function storyLines({ steps }: Run, { step, decision }: Made): readonly string[] {
  const stories = turnStories({ steps: steps.slice(0, step + 1) }, undefined).map(
    ({ turn, at, environment, kswapd }) => {
      const outside = environment.map(({ text }) => text).join('; ');
      const own = kswapd.map(({ text }) => text).join('; ');
      const head = turn === undefined ? at : `${turn} ${at}`;
      return `${head}: ${[outside, own === '' ? '' : `→ ${own}`].filter((text) => text !== '').join(' ')}`;
    },
  );
  const lines = fold(stories, shapeOf).map((item) =>
    'shown' in item ? item.shown : `… ${item.hidden.length} turns like these`,
  );
  return [...lines, `${DECIDES} ${decisionText(decision)}`];
}
