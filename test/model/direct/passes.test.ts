import { describe, expect, test } from 'vitest';
import { readLines } from '../../../kernel/files.ts';
import { directCaseSchema } from '../../../kernel/schema/direct.ts';
import { runDirectCase, v4_19, v5_9, watchDirectCase, type DirectTurn, type Kernel } from '../../../model/index.ts';
import { vectorFile } from '../../kernel/vectors.ts';
import { RECLAIMABLE } from '../sketch.ts';
import { directCase, shrunk } from './sketch.ts';

/** How each pass of a run on one node spares: below the low limits, and whether it forces active lists. */
function passes(k: Kernel, script: readonly DirectTurn[]): readonly (readonly boolean[])[] {
  const records = shrunk(k, directCase({ nodes: [[RECLAIMABLE]], script }));
  return records
    .filter(({ priority }) => priority === 12)
    .map(({ memcgLowReclaim, forceDeactivate = false }) => [memcgLowReclaim, forceDeactivate]);
}

const PASS = 13;
const after = (walks: number, turn: DirectTurn): readonly DirectTurn[] => [
  ...Array.from({ length: walks }, () => ({})),
  turn,
];

describe('passes that reclaim nothing', () => {
  test('are not repeated if nothing was spared', () => {
    expect(passes(v4_19, [])).toEqual([[false, false]]);
    expect(passes(v5_9, [])).toEqual([[false, false]]);
  });

  test('are repeated below the low limits if a control group was spared', () => {
    expect(passes(v4_19, [{ memcgLowSkipped: true }])).toEqual([
      [false, false],
      [true, false],
    ]);
  });

  test('first force active lists in v5.9, which v4.19 has no say in', () => {
    const script = [{ memcgLowSkipped: true, skippedDeactivate: true }];
    expect(passes(v4_19, script).length).toBe(2);
    expect(passes(v5_9, script)).toEqual([
      [false, false],
      [false, true],
      [true, false],
    ]);
  });

  test('force them once more below the low limits, if they were spared there again', () => {
    const script = [
      { memcgLowSkipped: true, skippedDeactivate: true },
      ...after(2 * PASS - 1, { skippedDeactivate: true }),
    ];
    expect(passes(v5_9, script)).toEqual([
      [false, false],
      [false, true],
      [true, false],
      [true, true],
    ]);
  });
});

describe('buffer heads over their limit', () => {
  const zones = [{ name: 'DMA', ...RECLAIMABLE }, { name: 'DMA32', ...RECLAIMABLE }, RECLAIMABLE] as const;
  const indices = (gfpMask: readonly ('DMA' | 'DMA32')[], reclaimIdx: number): readonly unknown[] => {
    const given = directCase({
      nodes: [[...zones, { name: 'HighMem', ...RECLAIMABLE }]],
      args: { gfpMask, reclaimIdx },
      system: { bufferHeadsOverLimit: true },
      script: [{ events: [{ bufferHeads: false }] }, RECLAIMED],
    });
    return shrunk(v4_19, given).map((record) => record.reclaimIdx);
  };
  const RECLAIMED: DirectTurn = { reclaimed: [40, 40, 40, 40] };

  test('raise the index to high memory, where it stays', () => {
    expect(indices([], 2)).toEqual([3, 3]);
  });

  test('lower it to 0 for a mask that names DMA32', () => {
    expect(indices(['DMA32'], 1)).toEqual([0, 0]);
  });
});

describe.each([v4_19, v5_9])('the steps of direct reclaim in $name', (k) => {
  const { transitions, yields } = k.directReclaim;
  const declared = Object.entries({ ...transitions, ...yields }).flatMap(([from, { to }]) =>
    to.map((point) => `${from} -> ${point}`),
  );
  const cases = readLines(vectorFile('direct', k.name)).map(({ text }) => directCaseSchema.parse(JSON.parse(text)));
  const taken = new Set<string>();
  for (const given of cases) {
    // Entered from the start as well, out of the throttle too, so that every way is gone.
    const scripts = [given.script, [{ timeout: true }], [{ signal: 'fatal' as const }]];
    for (const script of scripts) {
      for (const task of [undefined, []]) {
        const { task: _task, ...rest } = given;
        runDirectCase(k, { ...rest, script, ...(task && { task }) }, ({ kind, at, after: { task: next } }) => {
          if (kind === 'transition' || kind === 'resume') taken.add(`${at} -> ${next.at}`);
        });
      }
    }
  }

  test('go where they are declared to go, and nowhere else', () => {
    expect([...taken].toSorted()).toEqual([...new Set(declared)].toSorted());
  });

  test('leave the state that they start from as it was', () => {
    const given = directCase({ nodes: [[RECLAIMABLE]], script: [{ reclaimed: [3] }, { memcgLowSkipped: true }] });
    const run = watchDirectCase(k, given);
    const written = run.steps.map(({ before }) => JSON.stringify(before));
    watchDirectCase(k, given);
    expect(run.steps.map(({ before }) => JSON.stringify(before))).toEqual(written);
  });
});
