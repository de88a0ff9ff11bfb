import { describe, expect, test } from 'vitest';
import { readRealMachine } from '../../../kernel/zoneinfo/realMachine.ts';
import { kernels, makeNode, v4_0, withZone } from '../../../model/index.ts';
import { watermarkBar } from '../../../report/explain/bar.ts';
import { explain, type Explanation } from '../../../report/explain/explain.ts';
import type { NodeAnswer } from '../../../report/explain/explainNode.ts';
import { explanationJson } from '../../../report/explain/json.ts';
import { answerSentence, changeSentence } from '../../../report/explain/sentence.ts';
import { explanationLines } from '../../../report/explain/text.ts';
import { machineOf, sample, wholeSample } from '../../kernel/zoneinfo/samples.ts';
import { changed, fieldsOf, judged } from './judged.ts';
import { withPages } from './sketch.ts';

const answerOf = ({ nodes }: Explanation, i = 0): NodeAnswer => nodes[i]!.answer;

describe('the answer of v4.0', () => {
  const asked = (name: string, order: number): Explanation => explain(v4_0, machineOf(name), { order }, name);

  test('names the zone and the clause that keep kswapd awake, and the pages that would let it sleep', () => {
    const answer = answerOf(asked('constructed-v4.0', 0));
    expect(answerSentence(answer)).toBe(
      'kswapd0 would stay awake, asked for order 0 up to zone Normal: zone Normal fails the watermark: ' +
        '12511 pages (free) are not above 15822 (high mark).',
    );
    expect(changeSentence(answer)).toBe('Least change: freeing 3312 pages in zone Normal would let it sleep.');
    const node = makeNode(machineOf('constructed-v4.0').nodes[0]!);
    const system = machineOf('constructed-v4.0').system;
    const after = (pages: number) => withZone(node, 2, withPages(node.zones[2]!, pages));
    expect(v4_0.pgdatBalanced(v4_0, system, after(3311), 0, 2)).toBe(false);
    expect(v4_0.pgdatBalanced(v4_0, system, after(3312), 0, 2)).toBe(true);
  });

  test('of a machine at rest says what would wake it', () => {
    const answer = answerOf(asked('v6.18-24g', 0));
    expect(answer.sleeps).toBe(true);
    // Free 2086355, high mark 21544: awake once no more than the mark is left.
    expect(changeSentence(answer)).toBe(
      `Least change: allocating ${2086355 - 21544} pages from zone Normal would keep it awake.`,
    );
  });

  test('of a high order gives the quarter and the blocks', () => {
    const explanation = explain(v4_0, readRealMachine(wholeSample('v6.1-384m')), { order: 9 }, 'x');
    const { share, sleeps, change } = answerOf(explanation);
    expect(sleeps).toBe(false);
    expect(share).toEqual({ balancedPages: 0, managedPages: 87745, needed: 21936, holds: false });
    expect(change!.blocks!.zones).toEqual([{ index: 1, name: 'DMA32', pages: 512, blocks: [{ order: 9, count: 1 }] }]);
    expect(answerSentence(answerOf(explanation))).toContain('balanced zones hold 0 of 87745 managed pages');
  });

  test('subtracts free CMA pages where the rule does', () => {
    const [, dma32] = answerOf(asked('constructed-v4.10-two-nodes', 0)).zones;
    expect(dma32!.clauses.at(-1)!.left).toEqual({ value: 1950, what: '2950 free − 1000 of CMA' });
  });

  test('says whether an assumption matters', () => {
    const [node] = asked('v6.1-384m', 3).nodes;
    expect(node!.whatIfs).toEqual([
      { assumption: 'swapPages', instead: 'without free swap', sleeps: false },
      { assumption: 'free', instead: 'with free memory in blocks as large as can be', sleeps: true },
    ]);
  });

  test('can be had of one node and of a lower zone', () => {
    const machine = machineOf('constructed-v4.10-two-nodes');
    const one = explain(v4_0, machine, { order: 0, node: 1 }, 'x');
    expect(one.nodes.map(({ answer }) => answer.id)).toEqual([1]);
    expect(one.assumed.every(({ node }) => node === undefined || node === 1)).toBe(true);
    expect(answerOf(explain(v4_0, machine, { order: 0, zone: 'dma' }, 'x')).zones).toHaveLength(1);
    expect(() => explain(v4_0, machine, { order: 0, node: 7 }, 'x')).toThrow('expected: one of 0, 1');
    expect(() => explain(v4_0, machine, { order: 0, zone: 'HighMem' }, 'x')).toThrow('DMA, DMA32, Normal, Movable');
  });

  test('as JSON holds the same', () => {
    const json = JSON.parse(JSON.stringify(explanationJson(asked('constructed-v4.0', 0))));
    expect(json).toMatchObject({
      kernel: 'v4.0',
      order: 0,
      nodes: [
        { id: 0, zone: 'Normal', sleeps: false, share: null, change: { pages: { action: 'free', pages: 3312 } } },
      ],
    });
    expect(json.nodes[0].zones[2].clauses[2]).toMatchObject({ id: 'watermark', holds: false, left: { value: 12511 } });
  });
});

