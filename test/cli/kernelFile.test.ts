import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { kernelIn } from '../../cli/kernel/validate.ts';
import { InputError } from '../../kernel/inputError.ts';
import { deriveKernel, v4_0, v5_9 } from '../../model/index.ts';
import { ROOT } from '../house/files.ts';
import { vectorFile } from '../kernel/vectors.ts';
import { ownFolder, expectRefused, runCommand } from './run.ts';

const folder = ownFolder('kernel');

const IMPORT = "import { deriveKernel, v4_0 } from 'kswapd-spec';\n";
const THREE_SCANS = `deriveKernel(v4_0, {
  name: 'three scans',
  zoneReclaimable: (k, system, zone) => zone.pagesScanned < k.zoneReclaimablePages(k, system, zone) * 3,
});`;

const file = (name: string, text: string): string => {
  writeFileSync(join(folder, name), text);
  return name;
};

const run = (args: readonly string[], env: NodeJS.ProcessEnv = process.env) => runCommand(args, { cwd: folder, env });

const QUICK = ['--seed', '1', '--runs', '300'];

describe('a kernel from a user’s own file', () => {
  const patch = file(
    'patch.ts',
    `${IMPORT}import type { Kernel } from 'kswapd-spec';\nconst own: Kernel = ${THREE_SCANS}\nexport default own;`,
  );
  const checked = run(['check', 'reclaimable-is-six-times', '--kernel', patch, ...QUICK]);
  const [saved] = readdirSync(join(folder, '.kswapd-spec'));

  test('is checked by what is expected of the kernel that it is made from', () => {
    expect(checked.status).toBe(1);
    expect(checked.stdout).toMatch(
      /^Checking 1 property of three scans, which is v4\.0 with other zoneReclaimable, seed 1\n/,
    );
    expect(checked.stdout).toContain('v4.0 promises it; three scans has other zoneReclaimable');
    expect(checked.stdout).toContain(
      `again: npx kswapd-spec check reclaimable-is-six-times --kernel ${patch} --runs 300`,
    );
  });

  test('is found again by replay through the case that it was saved with, below the current folder', () => {
    const { status, stdout } = run(['replay', `.kswapd-spec/${saved!}`]);
    expect(stdout).toContain('reclaimable-is-six-times, run by three scans');
    expect(stdout).toMatch(/It still fails: reclaimable-is-six-times is promised in v4\.0\.\n$/);
    expect(status).toBe(1);
    expect(run(['replay', `.kswapd-spec/${saved!}`, '--kernel', 'v4.0']).status).toBe(0);
    mkdirSync(join(folder, 'elsewhere'), { recursive: true });
    const command = ['replay', join(folder, '.kswapd-spec', saved!)];
    const other = runCommand(command, { cwd: join(folder, 'elsewhere') });
    expect(other.status).toBe(2);
    expect(other.stderr).toContain('is a case of the kernel three scans\n  expected: its file patch.ts below here');
  });

  test('is held against recorded answers by conform', () => {
    const { status, stdout } = run(['conform', vectorFile('predicates'), '--kernel', patch, '--json']);
    expect(status).toBe(1);
    const { files } = JSON.parse(stdout) as { files: [{ functions: { fn: string; cases: number; agree: number }[] }] };
    const disagreeing = files[0].functions.filter(({ cases, agree }) => agree < cases).map(({ fn }) => fn);
    expect(disagreeing).toContain('zone_reclaimable');
    expect(disagreeing).not.toContain('zone_watermark_ok');
  });

  test('judges a real machine', () => {
    const zoneinfo = join(ROOT, 'test/data/zoneinfo/v6.1-384m.zoneinfo.txt');
    expect(run(['explain', zoneinfo, '--kernel', patch]).stdout).toContain('Judged by the rules of Linux three scans');
  });

  test.each([
    ['mine.mjs', `${IMPORT}export const mine = ${THREE_SCANS}`],
    ['mine.mts', `${IMPORT}export default ${THREE_SCANS}`],
    ['mine.js', `${IMPORT}export { mine, other };\nconst other = 3;\nconst mine = ${THREE_SCANS}`],
  ])('may be in %s', (name, text) => {
    const { stdout } = run(['check', 'setup', '--kernel', file(name, text), '--runs', '1', '--reporter', 'json']);
    expect(JSON.parse(stdout)).toMatchObject({
      kernel: 'three scans',
      made: { from: 'v4.0', changes: ['zoneReclaimable'] },
    });
  });
});

