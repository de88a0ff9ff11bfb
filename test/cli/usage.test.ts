import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { read } from '../house/files.ts';
import { ownFolder, expectRefused, runCommand } from './run.ts';

const folder = ownFolder('usage');
const saved = join(folder, '.kswapd-spec');

const run = (...args: readonly string[]) => runCommand(args, { cwd: folder, timeout: 20_000 });

describe('kswapd-spec as a process', () => {
  test('lists every command with what it does', () => {
    const said = run('--help').stdout.replaceAll(/\s+/g, ' ');
    for (const line of [
      'check [options] [property...] check a kernel’s properties on random machines',
      'replay [options] <case> run a saved counterexample again, and show it',
      'explain [options] [zoneinfo] say whether kswapd of a real machine would sleep, and why',
      'diff [options] <first> <second> find where two kernels decide differently',
      'conform [options] <file...> compare the model with what the real kernel answered',
      'docs [options] write the specification for people',
    ]) {
      expect(said).toContain(line);
    }
  });

  test('says the version of the package', () => {
    const { version } = JSON.parse(read('package.json')) as { readonly version: string };
    expect(run('--version')).toEqual({ status: 0, stdout: `${version}\n`, stderr: '' });
  });

  test('names the default kernel in the help of check', () => {
    const { stdout } = run('check', '--help');
    expect(stdout).toMatch(/--kernel <name\|file> +the kernel to check \(default: v4\.0\)\n/);
    expect(stdout).not.toContain('{');
  });

  test('refuses a folder in which no folder can be made', () => {
    expectRefused(run('docs', '--out', '/proc/no-such-folder'), '/proc/no-such-folder: cannot be written to');
  });

  test('writes JUnit XML in which every element is closed', () => {
    const { stdout } = run('check', '--reporter', 'junit', '--seed', '3', '--runs', '1', 'quarter-rule-is-exact');
    expect(unclosed(stdout)).toEqual([]);
    expect(stdout).toContain('<testcase name="quarter-rule-is-exact" classname="kswapd-spec.balance"');
  });
});

describe('what is saved under .kswapd-spec/ and cannot be used', () => {
  beforeAll(() => rmSync(saved, { recursive: true, force: true }));

  test.each([
    ['a torn file', 'torn.json', '{"id":'],
    ['a file without a case', 'other.json', '{"id":"other","kernel":"v4.0"}'],
  ])('is named, and left as it is: %s', (_what, name, text) => {
    mkdirSync(saved);
    writeFileSync(join(saved, name), text);
    const { status, stderr } = run('check', 'balance', '--runs', '5', '--seed', '1');
    const left = readFileSync(join(saved, name), 'utf8');
    rmSync(saved, { recursive: true });
    expect({ status, left }).toEqual({ status: 0, left: text });
    expect(stderr).toContain(
      `warning: a saved case cannot be used, and is left as it is. ${join('.kswapd-spec', name)}: `,
    );
    expect(stderr).not.toMatch(/^ +at /m);
  });

  test('is named when it is no folder', () => {
    writeFileSync(saved, '');
    const refused = run('check', 'balance', '--runs', '5', '--seed', '1');
    rmSync(saved);
    expectRefused(refused, '.kswapd-spec: cannot be read');
  });
});

/** Elements that are opened and never closed, or closed and never opened. */
function unclosed(xml: string): readonly string[] {
  const open: string[] = [];
  for (const [, slash, name, end] of xml.matchAll(/<(\/?)([a-z]+)(?:\s+[a-z]+="[^"<&]*")*\s*(\/?)>/g)) {
    if (slash === '/') {
      if (open.at(-1) !== name) return [...open, `/${name}`];
      open.pop();
    } else if (end !== '/') open.push(name!);
  }
  return open;
}
