import { describe, expect, test } from 'vitest';
import type { System, TraceRecord, Turn } from '../../model/index.ts';
import { ask } from './ask.ts';
import { RECLAIMABLE, state, type ZoneSketch } from './sketch.ts';

interface Asked {
  readonly order?: number;
  readonly script?: readonly Turn[];
  readonly throttled?: boolean;
  readonly limit?: number;
  readonly system?: Partial<System>;
}

interface Answer {
  readonly trace: readonly TraceRecord[];
}

const balance = (zones: readonly ZoneSketch[], asked: Asked = {}): Answer =>
  ask('balance_pgdat', state(zones, {}, asked.system), {
    order: asked.order ?? 0,
    zoneIdx: zones.length - 1,
    throttled: asked.throttled ?? false,
    script: asked.script ?? [],
    limit: asked.limit ?? 100,
  }) as Answer;

const shrinks = ({ trace }: Answer) => trace.filter((record) => record.ev === 'shrink');
const priorities = (answer: Answer) => shrinks(answer).map(({ priority }) => priority);
const zonesShrunk = (answer: Answer) => shrinks(answer).map(({ zone }) => zone);

/** Needs more than 50 pages free, 80 to be passed over: the gap is min(30, 10000/100) = 30. Asks for 50. */
const low: ZoneSketch = { ...RECLAIMABLE, low: 30, high: 50, free: 0 };
const fine: ZoneSketch = { ...low, free: 500 };

describe('balance_pgdat on a balanced node', () => {
  test('looks and returns', () => {
    expect(balance([fine])).toEqual({
      order: 0,
      zoneIdx: 0,
      priority: 12,
      trace: [{ ev: 'pageoutrun' }, { ev: 'balanced', order: 0, zoneIdx: 0, priority: 12 }],
    });
  });
});

describe('the priority', () => {
  test('falls round by round from 12 to 1 while nothing is reclaimed, and ends the run at 0', () => {
    const answer = balance([low]);
    expect(priorities(answer)).toEqual([12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1]);
    expect(answer).toMatchObject({ priority: 0, zoneIdx: 0 });
  });

  test('stays while a zone is scanned as far as was asked and gives a page', () => {
    const turn = { scanned: 50, reclaimed: [1] };
    expect(priorities(balance([low], { script: [turn, turn] })).slice(0, 3)).toEqual([12, 12, 12]);
  });

  test('falls when one page less was scanned', () => {
    const turn = { scanned: 49, reclaimed: [1] };
    expect(priorities(balance([low], { script: [turn, turn] })).slice(0, 3)).toEqual([12, 11, 10]);
  });

  test('falls when nothing was reclaimed, however much was scanned', () => {
    expect(priorities(balance([low], { script: [{ scanned: 500 }] })).slice(0, 2)).toEqual([12, 11]);
  });
});

describe('a round', () => {
  test('ends the run when the node is balanced', () => {
    const answer = balance([low], { script: [{ scanned: 51, reclaimed: [51] }] });
    expect(answer).toMatchObject({ order: 0, zoneIdx: 0, priority: 12 });
    expect(answer.trace).toHaveLength(3);
  });

  test('shrinks from the lowest zone up to the highest that is not balanced', () => {
    const three = (...zones: readonly [ZoneSketch, ZoneSketch, ZoneSketch]): readonly ZoneSketch[] => [
      { ...zones[0], name: 'DMA' },
      { ...zones[1], name: 'DMA32' },
      zones[2],
    ];
    const asked = { limit: 3 };
    expect(zonesShrunk(balance(three(low, low, low), asked)).slice(0, 3)).toEqual([0, 1, 2]);
    expect(zonesShrunk(balance(three(low, low, fine), asked)).slice(0, 3)).toEqual([0, 1, 0]);
    expect(zonesShrunk(balance(three(low, fine, low), asked)).slice(0, 3)).toEqual([0, 2, 0]);
    expect(zonesShrunk(balance(three(low, fine, fine), asked)).slice(0, 3)).toEqual([0, 0, 0]);
  });

  test('returns the highest zone that it shrank as the zone index', () => {
    const answer = balance([{ ...low, name: 'DMA' }, fine], { script: [{ scanned: 51, reclaimed: [51] }] });
    expect(answer).toMatchObject({ zoneIdx: 0 });
  });

  test('shrinks a zone that is not worth scanning at priority 12 only', () => {
    expect(priorities(balance([{ ...low, lru: {} }]))).toEqual([12]);
  });

  test('leaves out zones that are not populated', () => {
    const absent: ZoneSketch = { ...low, name: 'DMA', present: 0 };
    expect(zonesShrunk(balance([absent, low], { limit: 2 })).slice(0, 2)).toEqual([1, 1]);
  });

  test('presses on high memory while there are too many buffer heads, whatever its balance', () => {
    const system = { bufferHeadsOverLimit: true };
    expect(zonesShrunk(balance([{ ...fine, name: 'HighMem' }], { system }))).toEqual([0]);
    expect(zonesShrunk(balance([fine], { system }))).toEqual([]);
  });
});

