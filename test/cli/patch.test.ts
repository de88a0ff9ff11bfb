import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { ROOT } from '../house/files.ts';
import { patchExample } from './patch.ts';

const folder = mkdtempSync(join(tmpdir(), 'kswapd-spec-patch-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('the patch that the README tests', () => {
  const { name, text, args, answer } = patchExample();

  test('takes ten lines', () => {
    expect(text.split('\n').filter((line) => line !== '').length).toBeLessThanOrEqual(10);
  });

  test('breaks the promise that the README says', () => {
    writeFileSync(join(folder, name), text);
    const command = [join(ROOT, 'bin/kswapd-spec.js'), ...args];
    const { status, stdout, stderr } = spawnSync('node', command, { cwd: folder, encoding: 'utf8' });
    expect({ status, stderr }).toEqual({ status: 1, stderr: '' });
    expect(answer.length).toBeGreaterThan(2);
    for (const line of answer) expect(stdout).toContain(`${line}\n`);
  });
});
