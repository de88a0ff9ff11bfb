import { afterEach, describe, expect, test, vi } from 'vitest';
import { explainCommand } from '../../cli/explain.ts';
import { InputError } from '../../kernel/inputError.ts';
import { samplePath } from '../kernel/zoneinfo/samples.ts';

/** What the command writes to standard output. */
async function run(...args: readonly string[]): Promise<string> {
  let written = '';
  vi.spyOn(process.stdout, 'write').mockImplementation((...[chunk, encoding, done]) => {
    written += String(chunk);
    const finished = typeof encoding === 'function' ? encoding : done;
    finished?.();
    return true;
  });
  await explainCommand()
    .exitOverride()
    .configureOutput({ writeErr: () => {} })
    .parseAsync([...args], { from: 'user' });
  return written;
}

const V61 = 'v6.1-384m';
const zoneinfo = samplePath(`${V61}.zoneinfo`);

afterEach(() => vi.restoreAllMocks());

describe('kswapd-spec explain', () => {
  test('answers for a file', async () => {
    const text = await run(zoneinfo);
    expect(text).toContain('kswapd0 would sleep, asked for order 0 up to zone DMA32: DMA and DMA32 are balanced.');
    expect(text).toContain('Judged by the rules of Linux v4.0');
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
