import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deriveKernel, v4_0, type Kernel } from '../../../model/index.ts';
import { properties, type Property } from '../../../properties/index.ts';
import { hunt, type HuntPlan } from '../../../search/hunt/hunt.ts';
import type { HuntResult } from '../../../search/hunt/result.ts';
import { Hunter } from '../../../search/hunt/hunter.ts';
import { HuntStore } from '../../../search/hunt/store.ts';
import { thisThread, type Workers } from '../../../search/hunt/workers.ts';
import { writeSavedCase } from '../../../search/savedCase.ts';

/** v4.0 with a zone that is given up after three scans of its lists instead of six. */
export const threeScans = deriveKernel(v4_0, {
  name: 'three scans',
  zoneReclaimable: (k, system, zone) => zone.pagesScanned < k.zoneReclaimablePages(k, system, zone) * 3,
});

export const named = (...ids: readonly string[]): readonly Property[] =>
  properties.filter(({ id }) => ids.includes(id));

/** What a hunt came to, as plain data. */
export interface Told {
  readonly result: HuntResult;
  /** All files that it left, by name. */
  readonly files: Readonly<Record<string, string>>;
}

const filesIn = (folder: string): Readonly<Record<string, string>> =>
  Object.fromEntries(
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .toSorted()
      .map((path) => [path.slice(folder.length), readFileSync(path, 'utf8')]),
  );

/** A place to hunt in. */
export class Rig {
  readonly kernel: Kernel;
  readonly #properties: readonly Property[];
  readonly #folder = mkdtempSync(join(tmpdir(), 'kswapd-spec-hunt-'));
  readonly store: HuntStore;
  /** Files of hunts that could not be used, and why. */
  readonly unusable: string[] = [];

  constructor(kernel: Kernel, hunted: readonly Property[]) {
    this.kernel = kernel;
    this.#properties = hunted;
    this.store = this.storeOf(7);
  }

  storeOf(seed: number): HuntStore {
    const { kernel } = this;
    return new HuntStore(this.#folder, { kernel: kernel.name, properties: this.#properties.map(({ id }) => id) }, seed);
  }

  async hunt(options: Partial<HuntPlan>, wrap: (workers: Workers) => Workers = (workers) => workers): Promise<Told> {
    const { kernel } = this;
    const result = await hunt({
      kernel,
      properties: this.#properties,
      seed: 7,
      atHand: [],
      workers: wrap(thisThread(new Hunter(kernel, this.#properties))),
      store: this.storeOf(options.seed ?? 7),
      resume: false,
      save: ({ id }, given, { clause }) =>
        writeSavedCase(this.#folder, { id, kernel: kernel.name, property: id, clause, given }),
      onUnusable: ({ message }) => this.unusable.push(message),
      ...options,
    });
    return { result, files: filesIn(this.#folder) };
  }

  clear(): void {
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

/** Several workers, of which the one that began last is done first. */
export const hasty =
  (size: number) =>
  (workers: Workers): Workers => {
    let delay = 100;
    const late = async <T>(work: Promise<T>): Promise<T> => {
      delay = (delay + 37) % 100;
      const wait = delay;
      const value = await work;
      await new Promise((resolve) => setTimeout(resolve, wait));
      return value;
    };
    return { ...workers, size, run: (batch) => late(workers.run(batch)), shrink: (task) => late(workers.shrink(task)) };
  };

/** Several workers, some of whose batches wait, as in a queue, until the next one has been planned. */
export const queueing =
  (size: number) =>
  (workers: Workers): Workers => {
    const planned = new Map<number, () => void>();
    const isPlanned = (number: number): Promise<void> =>
      new Promise((resolve) => {
        planned.set(number, resolve);
        // The last one waits for none.
        setTimeout(resolve, 200);
      });
    return {
      ...workers,
      size,
      run: async (batch) => {
        planned.get(batch.number)?.();
        if (batch.number % 4 === 3) await isPlanned(batch.number + 1);
        return workers.run(batch);
      },
    };
  };

/** Workers that break down at a batch, as when the process is killed. */
export const killedAt =
  (number: number) =>
  (workers: Workers): Workers => ({
    ...workers,
    run: (batch) => (batch.number === number ? Promise.reject(new Error('killed')) : workers.run(batch)),
  });
