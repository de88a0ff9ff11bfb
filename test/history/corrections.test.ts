import { join } from 'node:path';
import { expect, it, test } from 'vitest';
import { SYSTEM, writtenNode, type ZoneSketch } from '../../book/sketch.ts';
import { asDocumented, bugs, corrections } from '../../history/index.ts';
import { makeMachine, makeNode, watchScenario, type Kernel, type Turn } from '../../model/index.ts';
import { bugJson } from '../../report/history/json.ts';
import { PLAIN } from '../../report/counterexample/index.ts';
import { bugStory } from '../../report/history/text.ts';
import { correctionsPage } from '../../report/history/corrections.ts';
import { showBug } from '../../search/history.ts';

const TURNS = 400;
/** 540 pages, 40 blocks of order 3 among them. */
const BALANCED = [100, 20, 20, 40];
const MARKS = { min: 10, low: 12, high: 15 };

interface Account {
  readonly zones: readonly ZoneSketch[];
  readonly order?: number;
  /** Pending from the start; else asked for when kswapd sleeps. */
  readonly pending?: true;
  readonly turn?: Turn;
  readonly compaction?: true;
  /** All pages are reserved: they are present, and none is managed. */
  readonly reserved?: true;
}

/** What comes of an account: runs and shrinks from the request on, and whether kswapd sleeps in the end. */
function outcome(k: Kernel, { zones, order = 0, pending, turn = {}, compaction, reserved }: Account) {
  const zoneIdx = zones.length - 1;
  const asked = pending === undefined ? [{}, {}, { events: [{ wakeup: { zone: zoneIdx, order, zoneIdx } }] }] : [];
  const none = k.base === 'v4.0' ? zoneIdx : zones.length;
  const request = pending === undefined ? { order: 0, zoneIdx: none, failures: 0 } : { order, zoneIdx, failures: 0 };
  const written = writtenNode(zones, request);
  const node = reserved ? { ...written, zones: written.zones.map((zone) => ({ ...zone, present: 1000 })) } : written;
  const { trace, machine } = watchScenario(k, {
    system: { ...SYSTEM, compaction: compaction === true },
    node,
    script: [...asked, ...new Array<Turn>(TURNS).fill(turn)],
    limit: TURNS,
  });
  const evs: readonly string[] = trace.map(({ ev }) => ev);
  const since = evs.slice(Math.max(0, evs.indexOf('wakeup')));
  const count = (ev: string): number => since.filter((one) => one === ev).length;
  return [count('pageoutrun'), count('shrink'), machine.thread.at === 'sleep'];
}

const DMA: ZoneSketch = { name: 'DMA', managed: 400, ...MARKS };
const NORMAL: ZoneSketch = { name: 'Normal', managed: 4000, ...MARKS };

const bugNamed = (id: string) => bugs.find((bug) => bug.id === id)!;

const accounts: readonly (readonly [string, string, Account, unknown[], unknown[]])[] = [
  [
    'bb3ab596832b',
    'as documented',
    { zones: [{ ...NORMAL, managed: 1000, free: 5 }] },
    [401, 401, false],
    [1, 1, true],
  ],
  [
    '1741c877cfa4',
    'as documented',
    {
      zones: [
        { ...DMA, free: [20, 0, 0, 10] },
        { ...NORMAL, name: 'DMA32', free: 5, lru: { inactiveFile: 200 } },
        { ...NORMAL, managed: 8000, free: 5, lru: { inactiveFile: 200 } },
      ],
      order: 3,
      pending: true,
    },
    [1, 2, true],
    [17, 401, false],
  ],
  [
    'c702418f8a2f',
    'as documented',
    {
      zones: [
        { ...DMA, free: 20 },
        { ...NORMAL, managed: 8000, free: BALANCED },
      ],
      order: 3,
      pending: true,
      compaction: true,
    },
    [1, 401, false],
    [1, 1, true],
  ],
  [
    '86c79f6b5426',
    'as documented',
    {
      zones: [
        { ...DMA, free: 1, lru: { inactiveFile: 20 } },
        { ...NORMAL, free: 100, lru: { inactiveFile: 200 } },
      ],
      turn: { scanned: 40, reclaimed: [10, 10] },
    },
    [1, 5, true],
    [0, 0, true],
  ],
  [
    'e1a556374abc',
    'as documented',
    {
      zones: [
        { ...NORMAL, free: 100, reserve: [0, 10] },
        { ...DMA, name: 'Movable' },
      ],
    },
    [1, 0, true],
    [0, 0, true],
  ],
  [
    '99504748',
    'as documented',
    {
      zones: [
        { ...DMA, free: 100, lru: { inactiveFile: 50 } },
        { ...NORMAL, free: BALANCED, lru: { inactiveFile: 100 } },
      ],
      order: 3,
      pending: true,
      turn: { scanned: 32, reclaimed: [8, 0] },
    },
    [1, 7, true],
    [2, 1, true],
  ],
  ['c73322d098e4', 'as documented', { zones: [{ ...NORMAL, free: 4 }] }, [34, 401, false], [16, 192, true]],
  ['afc7e326a3f5', 'no one is woken', { zones: [{ ...NORMAL, free: BALANCED }], order: 3 }, [0, 0, true], [0, 0, true]],
  [
    'afc7e326a3f5',
    'a run more',
    { zones: [{ ...NORMAL, free: BALANCED }], order: 3, pending: true },
    [2, 0, true],
    [1, 0, true],
  ],
  [
    '4746efded84d',
    'a run more',
    {
      zones: [
        { name: 'DMA', managed: 0 },
        { ...NORMAL, free: BALANCED },
      ],
      order: 3,
      pending: true,
    },
    [2, 0, true],
    [1, 0, true],
  ],
  [
    'da175d06b437',
    'a run more',
    {
      zones: [
        { ...DMA, free: 300, reserve: [0, 600], lru: { inactiveFile: 50 } },
        { ...NORMAL, free: 14, lru: { inactiveFile: 500 } },
      ],
      turn: { scanned: 40, reclaimed: [0, 40] },
    },
    [2, 4, true],
    [1, 4, true],
  ],
  [
    '08951e545918',
    'no difference',
    {
      zones: [
        { ...NORMAL, name: 'DMA32', free: 100, lru: { inactiveFile: 100 } },
        { ...NORMAL, managed: 60, free: 5 },
      ],
    },
    [1, 1, true],
    [1, 1, true],
  ],
  [
    '38087d9b0360',
    'the node is given up',
    {
      zones: [
        { ...DMA, free: 10, lru: { inactiveFile: 20 } },
        { ...NORMAL, free: BALANCED, lru: { inactiveFile: 200 } },
      ],
      order: 3,
      turn: { scanned: 40, reclaimed: [0, 40] },
      compaction: true,
    },
    [17, 192, true],
    [0, 0, true],
  ],
  [
    '6aa303defb74',
    'the node is given up',
    { zones: [{ name: 'Normal', managed: 0 }], reserved: true },
    [16, 192, true],
    [0, 0, true],
  ],
];

