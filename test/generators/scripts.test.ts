import { describe, expect, test } from 'vitest';
import { arbitraryScenario } from '../../generators/index.ts';
import {
  runScenario,
  v4_0,
  YIELD_POINTS,
  type End,
  type Event,
  type Machine,
  type Scenario,
  type Step,
  type TraceRecord,
} from '../../model/index.ts';
import { lruPages } from '../../generators/zone/lru.ts';
import { percentOf, sampleOf } from './share.ts';

interface Seen {
  readonly scenario: Scenario;
  readonly trace: readonly TraceRecord[];
  readonly end: End;
  readonly steps: readonly Step[];
}

const runs: readonly Seen[] = sampleOf(arbitraryScenario(), 1000).map((scenario) => {
  const steps: Step[] = [];
  const { trace, end } = runScenario(v4_0, scenario, (step) => steps.push(step));
  return { scenario, trace, end, steps };
});

const traced = (holds: (record: TraceRecord) => boolean): number => percentOf(runs, ({ trace }) => trace.some(holds));
const stepped = (holds: (step: Step) => boolean): number => percentOf(runs, ({ steps }) => steps.some(holds));

describe('scripts', () => {
  test('have 0 to 60 turns, most of them 5 to 30', () => {
    const lengths = runs.map(({ scenario }) => scenario.script.length);
    expect(Math.max(...lengths)).toBeLessThanOrEqual(60);
    expect(Math.max(...lengths)).toBeGreaterThan(50);
    expect(percentOf(lengths, (length) => length === 0)).toBeGreaterThan(2);
    expect(percentOf(lengths, (length) => length >= 5 && length <= 30)).toBeGreaterThan(60);
  });

  test.each(YIELD_POINTS)('come to the yield point %s with a turn', (point) => {
    const share = percentOf(runs, ({ scenario, steps }) =>
      steps.some(({ kind, at, turn }) => kind === 'work' && at === point && turn < scenario.script.length),
    );
    expect(share).toBeGreaterThan(point === 'compact' ? 4 : 60);
  });

  test.each<[TraceRecord['ev'], number]>([
    ['wake', 80],
    ['shrink', 80],
    ['compact', 4],
    ['pfmemalloc_wake', 25],
    ['balanced', 80],
    ['short_sleep', 80],
    ['sleep', 80],
    ['low_wmark_hit_quickly', 25],
    ['high_wmark_hit_quickly', 40],
    ['wakeup', 50],
    ['frozen', 10],
    ['stopped', 3],
    ['limit', 8],
  ])('make the record %s in some runs', (ev, least) => {
    expect(traced((record) => record.ev === ev)).toBeGreaterThan(least);
  });

  test.each<[End, number]>([
    ['asleep', 60],
    ['limit', 8],
    ['stopped', 3],
  ])('end %s in some runs', (end, least) => {
    expect(percentOf(runs, (run) => run.end === end)).toBeGreaterThan(least);
  });

  test('lower the priority, down to where it runs out', () => {
    expect(traced((record) => record.ev === 'shrink' && record.priority < 12)).toBeGreaterThan(25);
    expect(traced((record) => record.ev === 'balanced' && record.priority === 0)).toBeGreaterThan(12);
  });

  test('have a high order given up', () => {
    expect(percentOf(runs, ({ trace }) => givesUpOrder(trace))).toBeGreaterThan(20);
  });

  test('put kswapd to sleep twice', () => {
    expect(percentOf(runs, ({ trace }) => trace.filter(({ ev }) => ev === 'sleep').length > 1)).toBeGreaterThan(40);
  });

  test('are told to stop late: only in their last turn', () => {
    const early = runs.flatMap(({ scenario }) => scenario.script.slice(0, -1).flatMap((turn) => turn.events ?? []));
    expect(early.filter((event) => 'stop' in event)).toEqual([]);
  });
});

function givesUpOrder(trace: readonly TraceRecord[]): boolean {
  let order = 0;
  for (const record of trace) {
    if (record.ev === 'wake') order = record.order;
    if (record.ev === 'balanced' && record.order < order) return true;
  }
  return false;
}

