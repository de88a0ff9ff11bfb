import { describe, expect, test } from 'vitest';
import { parseWith } from '../../../kernel/parse.ts';
import { readRealMachine } from '../../../kernel/zoneinfo/realMachine.ts';
import { nodeSchema } from '../../../kernel/schema/node.ts';
import { machineOf, sample, wholeSample } from './samples.ts';

const FORMS = [
  'constructed-v3.2-highmem',
  'constructed-v4.0',
  'constructed-v4.10-two-nodes',
  'constructed-v4.19',
  'constructed-v5.9',
  'v6.1-5g-swap',
  'v6.1-384m',
  'v6.1-384m-boosted',
  'v6.12-512m-hopeless',
  'v6.12-1g-swap',
  'v6.18-24g',
] as const;

describe('zoneinfo of kernels from 3.x to 6.x', () => {
  test.each(FORMS)('%s reads as legal nodes', (name) => {
    const { nodes } = machineOf(name);
    expect(nodes.length).toBeGreaterThan(0);
    for (const node of nodes) expect(parseWith(nodeSchema, node, name)).toEqual(node);
  });

  test('v6.18: sizes, marks, reserves and lists are those shown, and Device is left out', () => {
    const [node] = machineOf('v6.18-24g').nodes;
    expect(node!.zones.map(({ name }) => name)).toEqual(['DMA', 'DMA32', 'Normal', 'Movable']);
    expect(node!.zones[2]).toMatchObject({
      present: 5505024,
      managed: 3768320,
      watermark: { min: 14008, low: 17776, high: 21544 },
      lru: { inactiveAnon: 844570, activeAnon: 389, inactiveFile: 634023, activeFile: 81100 },
    });
    expect(node!.zones[0]!.lowmemReserve).toEqual([0, 3019, 17739, 17739]);
    expect(node!.kswapd.zoneIdx).toBe(2);
  });

  test('v6.18: pagesets’ high is not the zone’s, and the drift mark is what v4.0 computes for its two cpus', () => {
    const { nodes, onlineCpus } = machineOf('v6.18-24g');
    expect(onlineCpus).toBe(2);
    // DMA: 2 cpus x threshold 4 = 8, more than low - min = 3, so high 20 + 8.
    expect(nodes[0]!.zones.map(({ percpuDriftMark }) => percpuDriftMark)).toEqual([28, 0, 0, 0]);
  });

  test('v4.0: scanned pages are known, so they are not assumed', () => {
    const { nodes, assumed } = machineOf('constructed-v4.0');
    expect(nodes[0]!.zones.map(({ pagesScanned }) => pagesScanned)).toEqual([0, 64, 15, 0]);
    expect(assumed.filter(({ field }) => field === 'pagesScanned')).toEqual([]);
  });

  test('v4.0: zones that are not listed are told from the reserves', () => {
    const { nodes, assumed } = machineOf('constructed-v4.0');
    expect(nodes[0]!.zones.map(({ name, present }) => [name, present > 0])).toEqual([
      ['DMA', true],
      ['DMA32', true],
      ['Normal', true],
      ['Movable', false],
    ]);
    expect(assumed.find(({ field }) => field === 'zones')?.value).toBe('DMA, DMA32, Normal, Movable');
  });

  test('v3.2: without managed pages all present ones are taken, and it says so', () => {
    const { nodes, assumed } = machineOf('constructed-v3.2-highmem');
    expect(nodes[0]!.zones.map(({ name, managed }) => [name, managed])).toEqual([
      ['DMA', 3960],
      ['Normal', 221486],
      ['HighMem', 293114],
      ['Movable', 0],
    ]);
    expect(assumed.filter(({ field }) => field === 'managed').map(({ zone }) => zone)).toEqual([
      'DMA',
      'Normal',
      'HighMem',
    ]);
  });

  test('v4.10: every node is read, and free CMA pages lie on the cma list', () => {
    const { nodes } = machineOf('constructed-v4.10-two-nodes');
    expect(nodes.map(({ id }) => id)).toEqual([0, 1]);
    expect(nodes[0]!.zones[1]!.free.cma?.[0]).toBe(1000);
    expect(nodes[1]!.zones.map(({ present }) => present)).toEqual([0, 0, 262144, 0]);
  });

  test('lists of a zone without its own counters are its share of the node’s', () => {
    const { name, text } = sample('v6.12-1g-swap.zoneinfo');
    const machine = readRealMachine({ zoneinfo: { name, text: text.replaceAll(/^.*nr_zone_(in)?active.*\n/gm, '') } });
    expect(machine.assumed.filter(({ field }) => field === 'lru')).toHaveLength(2);
    const sum = machine.nodes[0]!.zones.reduce((pages, { lru }) => pages + lru.inactiveFile, 0);
    const shown = Number(/nr_inactive_file (\d+)/.exec(text)![1]);
    expect(shown - sum).toBeLessThan(3);
  });

  test('a boost is taken out of the marks', () => {
    const { nodes } = machineOf('v6.1-384m-boosted');
    expect(nodes[0]!.zones[1]).toMatchObject({ watermark: { min: 556, low: 695, high: 834 }, boost: 227 });
  });

  test('node_unreclaimable is 16 runs in vain', () => {
    expect(machineOf('v6.12-512m-hopeless').nodes[0]!.kswapd.failures).toBe(16);
    expect(machineOf('v6.12-1g-swap').nodes[0]!.kswapd.failures).toBe(0);
  });

  test('v4.19: the counter without a name is passed over, and only among the node’s', () => {
    const { name, text } = sample('constructed-v4.19.zoneinfo');
    expect(text).toMatch(/^ +40960$/m);
    const astray = text.replace(/^ {6}nr_mlock .*$/m, '                   7');
    expect(() => readRealMachine({ zoneinfo: { name, text: astray } })).toThrow('a name before the number');
  });
});

