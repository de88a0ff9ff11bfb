import { watchDirectCase, type DirectCase, type DirectRun, type DirectStep, type Kernel } from '../../model/index.ts';
import { fold } from './fold.ts';
import { nodeLines } from './nodeTable.ts';
import { eventName, recordText } from './say.ts';
import { counted, wrap, type Colors } from './style.ts';

/** The nodes and the request of a direct reclaim. */
export function directGivenLines(kernel: Kernel, given: DirectCase, c: Colors): readonly string[] {
  const { start } = watchDirectCase(kernel, { ...given, script: [] }, 0);
  const { system, pgdats } = start.memory;
  return [
    ...pgdats.flatMap(({ node }) =>
      [c.bold(`Node ${node.id} at the start (pages)`)].concat(nodeLines(system, node, c), ''),
    ),
    c.bold('The request'),
    ...wrap(requestText(given), '  '),
  ];
}

function requestText({ nodes, zonelist, args, task }: DirectCase): string {
  const { order, gfpMask, nrToReclaim, reclaimIdx } = args;
  const zones = zonelist.map(([node, zone]) => `${nodes[node]!.zones[zone]!.name} of node ${nodes[node]!.id}`);
  return [
    `order ${order}`,
    `mask ${gfpMask.length === 0 ? 'empty' : gfpMask.join(' ')}`,
    task === undefined ? `${counted(nrToReclaim, 'page')} up to zone ${reclaimIdx}` : 'through try_to_free_pages',
    ...(task ?? []),
    `zonelist: ${zones.length === 0 ? 'empty' : zones.join(', ')}`,
  ].join('; ');
}

/** What happens in a direct reclaim, a line for each shrinking, wait or pass; long repetitions are folded. */
export function directRunLines(run: DirectRun, failedStep: number | undefined, c: Colors): readonly string[] {
  const told = run.steps.flatMap((step, i) => {
    const text = stepText(step, i === failedStep);
    return text === '' ? [] : [{ text, failed: i === failedStep }];
  });
  const key = ({ text, failed }: (typeof told)[number]): string =>
    failed ? text : text.replace(/priority \d+/, 'priority').replace(/^turn \d+/, 'turn');
  const lines = fold(told, key).flatMap((item) => {
    if (!('shown' in item)) return [c.dim(`  … ${item.hidden.length} more like this …`)];
    const { text, failed } = item.shown;
    const wrapped = wrap(text, failed ? '✗ ' : '  ', '    ');
    return failed ? wrapped.map((line) => c.red(line)) : wrapped;
  });
  return [c.bold('What happens'), ...lines, c.dim(`  ${endText(run)}`)];
}

function stepText(step: DirectStep, failed: boolean): string {
  const { before, after } = step;
  const node = before.memory.pgdats[Math.max(0, after.task.node)]!.node;
  switch (step.kind) {
    case 'transition': {
      const records = step.records.map((record) => recordText(record, node));
      if (step.at === 'doTryToFreePages') records.unshift('a pass over the priorities begins');
      if (after.task.at === 'throttled') records.unshift(`throttled on node ${node.id}`);
      if (after.task.sc.compactionReady && !before.task.sc.compactionReady)
        records.push('a zone is left to compaction');
      return records.length === 0 && failed ? `at ${step.at}` : records.join('; ');
    }
    case 'event':
      return `turn ${step.turn}: ${eventName(step.event, node)}`;
    case 'work': {
      const { events: _events, ...input } = step.input;
      const said = Object.entries(input).map(([name, value]) => `${name} ${String(value)}`);
      return said.length === 0 && !failed ? '' : `turn ${step.turn}: ${said.join(', ')}`;
    }
    case 'resume':
      return failed ? `turn ${step.turn}: ${step.at} -> ${after.task.at}` : '';
  }
}

function endText({ end, task, turns }: DirectRun): string {
  const after = `after ${counted(turns, 'turn')}`;
  switch (end) {
    case 'returned':
      return `the task returns ${task.result} ${after}`;
    case 'throttled':
      return `the script ends while the task is throttled, ${after}`;
    case 'limit':
      return `the run is cut off ${after}`;
  }
}