const shrinks = (off: number, amounts: (m: Machine) => { readonly is: number; readonly limit: number }): number =>
  stepped(({ kind, at, after }) => {
    if (kind !== 'work' || at !== 'shrink') return false;
    const { is, limit } = amounts(after);
    return is === limit + off;
  });

const scannedInZone = ({ thread: { balance } }: Machine) => ({ is: balance.nrScanned, limit: balance.nrToReclaim });

const reclaimedForHighOrder = ({ thread: { balance } }: Machine) => ({
  is: balance.order === 0 ? NaN : balance.nrReclaimed,
  limit: 2 << balance.order,
});

const scannedInVain = (m: Machine) => {
  const zone = m.node.zones[m.thread.balance.zone]!;
  const pages = v4_0.zoneReclaimablePages(v4_0, m.system, zone);
  return { is: pages === 0 ? NaN : zone.pagesScanned, limit: pages * 6 };
};

describe('while kswapd shrinks, a turn', () => {
  test.each([0, -1])('scans as many pages as were asked for, and %d', (off) => {
    expect(shrinks(off, scannedInZone)).toBeGreaterThan(20);
  });

  test.each([0, -1])('reclaims twice the size of the order in a round, and %d', (off) => {
    expect(shrinks(off, reclaimedForHighOrder)).toBeGreaterThan(2);
  });

  test.each([0, -1])('scans six times the reclaimable pages in vain, and %d', (off) => {
    expect(shrinks(off, scannedInVain)).toBeGreaterThan(5);
  });
});

describe('other tasks', () => {
  const isA = (step: Step, kind: string): step is Extract<Step, { readonly event: Event }> =>
    step.kind === 'event' && kind in step.event;

  test.each([0, 1, -1])('ask for the pending order and %d', (off) => {
    const share = stepped(
      (step) =>
        isA(step, 'wakeup') &&
        'wakeup' in step.event &&
        step.before.node.kswapd.order > 0 &&
        step.event.wakeup.order === step.before.node.kswapd.order + off,
    );
    expect(share).toBeGreaterThan(5);
  });

  test.each(['min', 'low', 'high'] as const)('take down to the %s mark exactly', (mark) => {
    const share = stepped(
      (step) =>
        isA(step, 'take') &&
        'take' in step.event &&
        step.after.node.zones[step.event.take.zone]!.freeArea.pages ===
          step.after.node.zones[step.event.take.zone]!.watermark[mark],
    );
    expect(share).toBeGreaterThan(5);
  });

  test.each<[string, number]>([
    ['take', 80],
    ['give', 20],
    ['lruCacheAdd', 10],
    ['wakeup', 70],
    ['throttle', 20],
    ['pfmemallocCheck', 20],
    ['freeze', 10],
    ['bufferHeads', 10],
    ['swap', 10],
    ['stop', 3],
  ])('cause the event %s in some scripts', (kind, least) => {
    const share = percentOf(runs, ({ scenario }) =>
      scenario.script.some(({ events = [] }) => events.some((event) => kind in event)),
    );
    expect(share).toBeGreaterThan(least);
  });

  test('never free, or put into the page cache, more pages than they hold', () => {
    const steps = runs.flatMap((run) => run.steps.filter((step) => isA(step, 'give') || isA(step, 'lruCacheAdd')));
    const over = steps.filter(({ after }) =>
      after.node.zones.some(({ managed, freeArea, lru }) => freeArea.pages + lruPages(lru) > managed),
    );
    expect(over).toEqual([]);
  });

  test('wake kswapd with the allocation that made the zone low', () => {
    const pairs = runs.flatMap(({ scenario }) =>
      scenario.script.flatMap(({ events = [] }) => events.slice(1).map((event, i) => [events[i]!, event] as const)),
    );
    const together = pairs.filter(
      ([one, next]) => 'take' in one && 'wakeup' in next && one.take.zone === next.wakeup.zone,
    );
    expect(together.length).toBeGreaterThan(runs.length);
  });
});
