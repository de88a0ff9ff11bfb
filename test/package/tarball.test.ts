import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { projectFiles, ROOT } from '../house/files.ts';

const PROGRAM = `
import * as spec from 'kswapd-spec';

console.log(Object.keys(spec.kernels).join(' '));
`;

const scratch = mkdtempSync(join(tmpdir(), 'kswapd-spec-package-'));
const clone = join(scratch, 'clone');
const user = join(scratch, 'user');

beforeAll(() => {
  copyProject();
  run('npm', ['pack', '--pack-destination', scratch], clone);
  const tarball = readdirSync(scratch).find((file) => file.endsWith('.tgz'));
  mkdirSync(user);
  run('npm', ['install', '--prefer-offline', '--no-audit', '--no-fund', `../${tarball}`], user);
}, 180_000);

afterAll(() => rmSync(scratch, { recursive: true, force: true }));

test('the packed command answers --help in an empty folder', () => {
  expect(run('npx', ['--no-install', 'kswapd-spec', '--help'], user)).toContain('Usage: kswapd-spec');
});

test('a program imports the packed library', () => {
  writeFileSync(join(user, 'program.mjs'), PROGRAM);
  expect(run('node', ['program.mjs'], user)).toContain('v4.0');
});

test('a strict TypeScript program compiles against the packed declarations', () => {
  writeFileSync(join(user, 'program.mts'), PROGRAM);
  const tsc = join(ROOT, 'node_modules/typescript/bin/tsc');
  const flags = ['--noEmit', '--strict', '--module', 'nodenext', '--target', 'es2023'];
  expect(run('node', [tsc, ...flags, 'program.mts'], user)).toBe('');
});

/** A copy is packed, so that the clone gets no dist/ and two runs do not meet in it. */
function copyProject(): void {
  for (const file of projectFiles()) {
    mkdirSync(dirname(join(clone, file)), { recursive: true });
    cpSync(join(ROOT, file), join(clone, file));
  }
  symlinkSync(join(ROOT, 'node_modules'), join(clone, 'node_modules'));
}

function run(command: string, args: readonly string[], cwd: string): string {
  return execFileSync(command, args, { cwd, env: environment(), encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
}

/** Without what the npm that runs the tests says of this project, which the npm under test would take for its own. */
function environment(): NodeJS.ProcessEnv {
  const ours = /^(npm_(config_(local_prefix|prefix|workspace)|package_|lifecycle_|command)|INIT_CWD|NODE_ENV|VITEST)/;
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !ours.test(name)));
}
