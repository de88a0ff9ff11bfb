import { spawnSync } from 'node:child_process';
import { readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { bugs } from '../../history/index.ts';
import { kernels } from '../../model/index.ts';
import { isAskedOf, properties } from '../../properties/index.ts';
import { ROOT } from '../house/files.ts';
import { ownFolder } from './run.ts';

const readme = readFileSync(join(ROOT, 'README.md'), 'utf8');
const folder = ownFolder('readme');
symlinkSync(join(ROOT, 'test'), join(folder, 'test'));

/** The code blocks of a language, in order. */
const blocks = (language: string): readonly string[] =>
  [...readme.matchAll(new RegExp(`^\`\`\`${language}\n(.*?)^\`\`\``, 'gms'))].map(([, body]) => body!);

const commands = blocks('sh')
  .flatMap((block) => block.split('\n'))
  .filter((line) => line.startsWith('npx kswapd-spec '));

/** Words that the answer to a command begins with, or has on a line of its own. */
const ANSWERS: Readonly<Record<string, RegExp>> = {
  'check --list': /^sleep +sleep-only-when-balanced /,
  'check balance': /\nv4\.0: \d+ properties: .*; seed 7, /,
  'check sleep-only-when-balanced': /^\{\n {2}"kernel": "v4\.0",/,
  'conform test/data/conformance/v4.0/loops.jsonl.gz': /\n600 of 600 agree\n$/,
  'diff v4.0': /^v4\.0 and v4\.19, seed 7\n/,
  'diff v4.19': /^\{\n {2}"first": "v4\.19",\n {2}"second": "v5\.9",/,
  'docs --out': /^\d+ files written to specification\. /,
  'explain test/data/zoneinfo/v6.1-5g-swap.zoneinfo.txt': /^Would kswapd sleep\? [^]* Linux v5\.9: [^]*\nAssumed:\n/,
  'explain test/data/zoneinfo/constructed-v4.19.zoneinfo.txt': /^Would kswapd sleep\? [^]* Linux v4\.19: /,
  'explain test/data/zoneinfo/v6.12-512m-hopeless.zoneinfo.txt': /^\{[^]*\n {2}"kernel": "v4\.0",/,
  'explore one-zone': /^One zone, v4\.0\n[^]*\n32,815 states, /,
  'history --list': /\n\d+ bugs; \d+ entries are left out /,
  'history f50de2d38110': /^f50de2d38110: [^]*\nWith it: [^]*\n✗ [^]*\nWithout it: [^]*\n✓ /,
  litmus: /\nfreeze\+take +- +sometimes +sometimes +[^]*\n\d+ cases: all come out as expected\n$/,
  'litmus --history': /\n\d+ bugs: every case tells its bug\n$/,
  'litmus wakeup+nap': /^wakeup\+nap\n[^]*\nDoes it happen in v5\.9\? sometimes, as expected, in 1 of 3 ways\n/,
  'hunt watermark': /^v4\.0: \d+ properties: no counterexample, 1 known failure met\n/,
  'replay a-request-is-recorded': /\nIt still fails, as a-request-is-recorded is known to in v4\.0\.\n$/,
};

/** What a command writes. One that compares kernels exits with 1 if they differ, as those in the README do. */
function run(args: readonly string[]): string {
  const { status, stdout, stderr } = spawnSync('node', args, { cwd: folder, encoding: 'utf8' });
  expect({ status, stderr }).toEqual({ status: args[1] === 'diff' ? 1 : 0, stderr: '' });
  return stdout;
}

describe('what the README tells to run', () => {
  test('is there', () => {
    expect(commands.length).toBeGreaterThan(4);
    expect(blocks('ts')).toHaveLength(1);
  });

  test.each(commands)('%s succeeds and answers', (command) => {
    const args = command.split(' ').slice(2);
    expect(run([join(ROOT, 'bin/kswapd-spec.js'), ...args])).toMatch(ANSWERS[args.slice(0, 2).join(' ')]!);
  });

  test('says how many properties there are of each kernel, how many are known to fail, and how many bugs', () => {
    const counts = Object.values(kernels).map((kernel) => {
      const asked = properties.filter((property) => isAskedOf(property, kernel));
      const known = asked.filter(({ verdicts }) => verdicts[kernel.base]?.holds === false);
      return { asked: asked.length, known: known.length };
    });
    const [v4_0, v4_19, v5_9] = counts;
    expect(readme).toContain(`${v4_0!.asked} properties of v4.0, ${v4_19!.asked} of v4.19, ${v5_9!.asked} of v5.9`);
    expect(readme).toContain(`Of these ${v4_0!.known}, ${v4_19!.known} and ${v5_9!.known} are **known to fail**`);
    expect(readme).toContain(`the hunt found all ${bugs.length}`);
  });

  test('shows what a comparison of kernels really says', () => {
    const command = commands.find((line) => line.includes('diff v4.0'))!;
    const said = run([join(ROOT, 'bin/kswapd-spec.js'), ...command.split(' ').slice(2)]);
    expect(said).toContain(blocks('text')[0]!);
  });

  test('the program finds the promise that its kernel breaks', () => {
    const program = blocks('ts')[0]!.replace("'kswapd-spec'", JSON.stringify(join(ROOT, 'index.ts')));
    const path = join(folder, 'program.mts');
    writeFileSync(path, program);
    expect(run(['--import', join(ROOT, 'node_modules/tsx/dist/esm/index.mjs'), path])).toContain(
      'A zone is given up after six scans of its lists',
    );
  });
});
