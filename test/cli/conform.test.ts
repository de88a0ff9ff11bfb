import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { conformCommand } from '../../cli/conform.ts';
import { readLines } from '../../kernel/files.ts';
import { InputError } from '../../kernel/inputError.ts';
import { firstDifference, recordedAnswer } from '../../kernel/vectors/compare.ts';
import { vectorFile } from '../kernel/vectors.ts';
import { ownFolder, expectRefused, runCommand, runHere } from './run.ts';

const folder = ownFolder('conform');
afterEach(() => {
  vi.restoreAllMocks();
  process.exitCode = undefined;
});

/** What the command writes to standard output, and the exit code that it sets. */
async function run(...args: readonly string[]): Promise<{ readonly text: string; readonly code: unknown }> {
  let written = '';
  process.exitCode = undefined;
  try {
    await runHere(conformCommand(), args, (text) => (written += text));
    return { text: stripVTControlCharacters(written), code: process.exitCode ?? 0 };
  } finally {
    vi.restoreAllMocks();
    printed = stripVTControlCharacters(written);
  }
}
let printed = '';

const file = (name: string, lines: readonly string[]): string => {
  const path = join(folder, name);
  writeFileSync(path, lines.join('\n'));
  return path;
};

const linesOf = (name: 'predicates' | 'loops' | 'setup', count: number): readonly string[] =>
  readLines(vectorFile(name))
    .slice(0, count)
    .map(({ text }) => text);

/** The third record of this run is a shrink at priority 12. */
const [loop, ...otherLoops] = linesOf('loops', 3);
const [setup] = linesOf('setup', 1);
const wrongPriority = loop!.replace('"ev":"shrink","zone":1,"priority":12', '"ev":"shrink","zone":1,"priority":11');
const wrongResult = setup!.replace('"pageCluster":2', '"pageCluster":3');

describe('kswapd-spec conform', () => {
  test('prints a table per file, and how many agree', async () => {
    const { text, code } = await run(vectorFile('setup'), file('loops.jsonl', [loop!, ...otherLoops]));
    expect(text).toBe(
      [
        vectorFile('setup'),
        '  function                   cases    agree   differ',
        '  init_per_zone_wmark_min      238      238        0',
        '  setup_per_zone_wmarks         62       62        0',
        '  all                          300      300        0',
        '',
        join(folder, 'loops.jsonl'),
        '  function    cases    agree   differ',
        '  kswapd          3        3        0',
        '',
        '303 of 303 agree',
        '',
      ].join('\n'),
    );
    expect(code).toBe(0);
  });

  test('shows the first difference in a trace, with the record before it, and exits with 1', async () => {
    const { text, code } = await run(file('wrong.jsonl', [wrongPriority, ...otherLoops]));
    expect(text).toContain(
      [
        '  v4.0-dev-loop-00001 (kswapd, line 1) differs first at trace[2].priority',
        '    trace[1], agreed: pageoutrun',
        '    expected: shrink zone 1, priority 11, order 7, nrToReclaim 32',
        '    got:      shrink zone 1, priority 12, order 7, nrToReclaim 32',
        '',
        '2 of 3 agree',
      ].join('\n'),
    );
    expect(code).toBe(1);
  });

  test('shows the end of a trace that is shorter', async () => {
    const recorded = JSON.parse(loop!) as { readonly trace: readonly unknown[] };
    const longer = JSON.stringify({ ...recorded, trace: [...recorded.trace, { ev: 'stopped' }] });
    const { text } = await run(file('longer.jsonl', [longer]));
    expect(text).toContain('    trace[50], agreed: limit\n    expected: stopped\n    got:      the end of the trace\n');
  });

  test('shows the first difference in a result', async () => {
    const { text } = await run(file('result.jsonl', [wrongResult]));
    expect(text).toContain(
      [
        '  v4.0-dev-setup-00001 (init_per_zone_wmark_min, line 1) differs first at result.pageCluster',
        '    expected: 3',
        '    got:      2',
      ].join('\n'),
    );
  });

  test('shows as many differing cases as asked for, three at first', async () => {
    const path = file('many.jsonl', [wrongResult, wrongResult, wrongResult, wrongResult, wrongResult]);
    const shown = async (...options: readonly string[]) =>
      (await run(path, ...options)).text.split('\n').filter((line) => line.includes('differs first')).length;
    expect(await shown()).toBe(3);
    expect(await shown('--show', '5')).toBe(5);
    expect(await shown('--show', '0')).toBe(0);
    expect((await run(path)).text).toContain('  2 more differ: show them with --show 5');
  });

  test('reports as JSON', async () => {
    const path = file('wrong.jsonl', [wrongPriority, ...otherLoops]);
    const { text, code } = await run(path, '--json');
    expect(JSON.parse(text)).toMatchObject({
      cases: 3,
      agree: 2,
      files: [
        {
          file: path,
          functions: [{ fn: 'kswapd', cases: 3, agree: 2 }],
          disagreements: [{ line: 1, difference: { at: 'trace[2].priority', expected: 11, got: 12 } }],
        },
      ],
    });
    expect(code).toBe(1);
  });

  test('prints the model’s own answers with --print, in the vectors’ form, and compares nothing', async () => {
    const cases = [wrongPriority, wrongResult, ...linesOf('predicates', 40)];
    const asked = cases.map((line) => {
      const { result: _result, trace: _trace, final: _final, ...rest } = JSON.parse(line) as Record<string, unknown>;
      return JSON.stringify(rest);
    });
    const { text, code } = await run('--print', file('asked.jsonl', asked));
    const answers = text
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as { readonly id: string });
    const differing = answers.filter((answer, i) => {
      const { id } = JSON.parse(cases[i]!) as { readonly id: string };
      expect(answer.id).toBe(id);
      return firstDifference(recordedAnswer(JSON.parse(cases[i]!) as object), recordedAnswer(answer)) !== undefined;
    });
    expect(answers).toHaveLength(42);
    expect(differing.map(({ id }) => id)).toEqual(['v4.0-dev-loop-00001', 'v4.0-dev-setup-00001']);
    expect(code).toBe(0);
  });
});