it.each(accounts)('%s: %s', (id, _how, account, withIt, withoutIt) => {
  const { faulty, fixed } = bugNamed(id);
  expect(outcome(faulty, account)).toEqual(withIt);
  expect(outcome(fixed, account)).toEqual(withoutIt);
});

it.each([
  ['6aaced5abd32', { min: 11, low: 40, high: 45, free: 359 }, { min: 68, low: 200, high: 264, free: 20 }],
  ['d450abd81b08', { min: 50, low: 60, high: 70 }, { min: 20, low: 25, high: 30, free: 25 }],
])('%s: as documented, a task is throttled with it and not without it', (id, low, high) => {
  const zones: ZoneSketch[] = [
    { name: 'DMA32', ...low },
    { name: 'Normal', ...high, lru: { inactiveFile: 100 } },
  ];
  const mayReclaim = (k: Kernel): boolean =>
    k.allowDirectReclaim(k, makeMachine(k, SYSTEM, makeNode(writtenNode(zones)))).ok;
  expect([mayReclaim(bugNamed(id).faulty), mayReclaim(bugNamed(id).fixed)]).toEqual([false, true]);
});

it.each([
  ['97a16fc82a7c', 'zoneWatermarkOk', { free: [24, 0, 0, 0, 1] }, 4, 20, [false, true]],
  ['9282012fc0aa', 'zoneWatermarkFast', { free: 10, reservedHighatomic: 30 }, 0, 6, [true, false]],
  ['f27ce0e14088', 'zoneWatermarkFast', { free: 60, reservedHighatomic: 50 }, 0, 20, [true, false]],
] as const)('%s: as documented, %s answers otherwise with it', (id, rule, sketch, order, mark, answers) => {
  const [zone] = makeNode(writtenNode([{ name: 'Normal', ...sketch }])).zones;
  const answer = (k: Kernel): boolean => k[rule](k, SYSTEM, zone!, order, mark, 0, 0, 0);
  expect([answer(bugNamed(id).faulty), answer(bugNamed(id).fixed)]).toEqual(answers);
});

test('each entry is confirmed or corrected once, and is one that a kernel shows', () => {
  const ids = [...asDocumented, ...corrections.map(({ id }) => id)];
  expect(new Set(ids).size).toBe(ids.length);
  expect(ids.filter((id) => bugNamed(id) === undefined)).toEqual([]);
});

test('people and programs are told what was measured', () => {
  const [{ id, said, measured }] = corrections as [(typeof corrections)[number]];
  const story = bugStory(showBug(bugNamed(id)), PLAIN).replaceAll(/\s+/g, ' ');
  expect(story).toContain(`the account: ${said} measured: ${measured}`);
  expect(bugJson(showBug(bugNamed(id)), undefined)).toMatchObject({ id, correction: { said, measured } });
});

test('docs/history-corrections.md is in step: run this test with -u', async () => {
  await expect(correctionsPage()).toMatchFileSnapshot(join(import.meta.dirname, '../../docs/history-corrections.md'));
});
