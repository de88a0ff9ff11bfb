import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { tinyScope } from '../search/explore/scopes.ts';
import { LAUNCHER, ownFolder, runCommand } from './run.ts';

const folder = ownFolder('explore');
writeFileSync(join(folder, 'tiny.json'), JSON.stringify(tinyScope()));
const UP_TO_63 = Array.from({ length: 64 }, (_, pages) => pages);
const [zone] = tinyScope().zones;
const many = { ...zone, managed: 100, lowmemReserve: [0, 0], file: UP_TO_63, scanned: UP_TO_63 };
const zones = [many, { ...many, name: 'Normal' }];
writeFileSync(join(folder, 'many.json'), JSON.stringify({ ...tinyScope(), zones }));

const run = (...args: readonly string[]) => runCommand(args, { cwd: folder });

const HASTY = `
import { deriveKernel, v4_0 } from 'kswapd-spec';
export default deriveKernel(v4_0, {
  name: 'hasty',
  prepareKswapdSleep: (k, machine) => ({ sleep: true, machine, records: [] }),
});`;

describe('kswapd-spec explore', () => {
  test('says how many states there are, what holds, and what never happens', () => {
    const { status, stdout } = run('explore', './tiny.json', '--kernel', 'v4.0');
    expect(status).toBe(0);
    expect(stdout).toMatch(/^Tiny, v4\.0\n {2}A zone of four pages\.\n/);
    expect(stdout).toMatch(/^1,980 states, 9,454 moves between them, [\d,]+ steps judged; .* within 26 moves/m);
    expect(stdout).toMatch(/^✓ holds +sleep-only-when-balanced +[\d,]+ steps$/m);
    expect(stdout).toMatch(/^∅ not judged +compaction-merges-blocks$/m);
    expect(stdout).toContain('endRound to compact');
  });

  test('answers as JSON', () => {
    const { status, stdout } = run('explore', './tiny.json', '--property', 'sleep-only-when-balanced', '--json');
    expect(status).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      kernel: 'v4.0',
      states: 1980,
      transitions: 9454,
      depth: 26,
      complete: true,
      properties: [{ id: 'sleep-only-when-balanced', outcome: 'holds' }],
      exitCode: 0,
    });
  });

  test.each([
    ['one after the other', ['--property', 'pages-are-conserved', 'kswapd-left-alone-sleeps', './tiny.json']],
    ['with commas', ['./tiny.json', '--property', 'pages-are-conserved,kswapd-left-alone-sleeps']],
    ['option by option', ['--property', 'pages-are-conserved', '--property', 'kswapd-left-alone-sleeps', 'tiny.json']],
  ])('judges the properties that are named %s, wherever the scope stands', (_how, args) => {
    const { stdout } = run('explore', '--json', ...args);
    expect(JSON.parse(stdout)).toMatchObject({
      scope: { title: 'Tiny' },
      properties: [{ id: 'pages-are-conserved' }],
      eventually: [{ id: 'kswapd-left-alone-sleeps' }],
    });
  });

  test('saves the shortest counterexample to one’s own kernel, and replay shows it again', () => {
    writeFileSync(join(folder, 'hasty.ts'), HASTY);
    const { status, stdout } = run('explore', './tiny.json', '--kernel', './hasty.ts');
    expect(status).toBe(1);
    expect(stdout).toMatch(
      /✗ COUNTEREXAMPLE +sleep-only-when-balanced +[\d,]+ steps, [\d,]+ fail, first after \d move/,
    );
    const saved = readdirSync(join(folder, '.kswapd-spec')).find((name) => name.startsWith('sleep-only'));
    expect(run('replay', join('.kswapd-spec', saved!)).status).toBe(1);
  });

  test('saves a run that goes on for ever, and replay runs it until it comes back to the same state', () => {
    const { stdout } = run('explore', './tiny.json', '--property', 'kswapd-left-alone-sleeps');
    const saved = /^replay: npx kswapd-spec replay (\S+)$/m.exec(stdout)![1]!;
    const replayed = run('replay', saved);
    expect(replayed.status).toBe(0);
    expect(replayed.stdout).toMatch(
      /and comes back to the same state\n\nIt still fails, as kswapd-left-alone-sleeps is/,
    );
  });

  test('goes on in files where the memory ends, says so, and comes to the same', () => {
    const { status, stdout, stderr } = run('explore', './tiny.json', '--kernel', 'v4.0', '--memory', '40K');
    expect(status).toBe(0);
    expect(stderr).toContain('they go on in files under .kswapd-spec/');
    expect(stdout).toMatch(/^1,980 states, 9,454 moves between them, .* within 26 moves/m);
    expect(stdout).toMatch(/1 MiB in memory, and 1 MiB in files$/m);
    expect(readdirSync(join(folder, '.kswapd-spec')).filter((name) => name.endsWith('.states'))).toEqual([]);
  });

  // Long enough that it is killed on its way: some seconds, and some more to go on.
  test('goes on after it was killed, and comes to the same', { timeout: 300_000 }, async () => {
    const command = ['explore', 'one-zone', '--kernel', 'v5.9', '--json'];
    const args = [...command, '--property', 'pages-are-conserved', '--checkpoint', 'killed'];
    const child = spawn(process.execPath, [LAUNCHER, ...args], { cwd: folder, stdio: 'ignore' });
    while (!existsSync(join(folder, 'killed'))) await new Promise((resolve) => setTimeout(resolve, 20));
    child.kill('SIGKILL');
    await once(child, 'exit');
    const { status, stdout } = run(...args, '--workers', '2');
    expect(status).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ states: 302_324, transitions: 1_976_444, depth: 59, complete: true });
  });

  test.each([
    ['no case of it comes up', ['--property', 'compaction-merges-blocks'], 'compaction-merges-blocks'],
    [
      'there is no room to look for it',
      ['--memory', '1K', '--property', 'kswapd-that-scans-sleeps'],
      'kswapd-that-scans-sleeps',
    ],
  ])('exits with 3 where a property was asked for and not judged, as %s', (_why, args, id) => {
    const { status, stdout } = run('explore', './tiny.json', '--kernel', 'v4.0', ...args);
    expect(status).toBe(3);
    expect(stdout.trimEnd().split('\n').at(-1)).toBe(`Not judged, though asked for: ${id}.`);
  });

  test('says last how many hold, and how many were not judged', () => {
    const { stdout } = run('explore', './tiny.json', '--kernel', 'v4.0');
    expect(stdout.trimEnd().split('\n').at(-1)).toMatch(/^All as specified: \d+ hold, .*\d+ not judged\.$/);
  });

  test('refuses a checkpoint of a kernel whose file was changed since', () => {
    const args = ['explore', './tiny.json', '--kernel', './edited.ts', '--checkpoint', 'edited', '--time', '1ms'];
    writeFileSync(join(folder, 'edited.ts'), HASTY);
    expect(run(...args).status).toBe(5);
    expect(run(...args).status).toBe(5);
    writeFileSync(join(folder, 'edited.ts'), HASTY.replace('sleep: true', 'sleep: false'));
    const { status, stderr } = run(...args);
    expect(status).toBe(2);
    expect(stderr).toContain('is a checkpoint of another exploration');
  });

  test('lists the scopes that come with it, with what each covers', () => {
    const { stdout } = run('explore', '--list');
    expect(stdout).toMatch(/^one-zone +One zone\n +A node of one zone/m);
  });

  test.each([
    [['explore', 'nowhere'], /there is no scope nowhere/],
    [['explore', './hasty.ts'], /not JSON/],
    [['explore', './many.json'], /at most 20000 starts, but they make 16777216/],
    [['explore', '--memory', '5'], /expected a size such as 500M/],
    [['explore', '--property', 'no-such-property'], /there is no property no-such-property/],
    [['explore', '--property', 'one-zone'], /there is no property one-zone/],
    [
      ['explore', '--property', 'no-unread-request-in-sleep', '--kernel', 'v4.19'],
      /no-unread-request-in-sleep is a property of v4\.0, and says nothing of v4\.19/,
    ],
    [['explore', '--property', 'marks-are-ordered'], /not judged by any exploration: set-up comes before/],
    [['explore', '--property', 'every-kswapd-sleeps'], /scope of one kswapd\n {2}expected: one of a whole machine/],
  ])('refuses %j', (args, said) => {
    const { status, stderr } = run(...args);
    expect(status).toBe(2);
    expect(stderr).toMatch(said);
  });
});
