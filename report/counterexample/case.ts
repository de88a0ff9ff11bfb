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
import type { Case, CaseKind, Property } from '../../properties/index.ts';
import { listen } from './asked.ts';
import { directGivenLines } from './directLines.ts';
import { nodeLines } from './nodeTable.ts';
import type { ShownRun } from './sequel.ts';
import { setupLines } from './setupTable.ts';
import { wrap, type Colors } from './style.ts';
import { timelineLines } from './timeline.ts';
import { wholeGivenLines } from './wholeLines.ts';

/** What is given in a case, before anything happens: as lines. Of a question, as far as the property reads it. */
export function givenLines(
  kernel: Kernel,
  kind: CaseKind,
  given: Case,
  c: Colors,
  property?: Property,
): readonly string[] {
  switch (kind) {
    case 'scenario': {
      const { system, node } = bootScenario(kernel, given as Scenario);
      return [c.bold('The node at the start (pages)'), ...nodeLines(system, node, c)];
    }
    case 'question':
      return questionLines(given as Question, listen(property, kernel, given as Question)?.args, c);
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

/** A state, and what is asked about it: of its arguments those that the property reads. */
function questionLines(
  { system, node, args }: Question,
  read: ReadonlySet<keyof QuestionArgs> | undefined,
  c: Colors,
): readonly string[] {
  const byIndex = read?.has('zoneIdx') !== false;
  const head = byIndex ? `The node (pages; reserves against zoneIdx ${args.zoneIdx})` : 'The node (pages)';
  const asked = argTexts(args, node.zones[args.zone]!.name).flatMap(([name, text]) =>
    read?.has(name) === false ? [] : [text],
  );
  return [
    c.bold(head),
    ...nodeLines(system, makeNode(node), c, byIndex ? args.zoneIdx : undefined),
    ...(asked.length === 0 ? [] : ['', c.bold('The question'), ...wrap(asked.join(', '), '  ')]),
  ];
}

const argTexts = (
  { zone, order, zoneIdx, mark, balanceGap, allocFlags }: QuestionArgs,
  name: string,
): readonly (readonly [keyof QuestionArgs, string])[] => [
  ['zone', `zone ${zone} (${name})`],
  ['order', `order ${order}`],
  ['zoneIdx', `zoneIdx ${zoneIdx}`],
  ['mark', `mark ${mark}`],
  ['balanceGap', `balanceGap ${balanceGap}`],
  ['allocFlags', `allocFlags ${allocFlags.length === 0 ? 'none' : allocFlags.join(' and ')}`],
];

/** What the rules answer that a property asks about a state. */
export function answerLines(
  property: Property | undefined,
  kernel: Kernel,
  given: Question,
  c: Colors,
): readonly string[] {
  const answers = listen(property, kernel, given)?.answers ?? [];
  if (answers.length === 0) return [];
  return [c.bold('What the rules answer'), ...answers.flatMap((answer) => wrap(answer, '  ', '    '))];
}
