import { describe, expect, test } from 'vitest';
import { kernels } from '../../model/index.ts';
import { runCommand } from './run.ts';

const run = (...args: readonly string[]) => runCommand(['kernels', ...args]);

/** A text in one line, however it was broken into several. */
const joined = (text: string): string => text.replaceAll(/\s+/g, ' ');

describe('kswapd-spec kernels', () => {
  const { status, stdout } = run();

  test('lists every kernel, with the reason of each of its differences', () => {
    expect(status).toBe(0);
    expect(stdout.match(/^v\d+\.\d+(?=: )/gm)).toEqual(Object.keys(kernels));
    const text = joined(stdout);
    const whys = Object.values(kernels).flatMap(({ differences }) => differences.map(({ why }) => why));
    expect(whys.length).toBeGreaterThan(10);
    expect(whys.filter((why) => !text.includes(why))).toEqual([]);
  });

  test('says of a difference its version, its commit, and the rules that it changes, adds and removes', () => {
    expect(joined(stdout)).toContain('v4.17 d3cda2337bbc High memory kept pages from requests for Movable');
    expect(joined(stdout)).toContain('changes setupPerZoneLowmemReserve');
    expect(joined(stdout)).toContain('removes setupPerZoneInactiveRatio, calculateZoneInactiveRatio');
    expect(stdout).toMatch(/^ {4}adds \w/m);
    expect(stdout).toContain('changes the loop of kswapd');
  });

  test('tells the differences of a kernel in the order in which they came', () => {
    const minors = [...run('v5.9').stdout.matchAll(/^ {2}v(\d)\.(\d+)/gm)].map(
      ([, a, b]) => 1000 * Number(a) + Number(b),
    );
    expect(minors.length).toBeGreaterThan(3);
    expect(minors).toEqual(minors.toSorted((a, b) => a - b));
  });

  test('shows one kernel alone', () => {
    const one = run('v4.19');
    expect(one.status).toBe(0);
    expect(one.stdout).toMatch(/^v4\.19: made from v4\.0 by \d+ differences; \d+ rules and steps\n/);
    expect(stdout).toContain(one.stdout);
  });

  test('answers as JSON', () => {
    const json: unknown = JSON.parse(run('v5.9', '--json').stdout);
    expect(json).toMatchObject({
      kernels: [
        {
          name: 'v5.9',
          from: 'v4.19',
          differences: expect.arrayContaining([
            {
              since: 'v5.8',
              commit: 'ee8eb9a5fe86',
              why: expect.stringContaining('256 MiB'),
              changes: ['initPerZoneWmarkMin'],
              adds: [],
              removes: [],
            },
          ]),
        },
      ],
    });
  });

  test('refuses a kernel that is not specified', () => {
    const { status: code, stdout: out, stderr } = run('v9');
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(stderr).toContain('there is no kernel v9 here');
    expect(stderr).toContain(`expected: one of ${Object.keys(kernels).join(', ')}`);
  });
});
