import { appendFileSync, existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Outcome, Task } from './searches.ts';

/** Outcomes on disk as they come, so that a comparison that was stopped goes on where it was. */
export class Journal {
  readonly #path: string;
  readonly outcomes: Outcome[];

  constructor(path: string) {
    this.#path = path;
    const text = existsSync(path) ? readFileSync(path, 'utf8') : '';
    // A last line that was cut off is not counted.
    const lines = text.split('\n').slice(0, -1);
    this.outcomes = lines.flatMap((line) => JSON.parse(line) as Outcome[]);
  }

  add(outcomes: readonly Outcome[]): void {
    mkdirSync(dirname(this.#path), { recursive: true });
    appendFileSync(this.#path, `${JSON.stringify(outcomes)}\n`);
    this.outcomes.push(...outcomes);
  }

  /** Whether a bug was looked for already. */
  has({ search, seed }: Pick<Task, 'search' | 'seed'>, id: string): boolean {
    return this.outcomes.some((one) => one.search === search && one.seed === seed && one.id === id);
  }

  clear(): void {
    rmSync(this.#path, { force: true });
    this.outcomes.length = 0;
  }
}