describe('kswapd-spec conform refuses', () => {
  const refusal = async (...args: readonly string[]): Promise<string> => {
    const error: unknown = await run(...args).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(InputError);
    return (error as InputError).message;
  };

  test('a line that is not JSON, naming file and line', async () => {
    const path = file('cut.jsonl', [loop!, loop!.slice(0, 500)]);
    expect(await refusal(path)).toMatch(`${path}:2: not JSON`);
  });

  test('a file after finished ones, whose report stands', async () => {
    const good = file('good.jsonl', [loop!]);
    expect(await refusal(good, join(folder, 'none.jsonl'))).toMatch('cannot be read');
    expect(printed).toContain('kswapd          1        1        0');
    expect(printed).not.toContain('agree\n1');
  });

  test('a case without a recorded answer, unless it is to be printed', async () => {
    const { trace: _trace, ...rest } = JSON.parse(loop!) as Record<string, unknown>;
    const path = file('unanswered.jsonl', [JSON.stringify(rest)]);
    expect(await refusal(path)).toMatch('no recorded answer');
    expect((await run('--print', path)).text).toMatch(/^\{"id":"v4\.0-dev-loop-00001","trace":\[/);
  });

  test('cases of a kernel that is not specified here', async () => {
    const path = file('other.jsonl', [loop!.replace('"kernel":"v4.0"', '"kernel":"v3.2"')]);
    expect(await refusal(path)).toMatch('a kernel that is not specified here');
  });

  test('an empty file, a folder, and no file at all', async () => {
    expect(await refusal(file('empty.jsonl', ['', ' ']))).toMatch('is empty');
    expect(await refusal(folder)).toMatch('is a folder');
    await expect(run()).rejects.toThrow("missing required argument 'file'");
  });

  test('a number to show that is none', async () => {
    await expect(run('--show', 'x', 'any.jsonl')).rejects.toThrow('expected a whole number');
  });
});

describe('kswapd-spec conform as a process', () => {
  test('reads standard input, plain or gzipped', () => {
    const input = execFileSync('cat', [vectorFile('setup')]);
    const { status, stdout } = runCommand(['conform', '-'], { input });
    expect(stripVTControlCharacters(stdout)).toMatch(/^standard input\n[^]*\n300 of 300 agree\n$/);
    expect(status).toBe(0);
  });

  test('exits with 2 for unusable input, tells it on standard error only, and shows no stack', () => {
    expectRefused(runCommand(['conform', '-'], { input: '{"id":' }), 'standard input:1: not JSON');
  });
});
