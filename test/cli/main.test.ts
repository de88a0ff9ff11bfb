import { describe, expect, test } from 'vitest';
import { ownFolder, expectRefused, runCommand } from './run.ts';

const folder = ownFolder('main');

const run = (...args: readonly string[]) => runCommand(args, { cwd: folder });

describe('the command line', () => {
  test('lists its commands', () => {
    const { status, stdout } = run('--help');
    expect(status).toBe(0);
    for (const command of ['check', 'replay', 'explain', 'diff', 'conform', 'kernels', 'docs'])
      expect(stdout).toContain(`\n  ${command} `);
  });

  test.each([
    ['an unknown command', ['chekc'], 'unknown command'],
    ['an unknown option', ['check', '--fast'], 'unknown option'],
    ['an unknown property', ['check', 'sleeep'], 'there is no property or family sleeep'],
    [
      'a property of another kernel, beside one of this one',
      ['check', 'a-request-is-recorded', 'pages-are-conserved', '--kernel', 'v5.9'],
      'a-request-is-recorded is a property of v4.0, and says nothing of v5.9',
    ],
    ['no runs', ['check', '--runs', '0'], 'expected a whole number above 0'],
    ['a time without a unit', ['check', '--time', '30'], 'expected a time such as 30s'],
    ['a seed that is no number', ['check', '--seed', 'x'], 'expected a whole number'],
    ['runs and time', ['check', '--runs', '5', '--time', '1s'], 'cannot be used with'],
    ['an unknown kernel', ['check', '--kernel', 'v9'], 'there is no kernel v9 here'],
    ['a missing layout', ['check', '--layout', 'nothing.txt'], 'nothing.txt: cannot be read'],
    ['a missing case', ['replay', 'nothing'], 'there is no such file, saved case or kept witness'],
  ])('refuses %s with exit code 2 and one clear message', (_what, args, message) => {
    expectRefused(run(...args), message);
  });

  test('gives the same bytes for the same seed', () => {
    const report = () => run('check', '--reporter', 'json', '--seed', '3').stdout;
    const first = report();
    expect(JSON.parse(first)).toMatchObject({ kernel: 'v4.0', seed: 3, exitCode: 0 });
    expect(report()).toBe(first);
  });

  test('reports to CI servers', () => {
    const options = ['--seed', '3', '--runs', '50', 'balance'];
    expect(run('check', '--reporter', 'junit', ...options).stdout).toMatch(
      /^<\?xml .*<testsuite name="kswapd-spec v4\.0" tests="8" failures="0".*<\/testsuites>\n$/s,
    );
    expect(run('check', '--reporter', 'github', ...options).stdout).toBe(
      '::notice title=kswapd-spec::8 properties of v4.0, seed 3\n',
    );
  });
});