describe('the answer of later kernels', () => {
  test('one zone is enough, asked with the reserve of the request’s index', () => {
    const answer = answerOf(judged({ zoneinfo: sample('constructed-v4.19.zoneinfo') }));
    expect(answer.zones.map(({ verdict }) => verdict)).toEqual(['balanced', 'unbalanced', 'unbalanced']);
    expect(answer.zones.map(({ reserve }) => reserve)).toEqual([2330, 510, 0]);
    expect(answerSentence(answer)).toBe(
      'kswapd0 would sleep, asked for order 0 up to zone Normal: DMA is balanced, and one zone is enough.',
    );
    // Free 3968; balanced above high 98 + reserve 2330.
    expect(changeSentence(answer)).toBe(
      `Least change: allocating ${3968 - 2428} pages from zone DMA would keep it awake.`,
    );
  });

  test('a reserve of the request’s index counts no more when only the zone itself may be used', () => {
    const answer = answerOf(judged({ zoneinfo: sample('constructed-v4.19.zoneinfo') }, { order: 0, zone: 'DMA' }));
    expect(answer.zones.map(({ reserve }) => reserve)).toEqual([0]);
  });

  test('if no zone is balanced each says why, and the cheapest one would do', () => {
    const answer = answerOf(judged(changed('constructed-v4.19', [/free {5}3968/g, 'free     2428'])));
    expect(answerSentence(answer)).toBe(
      'kswapd0 would stay awake, asked for order 0 up to zone Normal: no zone is balanced, and one would be enough: ' +
        'zone DMA fails the watermark: 2428 pages (free) are not above 2428 (high mark 98 + reserve 2330); ' +
        'zone DMA32 fails the watermark: 10120 pages (free) are not above 12246 (high mark 11736 + reserve 510); ' +
        'zone Normal fails the watermark: 3011 pages (free) are not above 3289 (high mark).',
    );
    expect(changeSentence(answer)).toBe('Least change: freeing 1 page in zone DMA would let it sleep.');
  });

  test('a high order asks for one block on a list that it may use', () => {
    const answer = answerOf(judged(wholeSample('v6.12-512m-hopeless'), { order: 4, zone: 'DMA' }));
    const [dma] = answer.zones;
    expect(dma!.clauses.map(({ id }) => id)).toEqual(['managed', 'watermark', 'freeList']);
    expect(answer.share).toBeUndefined();
  });

  test('a zone whose pages are all reserved is passed over', () => {
    const explanation = judged(changed('constructed-v4.19', [/managed {2}130600/g, 'managed  0']));
    expect(answerOf(explanation).zones[2]!.verdict).toBe('unmanaged');
    expect(explanationLines(explanation, false).join('\n')).toContain('passed over: no managed pages');
  });

  test('kswapd that has given up sleeps whatever the balance, and no allocator wakes it', () => {
    const hopeless = judged(changed('v6.12-512m-hopeless', [/free {5}487/g, 'free     480']));
    const answer = answerOf(hopeless);
    expect(answer.zones.map(({ verdict }) => verdict)).toEqual(['unbalanced', 'unbalanced']);
    expect(answer).toMatchObject({ sleeps: true, gaveUpAfter: 16, departs: false, change: undefined });
    expect(answerSentence(answer)).toContain('it gave up after 16 runs in a row in vain');
    expect(changeSentence(answer)).toContain('until reclaim by a task frees a page');
    expect(hopeless.remarks.map(({ text }) => text)).toEqual(['no allocator wakes kswapd while it has given up']);
    const machine = machineOf('v6.12-512m-hopeless');
    expect(explain(v4_0, machine, { order: 0 }, 'x').remarks[0]!.text).toContain('v4.0 never does');
  });

  test('before 4.12 node_unreclaimable says nothing of runs in vain', () => {
    const files = changed('constructed-v4.10-two-nodes', [/node_unreclaimable: {2}0/g, 'node_unreclaimable:  1']);
    const explanation = judged(files);
    expect(explanation.nodes.map(({ answer }) => answer.gaveUpAfter)).toEqual([0, 0]);
    expect(fieldsOf(explanation)).toContain('failures');
  });

  test('a boost is part of the marks, and wakes kswapd of a balanced node', () => {
    const explanation = judged(wholeSample('v6.1-384m-boosted'));
    const [, dma32] = answerOf(explanation).zones;
    expect(dma32!.marks.high).toBe(1061);
    expect(dma32!.clauses.at(-1)!.right).toEqual({ value: 1061, what: 'high mark 834 + boost 227' });
    expect(explanation.remarks[0]!.text).toContain('boosted (DMA32 227 pages)');
    expect(explanation.remarks[0]!.text).toContain('wakes it although the node is balanced');
    const v4 = explain(v4_0, machineOf('v6.1-384m-boosted'), { order: 0 }, 'x');
    expect(answerOf(v4).zones[1]!.marks.high).toBe(834);
    expect(v4.remarks[0]!.text).toBe('the watermark boost (DMA32 227 pages) is left out of the marks: v4.0 has none');
  });

  test('a boosted node that is not balanced is awake for that already', () => {
    const low = changed('v6.1-384m-boosted', [/free {5}10854/g, 'free     900'], [/free {5}708/g, 'free     300']);
    expect(judged(low).remarks.map(({ text }) => text)).toEqual([
      'the marks are boosted (DMA32 227 pages) until kswapd has run',
    ]);
  });
});

