import {
  runWhole,
  watchDirectCase,
  type DirectCase,
  type Kernel,
  type Scenario,
  type WholeScenario,
} from '../model/index.ts';
import { judge, type Failure, type Property } from '../properties/index.ts';
import type { SavedCase } from '../search/savedCase.ts';
import { stepsJson, watchJudged } from './counterexample/index.ts';
import { colorsOf, wrap, type Style } from './counterexample/style.ts';

/** A case that was judged again. */
export interface Judged {
  readonly saved: SavedCase;
  readonly kernel: Kernel;
  /** What it is judged by, if by anything. */
  readonly property?: Pick<Property, 'id' | 'verdicts'>;
  readonly failure?: Failure;
}

/** A case that is looked at again. */
export interface Replayed extends Judged {
  readonly property?: Property;
}

/** What is said of a case now: whether it fails, and whether that is as specified. */
type ReplayVerdict = 'not judged' | 'holds' | 'known failure' | 'counterexample' | 'no longer fails';

/** Runs a case again. */
export function replay(saved: SavedCase, kernel: Kernel, property: Property | undefined): Replayed {
  if (property === undefined) return { saved, kernel };
  const failure = judge(property, kernel, saved.given);
  return { saved, kernel, property, ...(failure === undefined ? {} : { failure }) };
}

export function verdictOf({ property, failure, kernel }: Judged): ReplayVerdict {
  if (property === undefined) return 'not judged';
  const knownToFail = property.verdicts[kernel.base]?.holds === false;
  if (failure === undefined) return knownToFail ? 'no longer fails' : 'holds';
  return knownToFail ? 'known failure' : 'counterexample';
}

const EXIT_CODES: Readonly<Record<ReplayVerdict, number>> = {
  'not judged': 0,
  holds: 0,
  'known failure': 0,
  counterexample: 1,
  'no longer fails': 4,
};

export const replayExitCode = (judged: Judged): number => EXIT_CODES[verdictOf(judged)];

/** The verdict in a sentence or two. */
export function verdictText(judged: Judged, style: Style): string {
  const c = colorsOf(style);
  const { property, kernel, saved } = judged;
  const id = property?.id ?? '';
  switch (verdictOf(judged)) {
    case 'not judged':
      return 'The case names no property: nothing is judged.';
    case 'holds': {
      const again = saved.clause === undefined ? 'holds' : 'no longer fails';
      return c.green(`It ${again}: ${id} holds of this case in ${kernel.name}.`);
    }
    case 'known failure':
      return c.yellow(`It still fails, as ${id} is known to in ${kernel.base}.`);
    case 'counterexample':
      return c.red(`It still fails: ${id} is promised in ${kernel.base}.`);
    case 'no longer fails': {
      const text = `It no longer fails, though ${id} is known to fail in ${kernel.base}.`;
      const hint = 'If the kernel was mended, say so in the verdicts of the property.';
      return wrap(`${text} ${hint}`, '')
        .map((line) => c.red(line))
        .join('\n');
    }
  }
}

/** The case and its steps for programs. */
export function replayJson(replayed: Replayed): object {
  const { saved, kernel, property, failure } = replayed;
  return {
    id: saved.id,
    kernel: kernel.name,
    ...(property === undefined ? {} : { property: property.id }),
    verdict: verdictOf(replayed),
    ...(failure === undefined ? {} : { clause: failure.clause }),
    kind: saved.kind,
    ...happeningJson(replayed),
  };
}

/** What happens in a case that is run, and where it fails; nothing for one that is only asked. */
function happeningJson(replayed: Replayed): object {
  const { kernel, saved, failure } = replayed;
  switch (saved.kind) {
    case 'scenario':
      return runJson(replayed, saved.given as Scenario);
    case 'direct':
      return { ...failedJson(failure?.step), ...directJson(kernel, saved.given as DirectCase) };
    case 'machine': {
      const { end, turns, trace } = runWhole(kernel, saved.given as WholeScenario);
      return { ...failedJson(failure?.step), end, turns, trace };
    }
    case 'question':
    case 'setup':
      return {};
  }
}

const failedJson = (failedStep: number | undefined): object => (failedStep === undefined ? {} : { failedStep });

/** A run with the turns by which the property judges it; `sequel` has the first of those that are its own. */
function runJson({ kernel, property, failure }: Replayed, scenario: Scenario): object {
  const { run, failedStep, sequel } = watchJudged(kernel, scenario, property, failure);
  const { end, turns } = run;
  return { ...failedJson(failedStep), ...(sequel && { sequel }), end, turns, steps: stepsJson(run) };
}

function directJson(kernel: Kernel, given: DirectCase): object {
  const { end, turns, trace, task } = watchDirectCase(kernel, given);
  return { end, turns, trace, ...(end === 'returned' ? { result: task.result } : {}) };
}
