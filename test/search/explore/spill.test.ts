import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { v4_19, v5_9 } from '../../../model/index.ts';
import { properties } from '../../../properties/index.ts';
import { explore } from '../../../search/explore/explore.ts';
import { FileInts } from '../../../search/explore/store/fileInts.ts';
import { findings } from './findings.ts';
import { tinyScope } from './scopes.ts';
import { tinyWhole } from './whole/scopes.ts';

const folder = mkdtempSync(join(tmpdir(), 'kswapd-spec-spill-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Less than a table of some hundred states. */
const MEMORY = 20_000;

describe('an exploration that has no room for its states', () => {
  test.each([
    ['of one kswapd', { kernel: v4_19, scope: tinyScope({ events: { take: [0], wakeup: [0] } }), properties }],
    ['of a whole machine', { kernel: v5_9, scope: tinyWhole(), properties }],
  ])('%s goes on in files, and comes to the same, count by count', async (_, plan) => {
    const alone = await explore(plan);
    let said = 0;
    const inFiles = await explore({ ...plan, memory: MEMORY, folder, onSpill: () => said++ });
    expect(findings(inFiles)).toEqual(findings(alone));
    expect(said).toBe(1);
    expect(alone.spilled).toBe(0);
    expect(inFiles.spilled).toBeGreaterThan(alone.counts.states * 8);
  });

  test('keeps no more of them in memory than it may', async () => {
    const memory = 300_000;
    const { bytes, spilled } = await explore({
      kernel: v5_9,
      scope: tinyWhole(),
      properties: [],
      memory,
      folder,
    });
    expect(spilled).toBeGreaterThan(0);
    expect(bytes).toBeLessThanOrEqual(memory);
  });

  test('leaves no file behind', () => {
    expect(readdirSync(folder)).toEqual([]);
  });

  test('says where files cannot be made', async () => {
    const file = join(folder, 'file');
    writeFileSync(file, '');
    const plan = { kernel: v4_19, scope: tinyScope(), properties: [], memory: 1000, folder: join(file, 'below') };
    await expect(explore(plan)).rejects.toThrow(/states beyond --memory cannot be kept/);
  });
});

describe('numbers in a file', () => {
  test('are 0 at first, and then what was written last, wherever their pages are', () => {
    const ints = new FileInts(folder, 0);
    const expected = new Map<number, number>();
    let at = 1;
    for (let i = 0; i < 5000; i++) {
      at = (at * 48_271) % 2_147_483_647;
      const index = at % 200_000;
      expect(ints.get(index)).toBe(expected.get(index) ?? 0);
      const value = (at ^ i) | 0;
      ints.set(index, value);
      expected.set(index, value);
    }
    for (const [index, value] of expected) expect(ints.get(index)).toBe(value);
    expect(ints.spilled).toBeGreaterThan(ints.bytes);
    ints.close();
  });
});