describe('an explanation', () => {
  test.each(['v4.0', 'v4.19', 'v5.9'])('of a file of %s is a table with bars and a line a clause', async (version) => {
    const name = `constructed-${version}`;
    const machine = machineOf(name);
    const because = `the file is ${machine.writtenBy.because}`;
    const explanation = explain(kernels[machine.writtenBy.kernel]!, machine, { order: 0 }, name, because);
    const text = explanationLines(explanation, false).join('\n');
    await expect(`${text}\n`).toMatchFileSnapshot(`../../data/explain/${version}.txt`);
  });

  test.each(['v6.1-384m-boosted', 'v6.12-512m-hopeless'])('of %s with all files says what is special', async (name) => {
    const text = explanationLines(judged(wholeSample(name), { order: 3 }), false).join('\n');
    await expect(`${text}\n`).toMatchFileSnapshot(`../../data/explain/${name}.txt`);
  });

  test('is colored only if asked', () => {
    const explanation = judged({ zoneinfo: sample('constructed-v5.9.zoneinfo') });
    expect(explanationLines(explanation, false).join('\n')).not.toContain('\u001B');
    expect(explanationLines(explanation, true).join('\n')).toContain('\u001B[');
  });

  test('as JSON says which kernel judged, and why', () => {
    const json = JSON.parse(JSON.stringify(explanationJson(judged(wholeSample('v6.12-512m-hopeless')))));
    expect(json).toMatchObject({
      kernel: 'v5.9',
      judgedBecause:
        'the file is of Linux 5.16 or later, newer than v5.9, the newest kernel that is specified (boost is shown)',
      nodes: [{ sleeps: true, gaveUpAfter: 16, departs: false, zones: [{ name: 'DMA', reserve: 448 }, {}] }],
    });
  });

  test('as JSON tells each assumption with its place and reason', () => {
    const explanation = judged({ zoneinfo: sample('v6.1-384m.zoneinfo') }, { order: 3, zone: 'DMA32' });
    const { assumed } = JSON.parse(JSON.stringify(explanationJson(explanation)));
    expect(assumed).toContainEqual({
      node: 0,
      zone: 'DMA32',
      field: 'free',
      value: 'single pages',
      because: 'zoneinfo does not say how free memory lies; give --buddyinfo',
      matters: 'highOrder',
    });
  });

  test('draws marks where they are', () => {
    const marks = { min: 6, low: 12, high: 24 };
    expect(watermarkBar(marks, 16)).toEqual({ cells: '██████m█████l███········h·······', level: 'low' });
    expect(watermarkBar(marks, 99)).toMatchObject({ level: 'high' });
    expect(watermarkBar({ min: 0, low: 0, high: 0 }, 0).level).toBe('below');
  });
});
