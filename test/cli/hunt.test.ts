import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { patchExample } from './patch.ts';
import { LAUNCHER, expectRefused, runCommand } from './run.ts';

const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

function makeFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'kswapd-spec-hunt-'));
  folders.push(folder);
  return folder;
}

const runIn = (cwd: string, ...args: readonly string[]) => runCommand(['hunt', ...args], { cwd });

/** All files below a folder with their texts; what is half written has another name. */
const filesIn = (folder: string): readonly (readonly [string, string])[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.json'))
    .toSorted()
    .map((name) => [name, readFileSync(join(folder, name), 'utf8')]);

const SMALL = ['balance', 'setup', '--runs', '600', '--seed', '7', '--json'];

describe('kswapd-spec hunt', () => {
  test('finds nothing in a kernel that keeps its promises, and says what it reached and never reached', () => {
    const { status, stdout, stderr } = runIn(makeFolder(), 'sleep', '--runs', '8', '--seed', '7', '--stats');
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout).toMatch(/\nv4\.0: \d+ properties: no counterexample/);
    expect(stdout).toMatch(/\n {2}rules asked: \d+ of 19\n/);
    expect(stdout).toMatch(/\n {2}clauses, what a rule was told by another: \d+ of \d+/);
    expect(stdout).toMatch(/\n {2}steps taken: \d+ of \d+/);
    expect(stdout).toMatch(/\n {2}ways between steps: \d+ of \d+; never kswapd\.\w+ > \w+/);
    expect(stdout).toMatch(/\nagain: npx kswapd-spec hunt sleep --runs 8 --seed 7\n$/);
    expect(stdout).not.toMatch(/^\n/);
    expect(Math.max(...stdout.split('\n').map((line) => line.length))).toBeLessThanOrEqual(100);
  });

  test('says of a hunt for a time how many cases make it again', () => {
    const { status, stdout } = runIn(makeFolder(), 'quarter-rule-is-exact', '--time', '200ms', '--seed', '7');
    expect(status).toBe(0);
    expect(stdout).toMatch(/^v4\.0: 1 property: no counterexample/);
    const [, drawn] = /\nagain: npx kswapd-spec hunt quarter-rule-is-exact --runs (\d+) --seed 7\n$/.exec(stdout)!;
    expect(Number(drawn) % 96).toBe(0);
  });

  test('gives the same bytes and leaves the same files with one worker and with three', () => {
    const [alone, together] = [makeFolder(), makeFolder()];
    const first = runIn(alone, ...SMALL, '--workers', '1');
    expect(JSON.parse(first.stdout)).toMatchObject({ kernel: 'v4.0', seed: 7, exitCode: 0 });
    expect(runIn(together, ...SMALL, '--workers', '3')).toEqual(first);
    expect(filesIn(together)).toEqual(filesIn(alone));
  });

  test('breaks the promise that a patch breaks, and saves the case', () => {
    const folder = makeFolder();
    const { name, text } = patchExample();
    writeFileSync(join(folder, name), text);
    const { status, stdout } = runIn(folder, 'reclaimable-is-six-times', '--kernel', `./${name}`, '--runs', '800');
    expect(status).toBe(1);
    expect(stdout).toContain('✗ COUNTEREXAMPLE reclaimable-is-six-times');
    const saved = readdirSync(join(folder, '.kswapd-spec')).filter((one) => one.startsWith('reclaimable-is-six'));
    expect(saved).toHaveLength(1);
  });

  // Starts the command several times, for seconds each.
  test('goes on after it was really killed as if nothing had happened', { timeout: 120_000 }, async () => {
    const [whole, broken] = [makeFolder(), makeFolder()];
    const hunt = ['balance', 'accounting', '--runs', '2000', '--json', '--workers', '2'];
    const uninterrupted = runIn(whole, ...hunt, '--seed', '3');
    const child = spawn(process.execPath, [LAUNCHER, 'hunt', ...hunt, '--seed', '3'], { cwd: broken, stdio: 'ignore' });
    const ended = new Promise((resolve) => child.once('exit', (_code, signal) => resolve(signal)));
    const kept = () => (existsSync(join(broken, '.kswapd-spec')) ? filesIn(join(broken, '.kswapd-spec')).length : 0);
    while (child.exitCode === null && kept() < 60) await new Promise((resolve) => setTimeout(resolve, 5));
    child.kill('SIGKILL');
    expect(await ended).toBe('SIGKILL');
    const before = filesIn(join(broken, '.kswapd-spec'));
    const resumed = runIn(broken, ...hunt, '--resume');
    expect(resumed).toEqual(uninterrupted);
    expect(filesIn(broken)).toEqual(filesIn(whole));
    const after = new Map(filesIn(join(broken, '.kswapd-spec')));
    const lost = before.filter(([name]) => name.includes('corpus') && !after.has(name));
    expect(lost).toEqual([]);
  });

  test.each([
    ['an unknown property', ['sleeep'], 'there is no property or family sleeep'],
    ['a property of another kernel', ['pages-move-between-lists', '--kernel', 'v4.0'], 'pages-move-between-lists'],
    ['runs and time', ['--runs', '5', '--time', '1s'], 'cannot be used with'],
    ['no workers', ['--workers', '0'], 'expected a whole number from 1 to '],
    ['more workers than any machine runs', ['--workers', '100000'], 'expected a whole number from 1 to '],
    ['nothing to go on with', ['balance', '--resume'], 'there is no hunt to go on with'],
    ['an unknown kernel', ['--kernel', 'v9'], 'there is no kernel v9 here'],
  ])('refuses %s with exit code 2 and one clear message', (_what, args, message) => {
    expectRefused(runIn(makeFolder(), ...args), message);
  });

  test('keeps what a hunt came to: it goes on by its seed, and is not begun again for less', () => {
    const folder = makeFolder();
    const hunt = ['order-0-is-all-zones', '--runs', '96'];
    expect(runIn(folder, ...hunt, '--seed', '1').status).toBe(0);
    const kept = filesIn(folder);
    expect(kept.length).toBeGreaterThan(10);
    expectRefused(runIn(folder, ...hunt, '--seed', '2', '--resume'), 'the hunt that is to go on has another seed');
    expectRefused(
      runIn(folder, hunt[0]!, '--runs', '5', '--seed', '1'),
      'a hunt with seed 1 that came further is kept',
    );
    expect(runIn(folder, hunt[0]!, '--runs', '5', '--seed', '2').status).toBe(0);
    expect(filesIn(folder)).toEqual(expect.arrayContaining([...kept]));
    const { stdout } = runIn(folder, hunt[0]!, '--runs', '5', '--seed', '1', '--resume');
    expect(stdout).toMatch(/\nagain: npx kswapd-spec hunt order-0-is-all-zones --runs 96 --seed 1\n$/);
  });

  test('does not go on with a hunt in a kernel whose file was changed', () => {
    const folder = makeFolder();
    const { name, text } = patchExample();
    writeFileSync(join(folder, name), text);
    const hunt = ['order-0-is-all-zones', '--kernel', name, '--runs', '20', '--seed', '1'];
    expect(runIn(folder, ...hunt).status).toBe(0);
    writeFileSync(join(folder, name), text.replace('* 3', '* 2'));
    expectRefused(runIn(folder, ...hunt, '--resume'), `${name}: was changed since the last hunt`);
    expect(runIn(folder, ...hunt).status).toBe(0);
  });

  // Waits for a hunt to be under way, which starts threads.
  test('ends with what it has and how to go on when it is interrupted', { timeout: 120_000 }, async () => {
    const folder = makeFolder();
    const args = ['hunt', 'quarter-rule-is-exact', '--time', '1h', '--seed', '7', '--workers', '1'];
    const child = spawn(process.execPath, [LAUNCHER, ...args], { cwd: folder });
    let told = '';
    child.stdout.on('data', (chunk: Buffer) => (told += chunk.toString()));
    const ended = new Promise((resolve) => child.once('close', resolve));
    const kept = () => (existsSync(join(folder, '.kswapd-spec')) ? filesIn(folder).length : 0);
    while (child.exitCode === null && kept() < 5) await new Promise((resolve) => setTimeout(resolve, 5));
    child.kill('SIGINT');
    expect(await ended).toBe(130);
    expect(told).toMatch(/^v4\.0: 1 property: no counterexample\n/);
    expect(told).toMatch(/\nresume: npx kswapd-spec hunt quarter-rule-is-exact --time 1h --seed 7 --resume\n$/);
  });
});
