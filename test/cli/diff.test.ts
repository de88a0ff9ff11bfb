import { readdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { ownFolder, expectRefused, runCommand } from './run.ts';

const folder = ownFolder('diff');

const run = (...args: readonly string[]) => runCommand(args, { cwd: folder });

describe('kswapd-spec diff', () => {
  test('exits with 0 where it finds no difference', () => {
    const { status, stdout } = run('diff', 'v4.19', 'v4.19', '--runs', '20', '--seed', '1');
    expect(status).toBe(0);
    expect(stdout).toMatch(/ pgdatBalanced +the same functions\n/);
    expect(stdout).toContain('no difference found in 20');
  });

  test('exits with 1 where the kernels differ, and gives the same bytes for the same seed', () => {
    const diff = () =>
      run('diff', 'v4.0', 'v4.19', '--rule', 'pgdatBalanced', '--runs', '200', '--seed', '1', '--json');
    const { status, stdout } = diff();
    expect(status).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({ first: 'v4.0', second: 'v4.19', seed: 1, exitCode: 1 });
    expect(diff().stdout).toBe(stdout);
  });

  test('searches for as long as it is told', () => {
    const { status, stdout } = run('diff', 'v4.19', 'v5.9', '--rule', 'highWmarkPages', '--time', '200ms', '--json');
    expect(status).toBe(1);
    expect((JSON.parse(stdout) as { rules: { cases: number }[] }).rules[0]!.cases).toBeGreaterThan(10);
  });

  test('saves smallest cases so that they can be replayed, if it is asked to', () => {
    const options = ['--rule', 'pgdatBalanced', '--runs', '200', '--seed', '1'];
    run('diff', 'v4.0', 'v4.19', ...options);
    expect(readdirSync(folder)).toEqual([]);
    const { stdout } = run('diff', 'v4.0', 'v4.19', ...options, '--save');
    const [, path] = /saved as (\S+)/.exec(stdout)!;
    expect(run('replay', path!).status).toBe(0);
  });

  test.each([
    ['an unknown kernel', ['v4.0', 'v9'], 'there is no kernel v9 here'],
    ['one kernel', ['v4.0'], 'missing required argument'],
    ['an unknown rule', ['v4.0', 'v4.19', '--rule', 'pgdat_balanced'], 'expected: one of minWmarkPages, '],
    ['a rule that only one has', ['v4.0', 'v4.19', '--rule', 'zoneReclaimable'], 'v4.19 has no such rule'],
    ['a rule and runs', ['v4.0', 'v4.19', '--rule', 'pgdatBalanced', '--loop'], 'cannot be used with'],
    ['runs and time', ['v4.0', 'v4.19', '--runs', '5', '--time', '1s'], 'cannot be used with'],
    ['a missing layout', ['v4.0', 'v4.19', '--layout', 'nothing.txt'], 'nothing.txt: cannot be read'],
  ])('refuses %s with exit code 2 and one clear message', (_what, args, message) => {
    expectRefused(run('diff', ...args), message);
  });
});
