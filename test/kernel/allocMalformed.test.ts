import { describe, expect, test } from 'vitest';
import { readLines } from '../../kernel/files.ts';
import { answerCase } from '../../kernel/vectors/answer.ts';
import { vectorFile } from './vectors.ts';

interface Case {
  readonly fn: string;
  readonly system: object;
  readonly nodes: readonly { readonly zones: readonly object[] }[];
  readonly args: object;
}

const sample = readLines(vectorFile('alloc'))
  .map(({ text }) => JSON.parse(text) as Case)
  .find(({ fn, nodes }) => fn === '__alloc_pages_nodemask' && nodes.length === 2)!;

const answer = (changes: object) => () => answerCase({ ...sample, ...changes }, 'file.jsonl:1');
const merge = { node: 0, zone: 0, from: 3, to: 2, count: 1 };

describe('a case of the page allocator that does not fit together is refused, and the message says where', () => {
  test('it is answered as it stands', () => {
    expect(answer({})).not.toThrow();
  });

  test.each<[string, object, string]>([
    ['a node that is not there', { args: { ...sample.args, preferredNode: 2 } }, 'args.preferredNode'],
    ['a node of the mask that is not there', { args: { ...sample.args, nodemask: [0, 2] } }, 'args.nodemask[1]'],
    ['an event in a zone that is not there', { script: [{ events: [{ give: { ...merge, zone: 4 } }] }] }, 'script[0]'],
    ['blocks that become smaller', { script: [{ merge: [merge] }] }, 'script[0].merge[0]'],
    ['zones of another layout', { system: { ...sample.system, layout: 'x86_16' } }, 'system.layout'],
    ['distances of another number of nodes', { system: { ...sample.system, distance: [[10]] } }, 'system.distance'],
    ['a zonelist too few', { zonelists: [] }, 'zonelists'],
    ['no nodes', { nodes: [] }, 'nodes'],
    ['a flag that no request has', { args: { ...sample.args, gfp: ['NOWAIT'] } }, 'args.gfp[0]'],
  ])('%s', (_, changes, place) => {
    expect(answer(changes)).toThrow(`${place}`);
    expect(answer(changes)).toThrow(/^file\.jsonl:1 .*\n {2}expected: /);
  });
});
