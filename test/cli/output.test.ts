import { spawn, spawnSync } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ROOT } from '../house/files.ts';
import { LAUNCHER, ownFolder } from './run.ts';

const cwd = ownFolder('output');
const VECTORS = join(ROOT, 'test/data/conformance/v4.0/loops.jsonl.gz');

/** Commands that write in ways of their own: line by line, much, at once, and what the parser of commands writes. */
const COMMANDS = [
  ['history', '--list'],
  ['conform', '--print', VECTORS],
  ['check', 'balance', '--runs', '5'],
  ['hunt', 'quarter-rule-is-exact', '--runs', '5'],
  ['--help'],
].map((args) => ({ command: args.slice(0, 2).join(' '), args }));

test.each(COMMANDS.slice(2))('$command says in a line that there is no room for what it writes', ({ args }) => {
  const full = openSync('/dev/full', 'w');
  const { status, stderr } = spawnSync(process.execPath, [LAUNCHER, ...args], {
    cwd,
    stdio: ['ignore', full, 'pipe'],
    encoding: 'utf8',
  });
  closeSync(full);
  expect(status).toBe(2);
  expect(stderr).toMatch(/^error: standard output: cannot be written to\n {2}found: {4}ENOSPC[^\n]*\n$/);
});

test.each(COMMANDS.slice(0, 3))('$command ends without a word when its reader has seen enough', async ({ args }) => {
  const child = spawn(process.execPath, [LAUNCHER, ...args], { cwd });
  let complaints = '';
  child.stderr.on('data', (chunk: Buffer) => (complaints += chunk.toString()));
  child.stdout.once('data', () => child.stdout.destroy());
  const status = await new Promise((resolve) => child.on('close', resolve));
  expect({ status, complaints }).toEqual({ status: 141, complaints: '' });
});