describe('the files beside zoneinfo', () => {
  test('buddyinfo and pagetypeinfo fill the free lists, meminfo the swap', () => {
    const { nodes, system, assumed } = readRealMachine(wholeSample('v6.1-5g-swap'));
    const { free, vmstatDrift } = nodes[0]!.zones[0]!;
    expect(free.movable).toEqual([0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 3]);
    expect(free.unmovable).toEqual(new Array<number>(11).fill(0));
    expect(vmstatDrift).toBe(0);
    expect(system.swapPages).toBe(4194300 / 4);
    expect(assumed.map(({ field }) => field)).not.toContain('swapPages');
    expect(assumed.map(({ field }) => field)).not.toContain('free');
  });

  test('without them free memory lies in single pages, and it says so', () => {
    const { nodes, assumed } = machineOf('v6.1-384m');
    expect(nodes[0]!.zones[1]!.free.movable).toEqual([1984, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
    expect(assumed).toContainEqual(expect.objectContaining({ field: 'free', zone: 'DMA32', value: 'single pages' }));
  });

  test('what a kernel counts in whole page blocks lies in page blocks', () => {
    const [node] = machineOf('v6.18-24g').nodes;
    expect(node!.zones[0]!.free.movable).toEqual([3840 - 7 * 512, 0, 0, 0, 0, 0, 0, 0, 0, 7, 0]);
  });

  test('a list that was not counted to its end takes the rest of buddyinfo', () => {
    const files = wholeSample('v6.1-5g-swap');
    const text = files.pagetypeinfo.text.replace(
      /(DMA32, type {6}Movable) {5}20/,
      (_, head: string) => `${head} >100000`,
    );
    const { nodes } = readRealMachine({ ...files, pagetypeinfo: { name: 'pagetypeinfo', text } });
    expect(nodes[0]!.zones[1]!.free.movable![0]).toBe(20);
  });

  test('more orders than v4.0 has are folded into its highest', () => {
    const zoneinfo = sample('v6.1-384m.zoneinfo');
    const columns = '1 1 1 1 1 1 1 1 1 1 1 1 1';
    const text = `Node 0, zone DMA ${columns}\nNode 0, zone DMA32 ${columns}\n`;
    const { nodes, remarks } = readRealMachine({ zoneinfo, buddyinfo: { name: 'buddyinfo', text } });
    expect(nodes[0]!.zones[1]!.free.movable).toEqual([1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 7]);
    expect(remarks).toHaveLength(2);
  });

  test('a small difference to zoneinfo is drift of the cheap counter', () => {
    const files = wholeSample('v6.1-5g-swap');
    const text = files.zoneinfo.text.replace('pages free     3584', 'pages free     3580');
    const { nodes } = readRealMachine({ ...files, zoneinfo: { name: 'zoneinfo', text } });
    expect(nodes[0]!.zones[0]!.vmstatDrift).toBe(-4);
  });
});
