import { readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { deriveKernel, v4_0, type Kernel } from '../../../model/index.ts';
import type { Property } from '../../../properties/index.ts';
import type { Workers } from '../../../search/hunt/workers.ts';
import { hasty, killedAt, named, queueing, Rig, threeScans, type Told } from './rig.ts';

const rigs: Rig[] = [];
afterEach(() => {
  for (const rig of rigs.splice(0)) rig.clear();
});

function rigFor(kernel: Kernel, hunted: readonly Property[]): Rig {
  const rig = new Rig(kernel, hunted);
  rigs.push(rig);
  return rig;
}

const QUESTIONS = named('reclaimable-is-six-times', 'quarter-rule-is-exact', 'order-0-is-all-zones');
const RUNS = 1200;

/** All but where on this machine the files are. */
const plain = ({ result, files }: Told) => ({
  runs: result.sums,
  corpus: result.corpus,
  reached: [...result.reached].toSorted(),
  found: result.properties.map(({ property, found }) => [property.id, found?.given, found?.failure, found?.from]),
  names: Object.keys(files),
});

describe('a hunt', () => {
  it('finds a broken rule, makes the case small and saves it', async () => {
    const { result, files } = await rigFor(threeScans, QUESTIONS).hunt({ runs: RUNS });
    const { found } = result.properties.find(({ property }) => property.id === 'reclaimable-is-six-times')!;
    expect(found).toMatchObject({ from: 'search', failure: { clause: expect.stringContaining('should be true') } });
    expect(found!.given).toHaveProperty('node.zones.length', 1);
    const saved = Object.keys(files).filter((name) => /^.reclaimable-is-six-times-[\da-f]{8}\.json$/.test(name));
    expect(saved.map((name) => found!.savedAs!.endsWith(name))).toEqual([true]);
  });

  it('finds nothing in a kernel that keeps its promises, counts every case, and changes some in the end', async () => {
    const { result } = await rigFor(v4_0, QUESTIONS).hunt({ runs: 2000 });
    expect(result.properties.map(({ found }) => found)).toEqual([undefined, undefined, undefined]);
    expect(result.properties.map(({ runs }) => runs)).toEqual([2000, 2000, 2000]);
    expect(result.sums.mutated).toBeGreaterThan(50);
    expect(result.sums.mutated).toBeLessThan(1500);
  });

  it('counts a known failure, and does not call it a counterexample', async () => {
    const hunted = named('a-request-is-recorded');
    expect(hunted.map(({ verdicts }) => verdicts['v4.0']?.holds)).toEqual([false]);
    const { result } = await rigFor(v4_0, hunted).hunt({ runs: 60 });
    expect(result.properties[0]!.failing).toBeGreaterThan(0);
    expect(result.properties[0]!.found).toBeUndefined();
  });

  it('keeps the cases that drive a target higher, and tells how high it came', async () => {
    const { result } = await rigFor(v4_0, named('watermark-is-arithmetic')).hunt({ runs: 300 });
    const [{ best }] = result.properties as [(typeof result.properties)[number]];
    expect(best).toBeGreaterThan(60);
    const heights = [...result.reached].filter((feature) => feature.startsWith('target watermark-is-arithmetic: '));
    expect(heights).toHaveLength(best!);
  });

  it('has the same result however many workers there are, and in whatever order they end', async () => {
    const alone = await rigFor(threeScans, QUESTIONS).hunt({ runs: RUNS });
    const together = await rigFor(threeScans, QUESTIONS).hunt({ runs: RUNS }, hasty(5));
    expect(plain(together)).toEqual(plain(alone));
    const state = ({ files }: Told) => Object.entries(files).find(([name]) => name.endsWith('state.json'))![1];
    expect(Object.keys(JSON.parse(state(alone)).found)).toHaveLength(3);
    expect(Object.keys(JSON.parse(state(together)).found)).toEqual(Object.keys(JSON.parse(state(alone)).found));
    expect(alone.result.corpus).toBeGreaterThan(20);
  });

  it('has the same result when a batch is run long after it was planned', async () => {
    const alone = await rigFor(threeScans, QUESTIONS).hunt({ runs: RUNS });
    const queued = await rigFor(threeScans, QUESTIONS).hunt({ runs: RUNS }, queueing(5));
    expect(plain(queued)).toEqual(plain(alone));
  });

  it.each([2, 6, 11])('goes on as if nothing had happened when it was killed at batch %i', async (number) => {
    const whole = await rigFor(threeScans, QUESTIONS).hunt({ runs: RUNS });
    const rig = rigFor(threeScans, QUESTIONS);
    await expect(rig.hunt({ runs: RUNS }, killedAt(number))).rejects.toThrow('killed');
    expect(rig.store.readState()!.merged).toBe(number);
    const resumed = await rig.hunt({ runs: RUNS, resume: true });
    expect(plain(resumed)).toEqual(plain(whole));
  });

  it.each([
    ['it begins again', 7],
    ['another one begins', 8],
  ])('makes small what a killed hunt had found when %s', async (_what, seed) => {
    const rig = rigFor(threeScans, QUESTIONS);
    const pending = (of: number) => rig.storeOf(of).readPending(() => {});
    const never = new Promise<never>(() => undefined);
    const killed = rig.hunt({ runs: RUNS }, (workers) => ({
      ...killedAt(8)(workers),
      shrink: () => never,
    }));
    await expect(killed).rejects.toThrow('killed');
    expect(pending(7).map(({ property }) => property)).toContain('reclaimable-is-six-times');
    const { result } = await rig.hunt({ runs: 1, seed });
    expect(result.properties.map(({ found }) => found?.from)).toContain('search');
    expect(pending(seed)).toEqual([]);
  });

  it('goes on without files of its corpus that cannot be used or are gone, and names them', async () => {
    const rig = rigFor(v4_0, QUESTIONS);
    await rig.hunt({ runs: 300 });
    const corpus = join(rig.store.folder, 'corpus');
    const [torn, gone, ...rest] = readdirSync(corpus) as [string, string, ...string[]];
    writeFileSync(join(corpus, torn), '{"kind":');
    rmSync(join(corpus, gone));
    const { result } = await rig.hunt({ runs: 400, resume: true });
    expect(rig.unusable).toHaveLength(2);
    expect(rig.unusable[0]).toContain(`${join(corpus, torn)}: not JSON`);
    expect(rig.unusable[1]).toContain(`2 of the ${rest.length + 2} cases of the corpus cannot be used or are missing`);
    expect(result.drawn).toBe(400);
    expect(result.corpus).toBeGreaterThanOrEqual(rest.length);
  });

  it('goes on when the file of a counterexample that it saved cannot be used', async () => {
    const rig = rigFor(threeScans, QUESTIONS);
    const { result } = await rig.hunt({ runs: RUNS });
    const { found } = result.properties.find((one) => one.found !== undefined)!;
    writeFileSync(found!.savedAs!, '{}');
    await rig.hunt({ runs: RUNS + 1, resume: true });
    expect(rig.unusable).toEqual([expect.stringContaining(found!.savedAs!)]);
  });

  it('ends when it is stopped, and goes on later as if nothing had happened', async () => {
    const whole = await rigFor(threeScans, QUESTIONS).hunt({ runs: RUNS });
    const rig = rigFor(threeScans, QUESTIONS);
    const stop = new AbortController();
    const stopAt = (workers: Workers): Workers => ({
      ...workers,
      run: (batch) => {
        if (batch.number === 6) stop.abort();
        return workers.run(batch);
      },
      shrink: () => new Promise(() => undefined),
    });
    const stopped = await rig.hunt({ runs: RUNS, stop: stop.signal }, stopAt);
    expect(stopped.result).toMatchObject({ sums: { merged: 6 } });
    expect(stopped.result.unfinished).toBeGreaterThan(0);
    const resumed = await rig.hunt({ runs: RUNS, resume: true });
    expect(plain(resumed)).toEqual(plain(whole));
  });

  it('goes on for more cases as one that was asked for as many at once', async () => {
    const whole = await rigFor(v4_0, QUESTIONS).hunt({ runs: 400 });
    const rig = rigFor(v4_0, QUESTIONS);
    await rig.hunt({ runs: 300 });
    const resumed = await rig.hunt({ runs: 400, resume: true });
    expect(plain(resumed)).toEqual(plain(whole));
    expect(resumed.result.drawn).toBe(400);
  });

  it('is the same for as many cases as it came to in its time', async () => {
    const timed = await rigFor(v4_0, QUESTIONS).hunt({ time: 400 });
    expect(timed.result.drawn).toBeGreaterThan(0);
    const counted = await rigFor(v4_0, QUESTIONS).hunt({ runs: timed.result.drawn });
    expect(plain(counted)).toEqual(plain(timed));
  });

  it('tells on which case a rule threw', async () => {
    const throws = deriveKernel(v4_0, {
      name: 'throws',
      zoneReclaimable: () => {
        throw new Error('no such zone');
      },
    });
    await expect(rigFor(throws, QUESTIONS).hunt({ runs: 50 })).rejects.toMatchObject({
      name: 'ThrewOnCase',
      cause: { message: 'no such zone' },
    });
  });
});