describe('a high order', () => {
  const orders = (order: number, reclaimed: number) =>
    shrinks(balance([low], { order, script: [{ scanned: 50, reclaimed: [reclaimed] }], limit: 1 })).map(
      (record) => record.order,
    );

  // 2 << 3 = 16 pages.
  test('is given up for order 0 once twice its size was reclaimed in a round, not one page sooner', () => {
    expect(orders(3, 15)).toEqual([3, 3]);
    expect(orders(3, 16)).toEqual([3, 0]);
  });

  const traceOf = (reclaimed: number, free: ZoneSketch['free'] = 0) =>
    balance([{ ...low, free }], { order: 5, script: [{ scanned: 50, reclaimed: [reclaimed] }], limit: 1 }).trace;

  // 50 pages are asked for; 2 << 5 = 64 would give the order up.
  test('is compacted for when more was reclaimed than asked for, and no zone passes its low mark', () => {
    expect(traceOf(50)).not.toContainEqual({ ev: 'compact', order: 5 });
    expect(traceOf(51)).toContainEqual({ ev: 'compact', order: 5 });
  });

  // One block of order 10, 1024 pages, passes a low mark of 30 for order 5, and the high mark of 50; so the high mark
  // is raised for kswapd to begin at all.
  test('is not compacted for when a zone passes its low mark already', () => {
    const zone = { ...low, high: 1500, free: [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1], lru: { inactiveFile: 5000 } };
    const asked = { order: 10, script: [{ reclaimed: [1501] }], limit: 1 };
    const compacts = (node: ZoneSketch) => balance([node], asked).trace.some(({ ev }) => ev === 'compact');
    expect(compacts({ ...zone, low: 0 })).toBe(false);
    expect(compacts({ ...zone, low: 1 })).toBe(true);
  });

  test('is no reason to compact once it was given up: compaction is told order 0', () => {
    expect(traceOf(64)).toContainEqual({ ev: 'compact', order: 0 });
  });
});

describe('between rounds', () => {
  test('throttled tasks are let go once more than half of the min marks is free', () => {
    const wakes = (reclaimed: number) =>
      balance([{ ...low, min: 20 }], { throttled: true, script: [{ reclaimed: [reclaimed] }], limit: 1 }).trace.filter(
        ({ ev }) => ev === 'pfmemalloc_wake',
      );
    expect(wakes(10)).toHaveLength(0);
    expect(wakes(11)).toHaveLength(1);
  });

  test('a freeze ends the run', () => {
    const { trace } = balance([low], { script: [{ events: [{ freeze: true }] }] });
    expect(trace.map(({ ev }) => ev)).toEqual(['pageoutrun', 'shrink', 'frozen', 'balanced']);
  });

  test('a stop ends the run', () => {
    const { trace } = balance([low], { script: [{ events: [{ stop: true }] }] });
    expect(trace.map(({ ev }) => ev)).toEqual(['pageoutrun', 'shrink', 'balanced']);
  });
});
