import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { runCommand } from '../cli/run.ts';
import { ROOT } from '../house/files.ts';

const docs = (...args: readonly string[]) => runCommand(['docs', ...args], { cwd: ROOT });

test('docs writes a folder that docs --check then finds in step, and an empty one is out of step', () => {
  const folder = mkdtempSync(join(tmpdir(), 'kswapd-spec-docs-'));
  try {
    const before = docs('--check', '--out', folder);
    expect(before.status).toBe(1);
    expect(before.stdout).toContain('README.md is missing');
    expect(docs('--out', folder).status).toBe(0);
    const after = docs('--check', '--out', folder);
    expect([after.status, after.stdout]).toEqual([0, expect.stringContaining('is in step')]);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
