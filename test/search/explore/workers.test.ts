import { mkdtempSync, existsSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { threads } from '../../../cli/explore/pool.ts';
import { v4_0, v4_19 } from '../../../model/index.ts';
import { eventualProperties, properties } from '../../../properties/index.ts';
import { explorationText } from '../../../report/explore/text.ts';
import { explore, type ExplorePlan } from '../../../search/explore/explore.ts';
import type { ErrandResult, Helpers } from '../../../search/explore/helpers.ts';
import { Helper } from '../../../search/explore/helper.ts';
import { kswapdSystem, stepPropertiesOf } from '../../../search/explore/machine/system.ts';
import { exploreExitCode, type Exploration } from '../../../search/explore/result.ts';
import { findings } from './findings.ts';
import { smallScope, tinyScope } from './scopes.ts';

const folder = mkdtempSync(join(tmpdir(), 'kswapd-spec-checkpoint-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const scope = smallScope();
const judged = stepPropertiesOf(v4_19, properties);
const plan: ExplorePlan = { kernel: v4_19, scope, properties: judged };
const alone = findings(await explore(plan));

/** Of steps, of a question, and of runs. */
const SEVERAL = new Set([
  'pages-are-conserved',
  'reclaimable-is-six-times',
  'sleep-after-undisturbed-nap',
  'zones-are-shrunk-upwards',
  'no-zone-below-low-in-sleep',
]);

/** Helpers in this thread, which answer in any order. */
const helpersHere = (size: number): Helpers<never> => {
  const helper = new Helper(kswapdSystem(v4_19, scope, judged));
  let delay = 7;
  return {
    size,
    expand: async (errand) => {
      const result = structuredClone(helper.expand(errand)) as ErrandResult<never>;
      delay = (delay * 5) % 11;
      await new Promise((resolve) => setTimeout(resolve, delay));
      return result;
    },
  };
};

describe('an exploration with helpers', () => {
  test.each([1, 2, 3])('of %i is one without any, count by count', async (size) => {
    expect(findings(await explore({ ...plan, helpers: helpersHere(size) }))).toEqual(alone);
  });

  test('in threads is too', async () => {
    const pool = threads(2, { kernel: 'v4.19', scope, properties: judged.map(({ id }) => id) });
    try {
      expect(findings(await explore({ ...plan, helpers: pool }))).toEqual(alone);
    } finally {
      await pool.close();
    }
  });

  test('ends with what a helper throws', async () => {
    const helpers: Helpers<never> = { size: 2, expand: () => Promise.reject(new Error('a rule throws')) };
    await expect(explore({ ...plan, helpers })).rejects.toThrow('a rule throws');
  });
});

describe('an exploration with a checkpoint', () => {
  const file = join(folder, 'exploration');

  test('goes on where it was cut off, and comes to the same', async () => {
    const parts = [];
    for (let i = 0; i < 1000; i++) {
      const part = await explore({ ...plan, checkpoint: file, time: 50 });
      parts.push(part);
      if (part.cutOff === undefined) break;
      expect(existsSync(file)).toBe(true);
    }
    expect(parts.length).toBeGreaterThan(1);
    const states = parts.map(({ counts }) => counts.states);
    expect(states).toEqual(states.toSorted((a, b) => a - b));
    expect(findings(parts.at(-1)!)).toEqual(alone);
  });

  test('leaves none behind once it is complete', () => {
    expect(existsSync(file)).toBe(false);
  });

  test('refuses one of another exploration', async () => {
    await explore({ ...plan, checkpoint: file, time: 1e-3 });
    const other = explore({ kernel: v4_0, scope: tinyScope(), properties: [], checkpoint: file });
    await expect(other).rejects.toThrow(/is a checkpoint of another exploration/);
  });

  test('refuses a file that is none', async () => {
    writeFileSync(file, 'states');
    await expect(explore({ ...plan, checkpoint: file })).rejects.toThrow(/is no checkpoint/);
  });

  test('refuses one of a kernel of the same name whose text is another', async () => {
    const path = join(folder, 'digest');
    await explore({ ...plan, checkpoint: path, digest: 'a', time: 1e-3 });
    const other = explore({ ...plan, checkpoint: path, digest: 'b', time: 1e-3 });
    await expect(other).rejects.toThrow(/is a checkpoint of another exploration/);
  });

  test('says where it cannot be written', async () => {
    const checkpoint = join(folder, 'no', 'such', 'folder');
    await expect(explore({ ...plan, checkpoint, time: 1e-3 })).rejects.toThrow(/cannot be written/);
  });
});

describe('an exploration of several searches with a checkpoint', () => {
  const several: ExplorePlan = {
    kernel: v4_0,
    scope: tinyScope(),
    properties: properties.filter(({ id }) => SEVERAL.has(id)),
    eventually: eventualProperties,
  };
  const path = join(folder, 'several');
  const files = [path, `${path}.runs`];
  const parts: Exploration[] = [];

  test('keeps what is done, and comes to the same in the end, however little time it has each time', async () => {
    for (let i = 0; i < 1000; i++) {
      const part = await explore({ ...several, checkpoint: path, time: 100 });
      parts.push(part);
      if (part.cutOff === undefined) break;
    }
    expect(findings(parts.at(-1)!)).toEqual(findings(await explore(several)));
    expect(files.map((file) => existsSync(file))).toEqual([false, false]);
  });

  test('says each time what it did not reach, and is cut off for that alone', () => {
    expect(parts.at(-1)!.notReached).toEqual([]);
    const complete = parts.filter(({ counts, cutOff }) => counts.queue === 0 && cutOff !== undefined);
    const left = complete.map(({ notReached }) => notReached.length);
    expect(left).toEqual(left.toSorted((a, b) => b - a));
    expect(complete.length).toBeGreaterThan(0);
    for (const part of complete) {
      expect(exploreExitCode(part)).toBe(5);
      const [first] = part.notReached;
      if (first !== undefined) expect(explorationText(part, false)).toMatch(`  not reached  ${first.id}`);
    }
  });

  test('that is not kept says what it did not reach, and goes on for little longer than its time', async () => {
    const { notReached, properties: reached } = await explore({ ...several, time: 1e-3 });
    const ids = notReached.map(({ id }) => id);
    expect(ids).toEqual(expect.arrayContaining(['zones-are-shrunk-upwards', 'kswapd-left-alone-sleeps']));
    expect(reached.every(({ property }) => !ids.includes(property.id))).toBe(true);
  });
});
