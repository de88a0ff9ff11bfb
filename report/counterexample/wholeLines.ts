import {
  watchWhole,
  type Kernel,
  type WholeEvent,
  type WholeMachine,
  type WholeRecord,
  type WholeRequest,
  type WholeRun,
  type WholeScenario,
  type WholeScenarioTask,
  type WholeStep,
} from '../../model/index.ts';
import { fold, shapeOf } from './fold.ts';
import { nodeLines } from './nodeTable.ts';
import { recordText, workText } from './say.ts';
import { counted, wrap, type Colors } from './style.ts';

/** The nodes of a machine, and what its tasks will ask for. */
export function wholeGivenLines(kernel: Kernel, given: WholeScenario, c: Colors): readonly string[] {
  const { memory } = watchWhole(kernel, { ...given, script: [], afterwards: 'stop' }).start;
  return [
    ...memory.pgdats.flatMap(({ node, thread }, n) => {
      const head = `Node ${n} at the start (pages), its kswapd ${thread.at === 'sleep' ? 'asleep' : thread.at}`;
      return [c.bold(head)].concat(nodeLines(memory.system, node, c), '');
    }),
    c.bold('The tasks'),
    ...given.tasks.flatMap((task, t) => wrap(taskText(task), `  task ${t}: `, '    ')),
  ];
}

function taskText({ node, flags = [], requests }: WholeScenarioTask): string {
  const asked = fold(requests.map(requestText), (text) => text).map((item) =>
    'shown' in item ? item.shown : `… ${item.hidden.length} more like this …`,
  );
  return [`runs on node ${node}`, ...flags, ...asked].join('; ');
}

function requestText({ gfp, order, node, nodemask, lifetime }: WholeRequest): string {
  const parts = [`asks for order ${order}`, gfp.length === 0 ? 'with an empty mask' : gfp.join(' ')];
  if (node !== undefined) parts.push(`on node ${node}`);
  if (nodemask !== undefined) parts.push(`of nodes ${nodemask.join(', ')}`);
  if (lifetime === 'cache') parts.push('for the page cache');
  else if (lifetime !== undefined) parts.push(`for ${counted(lifetime, 'turn')}`);
  return parts.join(' ');
}

interface Told {
  readonly head: string;
  readonly text: string;
  readonly failed: boolean;
}

/** What happens on a machine, a line for each of a mover's turns; long repetitions are folded. */
export function wholeTurnLines(run: WholeRun, failedStep: number | undefined, c: Colors): readonly string[] {
  const told: Told[] = [];
  for (const [i, step] of run.steps.entries()) {
    const failed = i === failedStep;
    const said = stepText(step);
    if (said === '' && !failed) continue;
    const head = `${String(step.turn).padStart(5)} ${moverText(step).padEnd(10)}`;
    const text = failed ? `${placeText(step)}${said === '' ? 'nothing is recorded' : said}` : said;
    const before = told.at(-1);
    if (before !== undefined && before.head === head && !failed && !before.failed) {
      told[told.length - 1] = { head, text: `${before.text}; ${said}`, failed };
    } else told.push({ head, text, failed });
  }
  const key = ({ head, text, failed }: Told): string =>
    failed ? `failed ${head}` : `${head.slice(5)}${shapeOf(text)}`;
  const lines = fold(told, key).flatMap((item) => {
    if (!('shown' in item)) return [c.dim(`      … ${item.hidden.length} more like this …`)];
    const { head, text, failed } = item.shown;
    const wrapped = wrap(text, failed ? `✗${head.slice(1)} ` : `${head} `, ' '.repeat(head.length + 3));
    return failed ? wrapped.map((line) => c.red(line)) : wrapped;
  });
  return [c.dim(' turn who         what happens'), ...lines];
}

/** What happens in a run of a machine, how it ends, and the nodes where it fails. */
export function wholeRunLines(run: WholeRun, failedStep: number | undefined, c: Colors): readonly string[] {
  return [
    c.bold('What happens'),
    ...wholeTurnLines(run, failedStep, c),
    c.dim(`  end after ${counted(run.turns, 'turn')}: ${endText(run)}`),
    ...afterLines(run, failedStep, c),
  ];
}

/** The nodes where it fails, as far as they are others than at the start. */
function afterLines({ start, steps }: WholeRun, failedStep: number | undefined, c: Colors): readonly string[] {
  const failing = failedStep === undefined ? undefined : steps[failedStep];
  if (failing === undefined) return [];
  const { memory } = failing.after;
  return memory.pgdats.flatMap(({ node }, n) => {
    if (start.memory.pgdats[n]!.node === node) return [];
    return ['', c.bold(`Node ${n} after the failing step`)].concat(nodeLines(memory.system, node, c));
  });
}

function moverText(step: WholeStep): string {
  if (step.of === 'event') return 'meanwhile';
  return step.of === 'kswapd' ? `kswapd${step.node}` : `task ${step.task}`;
}

/** Where a failing step stands in what its mover does. */
function placeText(step: WholeStep): string {
  return step.of === 'event' || step.of === 'task' ? '' : `${step.step.at}: `;
}

function stepText(step: WholeStep): string {
  return [workOf(step), ...recordTexts(step)].filter((text) => text !== '').join('; ');
}

/** What a step did by itself, besides what it left records of. */
function workOf(step: WholeStep): string {
  if (step.of === 'event') return eventText(step.event);
  if (step.of === 'kswapd') return step.step.kind === 'work' ? workText(step.step) : '';
  if (step.of !== 'direct' || step.step.kind !== 'work' || step.step.at !== 'shrink') return '';
  const { before, after } = step.step;
  return `reclaims ${after.task.sc.nrReclaimed - before.task.sc.nrReclaimed}`;
}

const eventText = (event: WholeEvent): string =>
  Object.entries(event)
    .map(([name, value]) => `${name} ${fieldsText(value)}`)
    .join('; ');

const fieldsText = (value: object | number | boolean): string =>
  typeof value === 'object'
    ? Object.entries(value)
        .map(([name, field]) => `${name} ${String(field)}`)
        .join(', ')
    : String(value);

function recordTexts(step: WholeStep): readonly string[] {
  if (step.of === 'kswapd') {
    const { node } = step.after.memory.pgdats[step.node]!;
    return step.step.records.map((record) => recordText(record, node));
  }
  return step.records.map((record) => placedText(record, step.after));
}

const zoneText = ({ memory }: WholeMachine, node: number, zone: number): string =>
  `${memory.pgdats[node]?.node.zones[zone]?.name ?? `zone ${zone}`} of node ${node}`;

/** A record that names its node, as one would say it: `watermark Normal of node 0, mark 12, ok no`. */
function placedText(record: WholeRecord, machine: WholeMachine): string {
  const { ev, ...fields } = record;
  const placed = 'node' in fields && 'zone' in fields && typeof fields.zone === 'number';
  const said = Object.entries(fields).map(([name, value]: [string, unknown]) => {
    if (placed && name === 'zone') return zoneText(machine, fields.node, fields.zone!);
    if (placed && name === 'node') return '';
    if (Array.isArray(value)) return value.length === 0 ? '' : `${name} ${value.join(' ')}`;
    return `${name} ${value === true ? 'yes' : value === false ? 'no' : String(value)}`;
  });
  const parts = said.filter((part) => part !== '');
  return parts.length === 0 ? ev : `${ev} ${parts.join(', ')}`;
}

function endText({ end }: WholeRun): string {
  switch (end) {
    case 'script':
      return 'the script ends';
    case 'quiet':
      return 'nobody has anything left to do';
    case 'limit':
      return 'the run is cut off';
  }
}