describe('a file that exports no kernel is refused with exit code 2 and one clear message', () => {
  test.each([
    ['one that is missing', 'none.ts', undefined, ['none.ts: cannot be read', 'expected: a file']],
    ['a syntax error', 'wrong.ts', 'export default (1', ['wrong.ts: has a syntax error', 'wrong.ts:1:']],
    ['an exception', 'throws.mjs', 'throw new Error("not today")', ['cannot be imported', 'Error: not today (line 1)']],
    ['a missing import', 'import.ts', "import { v9 } from 'kswapd-spec'; export default v9;", ['export named']],
    ['no kernel', 'number.ts', 'export const x: number = 1;', ['number.ts: exports no kernel', 'found:    x']],
  ])('%s', (_what, name, text, messages) => {
    if (text !== undefined) file(name, text);
    expectRefused(run(['check', '--kernel', name]), ...messages);
  });

  const refusal = (exports: Record<string, unknown>): string => {
    try {
      kernelIn(exports, 'own.ts');
    } catch (error) {
      expect(error).toBeInstanceOf(InputError);
      return (error as InputError).message;
    }
    throw new Error('it was not refused');
  };
  /** As JavaScript would allow it. */
  const derived = (changes: object): Record<string, unknown> => ({
    default: deriveKernel(v4_0, { name: 'mine', ...changes }),
  });

  test.each([
    ['several kernels', { a: v4_0, b: v5_9 }, 'exports several kernels, and none by default'],
    ['nothing', {}, 'found:    no export'],
    ['a rule of an unknown name', derived({ pgdatBalancd: () => true }), 'called pgdatBalancd'],
    [
      'a step of an unknown name',
      derived({ transitions: { begin: v4_0.transitions.checkRequest } }),
      'transitions.begin',
    ],
    ['a rule that is no function', derived({ pgdatBalanced: true }), 'pgdatBalanced is no function'],
    ['a kernel without a name', { default: { ...v4_0, name: undefined } }, 'without a name of its own'],
    ['a kernel that goes by the name of another', derived({ name: 'v4.0' }), 'found:    "v4.0"'],
    ['a kernel that is made from none', derived({ base: 'v3.2' }), 'is made from none that is specified here'],
  ])('%s', (_what, exports, message) => {
    expect(refusal(exports)).toContain(message);
  });

  test('a name that is nearly right is put right', () => {
    expect(refusal(derived({ pgdatBalancd: () => true }))).toContain('hint: did you mean pgdatBalanced?');
  });

  test('a kernel of another copy of the model', () => {
    const copy = (value: unknown): unknown => {
      if (typeof value === 'function') return (...args: readonly unknown[]) => value(...args) as unknown;
      if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
      return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, copy(part)]));
    };
    expect(refusal({ default: { ...(copy(v4_0) as object), name: 'mine' } })).toContain('another copy of kswapd-spec');
  });
});

describe('a rule that throws', () => {
  const thrower = file(
    'thrower.ts',
    `${IMPORT}export default deriveKernel(v4_0, {
  name: 'thrower',
  pgdatBalanced: () => {
    throw new RangeError('not here');
  },
});`,
  );

  test('is told with the kernel, the rule and the case, which is saved and replayed', () => {
    const { status, stderr } = run(['check', 'balance', '--kernel', thrower, ...QUICK]);
    expect(status).toBe(2);
    expect(stderr).toContain('thrower.ts: the rule pgdatBalanced of the kernel thrower throws');
    expect(stderr).toContain('RangeError: not here');
    expect(stderr).not.toMatch(/^ +at /m);
    const [, saved] = /npx kswapd-spec replay (\S+)/.exec(stderr)!;
    const again = run(['replay', saved!]);
    expect(again.status).toBe(2);
    expect(again.stderr).toContain(`${saved!}: the rule pgdatBalanced of the kernel thrower throws`);
  });

  test('names the line of the vectors that it was asked', () => {
    const { status, stderr } = run(['conform', vectorFile('predicates'), '--kernel', thrower]);
    expect(status).toBe(2);
    expect(stderr).toMatch(/predicates\.jsonl\.gz:\d+: the rule pgdatBalanced of the kernel thrower throws/);
  });

  test('shows its stack if DEBUG is set', () => {
    const { stderr } = run(['check', 'balance', '--kernel', thrower, ...QUICK], { ...process.env, DEBUG: '1' });
    expect(stderr).toMatch(/^ +at .*thrower\.ts/m);
  });
});

test('the line that repeats a search names families as they were given', () => {
  const { stdout } = run(['check', 'setup', 'a-request-is-recorded', '--runs', '20', '--seed', '1']);
  expect(stdout).toContain('again: npx kswapd-spec check setup a-request-is-recorded --runs 20 --seed 1\n');
});
