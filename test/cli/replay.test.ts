import { utimesSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { PassThrough } from 'node:stream';
import { stripVTControlCharacters } from 'node:util';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { replayCommand } from '../../cli/replay.ts';
import { caseFile } from '../../cli/replayTarget.ts';
import { stepThrough } from '../../cli/stepThrough.ts';
import { InputError } from '../../kernel/inputError.ts';
import { readLines } from '../../kernel/files.ts';
import { deriveKernel, v4_0 } from '../../model/index.ts';
import { PLAIN } from '../../report/counterexample/index.ts';
import { replay, replayExitCode, verdictText } from '../../report/replay.ts';
import { parseSavedCase, propertyNamed, writeSavedCase } from '../../search/savedCase.ts';
import { vectorFile } from '../kernel/vectors.ts';
import { casesToSave, hopeless, question } from '../search/cases.ts';
import { ownFolder, runHere } from './run.ts';

const folder = ownFolder('replay');
const lost = writeSavedCase(folder, casesToSave[0]!);
const mended = writeSavedCase(folder, { ...casesToSave[0]!, given: hopeless });
utimesSync(mended, 0, 0);

afterEach(() => {
  vi.restoreAllMocks();
  process.exitCode = undefined;
});

/** What the command writes to standard output, without colours, and its exit code. */
async function run(...args: readonly string[]): Promise<{ readonly text: string; readonly exitCode: unknown }> {
  let written = '';
  await runHere(replayCommand(folder), args, (text) => (written += text));
  return { text: stripVTControlCharacters(written), exitCode: process.exitCode };
}

describe('kswapd-spec replay', () => {
  test('shows a known failure that still fails, as it should', async () => {
    const { text, exitCode } = await run(lost);
    expect(text).toMatch(/^a lost request, run by v4\.0\n/);
    expect(text).toContain('✗ a wake-up asked for order 0 and zone index 0, and order 0 and zone index 1 is pending');
    expect(text).toMatch(/It still fails, as a-request-is-recorded is known to in v4\.0\.\n$/);
    expect(exitCode).toBe(0);
  });

  test('exits with 4 for a known failure that no longer fails', async () => {
    const { text, exitCode } = await run(mended);
    expect(text).toContain('It no longer fails, though a-request-is-recorded is known to fail in v4.0.');
    expect(exitCode).toBe(4);
  });

  test('says that a promise holds of a case, and runs a case without a property', async () => {
    const path = writeSavedCase(folder, {
      id: 'q',
      kernel: 'v4.0',
      property: 'quarter-rule-is-exact',
      given: question,
    });
    expect(await run(path)).toMatchObject({
      exitCode: 0,
      text: expect.stringContaining('is-exact holds of this case'),
    });
    const vector = join(folder, 'vector.json.txt');
    writeFileSync(vector, readLines(vectorFile('loops'))[0]!.text);
    expect(await run(vector)).toMatchObject({ exitCode: 0, text: expect.stringContaining('nothing is judged') });
  });

  test('finds a case by its name, and by its property: the one saved last, or the kept witness', async () => {
    for (const name of [basename(lost), basename(lost, '.json'), 'a-request-is-recorded']) {
      expect(caseFile(name, 'v4.0', folder)).toBe(lost);
    }
    expect((await run('no-zone-below-low-in-sleep')).exitCode).toBe(0);
    expect(caseFile('safe-check-is-exact', 'v4.0', folder)).toMatch(/witnesses.v4\.0.safe-check-is-exact\.json$/);
  });

  test('lists what there is when a name is not known', async () => {
    await expect(run('nothing')).rejects.toThrow(InputError);
    await expect(run('nothing')).rejects.toThrow(basename(mended, '.json'));
    await expect(run('../v4.0/safe-check-is-exact')).rejects.toThrow(InputError);
  });

  test('refuses a kernel or a property that is not known', async () => {
    const other = writeSavedCase(folder, { id: 'x', kernel: 'v9.9', given: question });
    await expect(run(other)).rejects.toThrow(InputError);
    expect((await run(other, '--kernel', 'v4.0')).exitCode).toBe(0);
    await expect(run(other, '--kernel', 'v9.9')).rejects.toThrow('there is no kernel v9.9');
    const unknown = writeSavedCase(folder, { id: 'x', kernel: 'v4.0', property: 'no-such', given: question });
    await expect(run(unknown)).rejects.toThrow(InputError);
  });

  test('--step shows every step, and marks the one that fails', async () => {
    const { text } = await run(lost, '--step');
    const steps = text.match(/^[ ✗] step \d+, turn \d+: .*$/gm) ?? [];
    expect(steps.length).toBeGreaterThan(20);
    expect(steps.filter((line) => line.startsWith('✗'))).toHaveLength(1);
    expect(text).toMatch(/It still fails.*\n$/);
  });

  test('--json writes the verdict and the steps', async () => {
    const json = JSON.parse((await run(lost, '--json')).text);
    expect(json).toMatchObject({ id: 'a lost request', verdict: 'known failure', end: 'asleep', kind: 'scenario' });
    expect(json.steps[json.failedStep]).toMatchObject({ kind: 'event', event: { wakeup: { zone: 0 } } });
    expect(json.steps[0]).toMatchObject({ kind: 'transition', at: 'checkRequest', records: [] });
  });
});

test('a promise that is broken exits with 1', () => {
  const saved = parseSavedCase(JSON.stringify({ id: 'x', kernel: 'v4.0', ...question }), 'a case');
  const broken = deriveKernel(v4_0, { name: 'v4.0', pgdatBalanced: () => false });
  const replayed = replay(saved, broken, propertyNamed('quarter-rule-is-exact'));
  expect(verdictText(replayed, PLAIN)).toBe('It still fails: quarter-rule-is-exact is promised in v4.0.');
  expect(replayExitCode(replayed)).toBe(1);
});

describe('stepping at a terminal', () => {
  const session = async (...answers: readonly string[]): Promise<string> => {
    const input = new PassThrough();
    const output = new PassThrough({ encoding: 'utf8' });
    const done = stepThrough(['one', 'two', 'three'], input, output);
    for (const answer of answers) input.write(`${answer}\n`);
    input.end();
    await done;
    return String(output.read());
  };

  test('shows the next step at Enter, and all that there are', async () => {
    expect(await session('', '', '')).toMatch(/^one\n.*two\n.*three\n/);
  });

  test('ends at q, and where the input ends', async () => {
    expect(await session('', 'q', '')).not.toContain('three');
    expect(await session()).not.toContain('two');
  });
});
