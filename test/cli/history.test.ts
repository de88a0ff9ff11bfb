import { describe, expect, test } from 'vitest';
import { runCommand } from './run.ts';

const run = (...args: readonly string[]) => runCommand(args);

describe('kswapd-spec history', () => {
  test('lists every bug with its version, kind, property and the size of its case', () => {
    const { status, stdout } = run('history', '--list');
    expect(status).toBe(0);
    expect(stdout).toMatch(/^f012a84aff9f +4\.2 +throttling +no-task-is-throttled-for-ever +\d+ events?, /m);
    const [head = '', ...rows] = stdout.split('\n').filter((line) => line !== '' && !line.startsWith(' '));
    const bugRows = rows.filter((row) => /\d+ parts?$/.test(row));
    expect(bugRows.length).toBeGreaterThan(60);
    for (const column of ['landed', 'kind', 'property', 'smallest case']) {
      const at = head.indexOf(column);
      expect(bugRows.filter((row) => row[at - 1] !== ' ' || row[at] === ' ')).toEqual([]);
    }
  });

  test('tells the story of one, and runs its case with the bug and without it', () => {
    const { status, stdout } = run('history', 'f012a84aff9f');
    expect(status).toBe(0);
    expect(stdout).toMatch(/^f012a84aff9f: a node with nothing to reclaim throttles its tasks for ever\n/);
    expect(stdout).toMatch(
      /\nWith it: v4\.0\n[^]*\n✗ [^]*\nWithout it: v4\.0, but [^]*\n✓ no-task-is-throttled-for-ever/,
    );
  });

  test('says how many are not found in as few cases as it is given, and exits with 1 then', () => {
    const { status, stdout } = run('history', '--runs', '1', '--seed', '3');
    expect(status).toBe(1);
    expect(stdout).toMatch(/NOT IN 1 [^]*\n\d+ bugs, seed 3: \d+ were not found in 1 cases; /);
  });

  test('refuses the id of no bug, and says where ids are', () => {
    const { status, stderr } = run('history', 'no-such-bug');
    expect(status).toBe(2);
    expect(stderr).toContain('there is no bug no-such-bug here');
    expect(stderr).toContain('--list');
  });

  test('says why entries are left out', () => {
    const { status, stdout } = run('history', '--left-out', '--json');
    expect(status).toBe(0);
    expect(JSON.parse(stdout)).toHaveProperty('leftOut');
  });
});
