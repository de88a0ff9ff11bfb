import { describe, expect, test } from 'vitest';
import { kernels, v4_0 } from '../../model/index.ts';
import { eventualProperties, properties } from '../../properties/index.ts';
import { explorationPage } from '../../report/explore/page.ts';
import { explorationText } from '../../report/explore/text.ts';
import { explore } from '../../search/explore/explore.ts';
import { readScope, scopePath, shippedScopes } from '../../search/explore/scopeFile.ts';
import { read } from '../house/files.ts';
import { tinyScope } from '../search/explore/scopes.ts';

const page = read('docs/exploration.md');

const WRONG_PLURAL = /(?<![\d,])1 (state|move|step|turn|question)s\b/;

/** The cells of a table's row that begins with these. */
const rowOf = (text: string, ...first: readonly string[]): readonly string[] | undefined =>
  text
    .split('\n')
    .map((line) => line.split('|').map((cell) => cell.trim()))
    .find((cells) => first.every((cell, i) => cells[i + 1] === cell))
    ?.slice(1, -1);

describe('docs/exploration.md', () => {
  const pairs = [...shippedScopes()].flatMap(([name, path]) => {
    const meant = readScope(path).kernels ?? Object.keys(kernels);
    return meant.map((kernel) => [name, kernel] as const);
  });

  test.each(pairs)('says what %s says of %s, as specified', (name, kernel) => {
    const row = rowOf(page, name, kernel)!;
    const [states, holds, counterexamples] = [row[2]!, row[7]!, row[9]!];
    expect(Number(states.replaceAll(',', ''))).toBeGreaterThan(100);
    expect(Number(holds)).toBeGreaterThan(5);
    expect(counterexamples).toBe('0');
  });

  test('covers every scope that ships, in its own words', () => {
    for (const [name, path] of shippedScopes()) expect(page).toContain(`- **${name}**: ${readScope(path).covers}`);
  });

  test('speaks of one thing as of one, and of no round where nobody can go on', () => {
    expect(page).not.toMatch(WRONG_PLURAL);
    expect(page).not.toContain('a round of 0');
    expect(rowOf(page, 'a-pending-request-of-a-task-is-taken-up', 'v4.0')![3]).toMatch(/ nobody can go on$/);
  });

  // Some seconds: the quickest scope explored again.
  test('has the numbers of the exploration', { timeout: 120_000 }, async () => {
    const scope = readScope(scopePath('one-zone'));
    const { counts, steps } = await explore({ kernel: v4_0, scope, properties });
    const said = [counts.states, counts.transitions, steps, counts.depth].map((n) => n.toLocaleString('en-US'));
    expect(rowOf(page, 'one-zone', 'v4.0')!.slice(2, 6)).toEqual(said);
  });
});

test('a page tells the known failures by their shortest ways, and what is never judged', async () => {
  const scope = tinyScope({ events: { take: [0], stop: true, freeze: true } });
  const exploration = await explore({ kernel: v4_0, scope, properties, eventually: eventualProperties });
  const text = explorationPage([{ name: 'tiny', exploration, seconds: 1.23 }], 'A machine');
  expect(rowOf(text, 'tiny', 'v4.0')![6]).toBe('1.2');
  expect(rowOf(text, 'a-stop-does-not-wait-for-the-thaw', 'v4.0', 'tiny')![3]).toMatch(/^after \d moves$/);
  const livelock = rowOf(text, 'kswapd-left-alone-sleeps')![3];
  expect(livelock).toMatch(/^after \d+ turns? a round of 12 turns goes on for ever$/);
  expect(text).not.toMatch(WRONG_PLURAL);
  expect(text.split('## Judged in none of them')[1]).toContain('compaction-merges-blocks');
});

test('a report speaks of one thing as of one', async () => {
  const scope = tinyScope({ zones: [{ ...tinyScope().zones[0]!, file: [0], free: [[1]] }], turns: {}, events: {} });
  const text = explorationText(await explore({ kernel: v4_0, scope, properties: properties.slice(0, 20) }), false);
  expect(text).toMatch(/^\d+ states?, \d+ moves? between them/);
  expect(text).toMatch(/(?<![\d,])1 (move|step|state) /);
  expect(text).not.toMatch(WRONG_PLURAL);
});
