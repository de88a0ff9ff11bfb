import { stripVTControlCharacters } from 'node:util';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { keptLasso } from '../../book/lassos.ts';
import { replayCommand } from '../../cli/replay.ts';
import { deriveKernel, v4_0 } from '../../model/index.ts';
import { allEventualProperties } from '../../properties/index.ts';
import { replayExitCode } from '../../report/replay.ts';
import { replayLasso } from '../../report/replayLasso.ts';
import { readSavedCase, writeSavedCase, type CaseToSave } from '../../search/savedCase.ts';
import { ownFolder, runHere } from './run.ts';

const folder = ownFolder('lasso');

afterEach(() => {
  vi.restoreAllMocks();
  process.exitCode = undefined;
});

const SLEEPS = 'kswapd-left-alone-sleeps';
const { stem, loop } = keptLasso(SLEEPS, 'v4.0')!;
const livelock: CaseToSave = { id: SLEEPS, kernel: 'v4.0', property: SLEEPS, given: stem, loop };
const saved = writeSavedCase(folder, livelock);

/** What the command writes to standard output, without colours, and its exit code. */
async function run(...args: readonly string[]): Promise<{ readonly text: string; readonly exitCode: unknown }> {
  let written = '';
  await runHere(replayCommand(folder), args, (text) => (written += text));
  return { text: stripVTControlCharacters(written), exitCode: process.exitCode };
}

const sleeps = allEventualProperties.find(({ id }) => id === SLEEPS)!;

describe('kswapd-spec replay of a run that goes on for ever', () => {
  test('shows what leads there and what goes round, and that it comes back as it is known to', async () => {
    const { text, exitCode } = await run(SLEEPS);
    expect(text).toMatch(/What leads there\n[^]+What goes on for ever\n[^]+and again from turn \d/);
    expect(text).toMatch(/\n✗ after \d turns a round of 12 turns goes on for ever, and comes back to the same state\n/);
    expect(text).toMatch(/It still fails, as kswapd-left-alone-sleeps is known to in v4\.0\.\n$/);
    expect(exitCode).toBe(0);
  });

  test('exits with 4 where it is known to fail and goes on no more, and says why', async () => {
    const mended = deriveKernel(v4_0, { name: 'mended', zoneReclaimable: () => false });
    expect(replayExitCode(replayLasso(readSavedCase(saved), mended, sleeps))).toBe(4);
    const { text } = await run(saved, '--kernel', 'v4.19');
    expect(text).toContain('It goes on for ever no more: what is owed is given.');
  });

  test('exits with 1 in a kernel that promises otherwise', () => {
    const endless = { ...v4_0, name: 'endless', base: 'v4.19' };
    expect(replayExitCode(replayLasso(readSavedCase(saved), endless, sleeps))).toBe(1);
  });

  test('answers as JSON', async () => {
    const { text } = await run(saved, '--json');
    expect(JSON.parse(text)).toMatchObject({ property: SLEEPS, verdict: 'known failure', lasso: { loop } });
  });

  test('shows every step of a round', async () => {
    expect((await run(saved, '--step')).text).toMatch(/priority/);
  });
});

describe('a saved run that goes on for ever', () => {
  test('is read as it was written', () => {
    expect(readSavedCase(saved)).toEqual({ ...livelock, kind: 'scenario' });
  });

  test('is refused where its round is none, or names nothing that is owed', async () => {
    const bad = writeSavedCase(folder, { ...livelock, loop: [{ scanned: -1 }] });
    expect(() => readSavedCase(bad)).toThrow(/, loop: script\[0\]\.scanned is not of the expected form/);
    const other = writeSavedCase(folder, { ...livelock, property: 'pages-are-conserved' });
    await expect(run(other)).rejects.toThrow(/without naming what is owed/);
  });
});
