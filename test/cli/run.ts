import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Command } from 'commander';
import { afterAll, expect, vi } from 'vitest';
import { ROOT } from '../house/files.ts';

/** The command’s launcher. */
export const LAUNCHER = join(ROOT, 'bin/kswapd-spec.js');

/** A folder for one file of tests, which is gone after them. */
export function ownFolder(name: string): string {
  const folder = mkdtempSync(join(tmpdir(), `kswapd-spec-${name}-`));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

interface Around {
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
  /** What it reads from standard input. */
  readonly input?: string | Buffer;
  /** Milliseconds that it may take. */
  readonly timeout?: number;
}

/** Runs the command in a process of its own: how it exited, and what it wrote. */
export function runCommand(args: readonly string[], around: Around = {}) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [LAUNCHER, ...args], { ...around, encoding: 'utf8' });
  return { status, stdout, stderr };
}

/** The command refused with exit code 2: nothing on standard output, and messages that are no stack traces. */
export function expectRefused(run: ReturnType<typeof runCommand>, ...messages: readonly string[]): void {
  const { status, stdout, stderr } = run;
  expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
  for (const message of messages) expect(stderr).toContain(message);
  expect(stderr).not.toMatch(/^\s+at /m);
}

/** Runs one of the command's subcommands in this process, and hands what it writes to standard output on. */
export async function runHere(command: Command, args: readonly string[], hear: (text: string) => void): Promise<void> {
  vi.spyOn(process.stdout, 'write').mockImplementation((...[chunk, encoding, done]) => {
    hear(String(chunk));
    const finished = typeof encoding === 'function' ? encoding : done;
    finished?.();
    return true;
  });
  await command
    .exitOverride()
    .configureOutput({ writeErr: () => {} })
    .parseAsync([...args], { from: 'user' });
}
