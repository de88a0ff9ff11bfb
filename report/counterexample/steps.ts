import { stepAt, type Run, type Step } from '../../model/index.ts';
import { changesBetween, changesText } from './changes.ts';
import { eventName, recordText, workName } from './say.ts';
import { colorsOf, wrap, type Colors, type Style } from './style.ts';

/** Every step of a run with all that it changed, a text each. The failing one, an index, is marked with ✗. */
export function* renderSteps(run: Run, style: Style, failedStep?: number): Generator<string> {
  const c = colorsOf(style);
  for (const [i, step] of run.steps.entries()) yield stepLines(run, step, i, i === failedStep, c).join('\n');
}

function stepLines({ kernel }: Run, step: Step, index: number, failed: boolean, c: Colors): readonly string[] {
  const { before, after, turn, records } = step;
  const next = after.thread.at;
  const way = step.kind === 'event' || step.kind === 'work' ? step.at : `${step.at} -> ${next}`;
  const head = `${failed ? '✗' : ' '} step ${index}, turn ${turn}: ${way}`;
  const changes = changesText(changesBetween(before, after));
  const { does } = stepAt(kernel, step.at)!;
  return [
    failed ? c.red(head) : c.bold(head),
    ...wrap(whatText(step, does), '    '),
    ...(changes === '' ? [] : wrap(changes, '    changed: ', '      ')),
    ...records.flatMap((record) => wrap(recordText(record, after.node), '    recorded: ', '      ')),
  ];
}

function whatText(step: Step, does: string): string {
  switch (step.kind) {
    case 'transition':
      return does;
    case 'event':
      return `Another task: ${eventName(step.event, step.before.node)}`;
    case 'work': {
      const work = workName(step);
      return work === '' ? does : `${does} ${work}.`;
    }
    case 'resume':
      return step.after.thread.at === step.at ? 'It waits on.' : 'It goes on.';
  }
}

/** A run's steps for programs: what each was given, what it changed and what it recorded. */
export function stepsJson({ steps }: Run): readonly object[] {
  return steps.map((step, i) => ({
    step: i,
    turn: step.turn,
    kind: step.kind,
    at: step.at,
    to: step.after.thread.at,
    ...('event' in step ? { event: step.event } : {}),
    ...('input' in step ? { input: step.input } : {}),
    changes: changesBetween(step.before, step.after).map(({ of, field, from, to }) => ({ of, field, from, to })),
    records: step.records,
  }));
}
