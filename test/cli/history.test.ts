import { describe, expect, test } from 'vitest';
import { leftOut } from '../../history/index.ts';
import { expectRefused, runCommand } from './run.ts';

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

  test('tells of one that is left out why it is', () => {
    const { id, why } = leftOut[0]!;
    const { status, stdout } = run('history', id);
    expect(status).toBe(0);
    expect(stdout).toMatch(new RegExp(`^${id}: `));
    expect(stdout.replaceAll(/\s+/g, ' ')).toContain(`Left out: the model cannot show it ${why}`);
  });

  test.each([
    [['--list', 'f012a84aff9f'], '--list: does not go with the id of one'],
    [['f012a84aff9f', '--seed', '3'], '--seed: does not go with the id of one'],
    [['--list', '--left-out'], 'cannot be used with'],
    [['--list', '--runs', '3'], 'cannot be used with'],
    [['--left-out', '--seed', '3'], 'cannot be used with'],
  ])('refuses %j, of which one would be ignored', (args, message) => {
    expectRefused(run('history', ...args), message);
  });

  test('says why entries are left out', () => {
    const { status, stdout } = run('history', '--left-out', '--json');
    expect(status).toBe(0);
    expect(JSON.parse(stdout)).toHaveProperty('leftOut');
  });
});
