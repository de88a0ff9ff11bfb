import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** What Spin came to, or why it was not asked. */
export type SpinResult =
  { readonly skipped: string } | { readonly states: number; readonly transitions: number; readonly seconds: number };

/** Runs a program; undefined if it is not installed. */
function run(folder: string, command: string, ...args: readonly string[]): string | undefined {
  const { error, status, stdout, stderr } = spawnSync(command, args, {
    cwd: folder,
    encoding: 'utf8',
    maxBuffer: 2 ** 26,
  });
  if (error !== undefined) return undefined;
  if (status !== 0) throw new Error(`${command} ${args.join(' ')}: ${stderr}${stdout}`);
  return stdout;
}

const numberIn = (text: string, pattern: RegExp): number => Number(pattern.exec(text)?.[1] ?? NaN);

/** Searches K1's Promela text with Spin: every state, exactly, with assertions and without partial-order reduction. */
export function searchWithSpin(): SpinResult {
  const folder = mkdtempSync(join(tmpdir(), 'kswapd-spec-spin-'));
  try {
    copyFileSync(fileURLToPath(new URL('k1/k1.pml', import.meta.url)), join(folder, 'k1.pml'));
    if (run(folder, 'spin', '-a', 'k1.pml') === undefined) return { skipped: 'spin is not installed' };
    if (run(folder, 'gcc', '-O2', '-DSAFETY', '-DNOREDUCE', '-o', 'pan', 'pan.c') === undefined) {
      return { skipped: 'gcc is not installed' };
    }
    const start = performance.now();
    const said = run(folder, join(folder, 'pan'), '-m2000000') ?? '';
    const seconds = (performance.now() - start) / 1000;
    return {
      states: numberIn(said, /(\d+) states, stored/),
      transitions: numberIn(said, /(\d+) transitions/),
      seconds,
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
