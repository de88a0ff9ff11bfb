import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { ownFolder, runCommand } from './run.ts';

const folder = ownFolder('litmus');

const run = (...args: readonly string[]) => runCommand(args, { cwd: folder });

describe('kswapd-spec litmus', () => {
  test('runs all cases on all kernels, and they come out as expected', () => {
    const { status, stdout } = run('litmus');
    expect(status).toBe(0);
    expect(stdout).toMatch(/^freeze\+take +- +sometimes +sometimes +a-freeze-loses-no-request$/m);
    expect(stdout).toMatch(/\n\d+ cases: all come out as expected\n$/);
  });

  test('shows one, in the first way in which it happens', () => {
    const { status, stdout } = run('litmus', 'freeze+take', '--kernel', 'v5.9');
    expect(status).toBe(0);
    expect(stdout).toMatch(/^freeze\+take\n[^]*\nDoes it happen in v5\.9\? sometimes, as expected, in 1 of 3 ways\n/);
    expect(stdout).toContain('✗ kswapd held a request');
  });

  test('tells a kernel of one’s own in which a case comes out otherwise', () => {
    writeFileSync(
      join(folder, 'patched.mjs'),
      `import { deriveKernel, v5_9 } from 'kswapd-spec';
      const { checkFreeze } = v5_9.transitions;
      const step = (k, m) => checkFreeze.step(k, { ...m, waits: { ...m.waits, freezing: false } });
      const transitions = { checkFreeze: { ...checkFreeze, step } };
      export default deriveKernel(v5_9, { name: 'no freezer', transitions });`,
    );
    const { status, stdout } = run('litmus', 'freeze+take', '--kernel', './patched.mjs', '--json');
    expect(status).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({ outcomes: [{ expected: 'sometimes', outcome: 'never' }] });
  });

  test('runs the cases of historical bugs with each bug and without it', () => {
    const { status, stdout } = run('litmus', '--history');
    expect(status).toBe(0);
    expect(stdout).toMatch(/^f012a84aff9f +v4\.0 +always +never +no-task-is-throttled-for-ever$/m);
    expect(stdout).toMatch(/\n\d+ bugs: every case tells its bug\n$/);
  });

  test('sends those who ask for one bug to its story', () => {
    const { status, stderr } = run('litmus', 'f012a84aff9f', '--history');
    expect(status).toBe(2);
    expect(stderr).toContain('kswapd-spec history f012a84aff9f');
  });

  test('refuses the name of no case', () => {
    const { status, stderr } = run('litmus', 'nothing+nowhere');
    expect(status).toBe(2);
    expect(stderr).toContain('there is no litmus case nothing+nowhere');
  });
});
