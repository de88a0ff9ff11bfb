import {
  bootScenario,
  makeNode,
  type DirectCase,
  type Kernel,
  type Node,
  type Question,
  type QuestionArgs,
  type Scenario,
  type WholeScenario,
} from '../../model/index.ts';
import type { Case, CaseKind } from '../../properties/index.ts';
import { directGivenLines } from './directLines.ts';
import { nodeLines } from './nodeTable.ts';
import type { ShownRun } from './sequel.ts';
import { setupLines } from './setupTable.ts';
import { wrap, type Colors } from './style.ts';
import { timelineLines } from './timeline.ts';
import { wholeGivenLines } from './wholeLines.ts';

/** What is given in a case, before anything happens: as lines. */
export function givenLines(kernel: Kernel, kind: CaseKind, given: Case, c: Colors): readonly string[] {
  switch (kind) {
    case 'scenario': {
      const { system, node } = bootScenario(kernel, given as Scenario);
      return [c.bold('The node at the start (pages)'), ...nodeLines(system, node, c)];
    }
    case 'question':
      return questionLines(given as Question, c);
    case 'setup':
      return setupLines(kernel, given, c);
    case 'direct':
      return directGivenLines(kernel, given as DirectCase, c);
    case 'machine':
      return wholeGivenLines(kernel, given as WholeScenario, c);
  }
}

/** What happens in a run, and the node where it fails. */
export function runLines(shown: ShownRun, c: Colors): readonly string[] {
  const { run, failedStep } = shown;
  const lines = [c.bold('What happens'), ...timelineLines(shown, c)];
  const failing = failedStep === undefined ? undefined : run.steps[failedStep];
  if (failing === undefined || sameZones(failing.after.node, run.start.node)) return lines;
  const { system, node } = failing.after;
  return [...lines, '', c.bold('The node after the failing step'), ...nodeLines(system, node, c)];
}

const sameZones = (a: Node, b: Node): boolean => JSON.stringify(a.zones) === JSON.stringify(b.zones);

function questionLines({ system, node, args }: Question, c: Colors): readonly string[] {
  return [
    c.bold(`The node (pages; reserves against zoneIdx ${args.zoneIdx})`),
    ...nodeLines(system, makeNode(node), c, args.zoneIdx),
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
