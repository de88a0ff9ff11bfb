import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { patchExample } from './patch.ts';
import { ownFolder, runCommand } from './run.ts';

const folder = ownFolder('patch');

describe('the patch that the README tests', () => {
  const { name, text, args, answer } = patchExample();

  test('takes ten lines', () => {
    expect(text.split('\n').filter((line) => line !== '').length).toBeLessThanOrEqual(10);
  });

  test('breaks the promise that the README says', () => {
    writeFileSync(join(folder, name), text);
    const { status, stdout, stderr } = runCommand(args, { cwd: folder });
    expect({ status, stderr }).toEqual({ status: 1, stderr: '' });
    expect(answer.length).toBeGreaterThan(2);
    for (const line of answer) expect(stdout).toContain(`${line}\n`);
  });
});
