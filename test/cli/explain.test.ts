import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { explainCommand } from '../../cli/explain.ts';
import { InputError } from '../../kernel/inputError.ts';
import { samplePath } from '../kernel/zoneinfo/samples.ts';
import { ownFolder, runCommand, runHere } from './run.ts';

const folder = ownFolder('explain');

/** What the command writes to standard output. */
async function run(...args: readonly string[]): Promise<string> {
  let written = '';
  await runHere(explainCommand(), args, (text) => (written += text));
  return written;
}

const V61 = 'v6.1-384m';
const zoneinfo = samplePath(`${V61}.zoneinfo`);

afterEach(() => vi.restoreAllMocks());

describe('kswapd-spec explain', () => {
  test('answers for a file', async () => {
    const text = await run(zoneinfo);
    expect(text).toContain('kswapd0 would sleep, asked for order 0 up to zone DMA32: DMA and DMA32 are balanced, and');
  });

  test('judges by the kernel nearest to the one that wrote the file, or by the one that is asked for', async () => {
    expect(await run(zoneinfo)).toContain(
      'Judged by the rules of Linux v5.9: the file is of Linux 5.16 or later, newer',
    );
    expect(await run(samplePath('constructed-v4.0.zoneinfo'))).toContain(
      'Judged by the rules of Linux v4.0: the file is',
    );
    expect(await run(zoneinfo, '--kernel', 'v4.0')).toContain(
      'Judged by the rules of Linux v4.0: asked for with --kernel; the file is of Linux 5.16 or later, nearest to ' +
        'v5.9.',
    );
    const json = JSON.parse(await run(samplePath('constructed-v4.19.zoneinfo'), '--json'));
    expect(json).toMatchObject({ kernel: 'v4.19', judgedBecause: expect.stringContaining('of Linux 4.13 to 4.19') });
  });

  test('judges by a kernel of one’s own that is made from a later one', () => {
    const file = join(folder, 'patch.ts');
    const rule = 'highWmarkPages: (k, zone) => 3 * zone.watermark.high';
    const made = `deriveKernel(v5_9, { name: 'higher', ${rule} })`;
    writeFileSync(file, `import { deriveKernel, v5_9 } from 'kswapd-spec/model';\nexport const kernel = ${made};\n`);
    const { stdout: text } = runCommand(['explain', zoneinfo, '--kernel', file]);
    expect(text).toContain('Judged by the rules of Linux higher: asked for with --kernel');
    expect(text).toContain('1984 pages (free) are not above 2502 (high mark)');
  });

  test('takes the files beside it, and answers as JSON', async () => {
    const beside = ['buddyinfo', 'pagetypeinfo', 'meminfo'].flatMap((kind) => [
      `--${kind}`,
      samplePath(`${V61}.${kind}`),
    ]);
    const json = JSON.parse(await run(zoneinfo, '--order', '9', '--json', ...beside));
    expect(json.nodes[0]).toMatchObject({ sleeps: false, whatIfs: [] });
  });

  test('refuses what it cannot use', async () => {
    await expect(run('no-such-file')).rejects.toThrow(InputError);
    await expect(run(zoneinfo, '--zone', 'Nowhere')).rejects.toThrow(InputError);
    await expect(run(zoneinfo, '--node', '3')).rejects.toThrow(InputError);
    await expect(run('-', '--buddyinfo', '-')).rejects.toThrow('can only be one of the files');
    await expect(run(zoneinfo, '--order', '11')).rejects.toThrow('expected an order from 0 to 10');
  });
});
