import { makeNode, nrZones, type Kernel } from '../../model/index.ts';
import { InputError } from '../../kernel/inputError.ts';
import type { Assumption, Remark } from '../../kernel/zoneinfo/assumption.ts';
import type { RealMachine } from '../../kernel/zoneinfo/realMachine.ts';
import { explainNode, type NodeAnswer } from './explainNode.ts';
import { lookedAt } from './lookedAt.ts';
import { notesOf } from './notes.ts';
import { whatIfs, type WhatIf } from './whatIf.ts';

/** What is asked of a machine. */
export interface Question {
  readonly order: number;
  /** The highest zone that the request may use; left out: each node's highest populated one. */
  readonly zone?: string;
  /** One node's id; left out: every node that has memory. */
  readonly node?: number;
}

export interface ExplainedNode {
  readonly answer: NodeAnswer;
  readonly whatIfs: readonly WhatIf[];
}

/** Whether each node's kswapd would sleep, why, and what had to be assumed to say so. */
export interface Explanation {
  readonly source: string;
  readonly kernel: string;
  /** Why by the rules of that kernel: words that go on a sentence. */
  readonly judgedBecause: string;
  readonly order: number;
  readonly nodes: readonly ExplainedNode[];
  /** Assumptions that the kernel's rules look at to answer about this order. */
  readonly assumed: readonly Assumption[];
  readonly remarks: readonly Remark[];
}

/** Answers a question about a machine by the rules of a kernel. */
export function explain(
  k: Kernel,
  machine: RealMachine,
  question: Question,
  source: string,
  judgedBecause = 'they were asked for',
): Explanation {
  const { order } = question;
  const asked = machine.nodes.filter(({ id }) => question.node === undefined || id === question.node);
  if (asked.length === 0) {
    throw new InputError({
      what: `node ${question.node} has no memory here`,
      where: source,
      expected: `one of ${machine.nodes.map(({ id }) => id).join(', ')}`,
    });
  }
  const matters = order === 0 ? ['balance'] : ['balance', 'highOrder'];
  const mattering = machine.assumed.filter((told) => matters.includes(told.matters));
  const { system } = machine;
  const told = asked.map((scenario) => {
    const node = makeNode(scenario);
    const zoneIdx = question.zone === undefined ? nrZones(node) - 1 : indexOfZone(machine, question.zone, source);
    const assumed = mattering.filter(lookedAt(k, system, node, order, zoneIdx));
    const answer = explainNode(k, system, node, order, zoneIdx);
    return {
      node: { answer, whatIfs: whatIfs(k, system, scenario, order, zoneIdx, assumed) },
      assumed,
      notes: notesOf(k, system, node, answer),
    };
  });
  const concerns = (node: number | undefined) =>
    node === undefined || question.node === undefined || node === question.node;
  const remarks = machine.remarks.filter((remark) => concerns(remark.node));
  return {
    source,
    kernel: k.name,
    judgedBecause,
    order,
    nodes: told.map(({ node }) => node),
    assumed: mattering.filter((assumption) => told.some(({ assumed }) => assumed.includes(assumption))),
    remarks: [...remarks, ...told.flatMap(({ notes }) => notes)],
  };
}

function indexOfZone(machine: RealMachine, name: string, source: string): number {
  const names = machine.nodes[0]!.zones.map((zone) => zone.name);
  const index = names.findIndex((known) => known.toLowerCase() === name.toLowerCase());
  if (index >= 0) return index;
  throw new InputError({
    what: 'a zone that the machine does not have',
    where: source,
    expected: names.join(', '),
    found: name,
  });
}
