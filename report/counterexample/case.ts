import {
  makeNode,
  watchScenario,
  type Kernel,
  type Question,
  type QuestionArgs,
  type Run,
  type Scenario,
} from '../../model/index.ts';
import type { Case, CaseKind, Failure } from '../../properties/index.ts';
import { nodeLines } from './nodeTable.ts';
import { setupLines } from './setupTable.ts';
import { wrap, type Colors } from './style.ts';
import { timelineLines } from './timeline.ts';

/** What is given in a case and, for a run, what happens: as lines. */
export function caseLines(
  kernel: Kernel,
  kind: CaseKind,
  given: Case,
  failure: Failure | undefined,
  c: Colors,
): readonly string[] {
  switch (kind) {
    case 'scenario':
      return runLines(watchScenario(kernel, given as Scenario), failure?.step, c);
    case 'question':
      return questionLines(given as Question, c);
    case 'setup':
      return setupLines(kernel, given, c);
  }
}

/** A run: the node at its start, its timeline, and the node where it fails. */
function runLines(run: Run, failedStep: number | undefined, c: Colors): readonly string[] {
  const { start, steps } = run;
  const lines = [
    c.bold('The node at the start (pages)'),
    ...nodeLines(start.system, start.node, c),
    '',
    c.bold('What happens'),
    ...timelineLines(run, c, failedStep),
  ];
  const failing = failedStep === undefined ? undefined : steps[failedStep];
  if (failing === undefined || failing.after.node === start.node) return lines;
  const { system, node } = failing.after;
  return [
    ...lines,
    '',
    c.bold(`The node after the failing step, in turn ${failing.turn}`),
    ...nodeLines(system, node, c),
  ];
}

function questionLines({ system, node, args }: Question, c: Colors): readonly string[] {
  return [
    c.bold('The node (pages)'),
    ...nodeLines(system, makeNode(node), c),
    '',
    c.bold('The question'),
    ...wrap(argsText(args, node.zones[args.zone]!.name), '  '),
  ];
}

function argsText({ zone, order, zoneIdx, mark, balanceGap, allocFlags }: QuestionArgs, name: string): string {
  return [
    `zone ${zone} (${name})`,
    `order ${order}`,
    `zoneIdx ${zoneIdx}`,
    `mark ${mark}`,
    `balanceGap ${balanceGap}`,
    `allocFlags ${allocFlags.length === 0 ? 'none' : allocFlags.join(' and ')}`,
  ].join(', ');
}
