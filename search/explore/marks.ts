/** How often something happened in a search, and where first. */
export interface Mark {
  readonly count: number;
  /** The state in whose expansion it first happened; -1: in a start. */
  readonly first: number;
}

/**
 * What happened while states were expanded, by name. What happens is only pending until the expansion is taken in: a
 * batch that turns out not to fit is expanded again.
 */
export class Marks {
  readonly #ids = new Map<string, number>();
  readonly #names: string[] = [];
  readonly #counts: number[] = [];
  readonly #firsts: number[] = [];
  readonly #pending: number[] = [];
  readonly #pendingFirst: number[] = [];
  readonly #touched: number[] = [];
  /** The state that is being expanded. */
  at = -1;
  /** Hears of all that happens, if someone wants to. */
  listener: ((id: number) => void) | undefined;

  /** The number of a name, which is quicker to mark. */
  id(name: string): number {
    const known = this.#ids.get(name);
    if (known !== undefined) return known;
    const id = this.#names.push(name) - 1;
    this.#ids.set(name, id);
    this.#counts.push(0);
    this.#firsts.push(-1);
    this.#pending.push(0);
    this.#pendingFirst.push(-1);
    return id;
  }

  hit(id: number): void {
    if (this.#pending[id]!++ === 0) {
      this.#touched.push(id);
      this.#pendingFirst[id] = this.at;
    }
    this.listener?.(id);
  }

  /** What is pending has happened. */
  commit(): void {
    for (const id of this.#touched) {
      if (this.#counts[id] === 0) this.#firsts[id] = this.#pendingFirst[id]!;
      this.#counts[id]! += this.#pending[id]!;
      this.#pending[id] = 0;
    }
    this.#touched.length = 0;
  }

  /** What is pending is forgotten. */
  drop(): void {
    for (const id of this.#touched) this.#pending[id] = 0;
    this.#touched.length = 0;
  }

  /** Takes what is pending away, for marks elsewhere. */
  take(): readonly MarkLine[] {
    const lines = this.#touched.map((id) => [this.#names[id]!, this.#pending[id]!, this.#pendingFirst[id]!] as const);
    this.drop();
    return lines;
  }

  /** Nothing has happened. */
  clear(): void {
    this.drop();
    this.#counts.fill(0);
  }

  /** Adds what happened elsewhere. */
  add(lines: readonly MarkLine[]): void {
    for (const [name, count, first] of lines) {
      const id = this.id(name);
      if (this.#counts[id] === 0) this.#firsts[id] = first;
      this.#counts[id]! += count;
    }
  }

  get(name: string): Mark {
    const id = this.#ids.get(name);
    return id === undefined ? { count: 0, first: -1 } : { count: this.#counts[id]!, first: this.#firsts[id]! };
  }

  /** Everything that happened, for a file. */
  lines(): readonly MarkLine[] {
    return this.#names.flatMap((name, id) =>
      this.#counts[id] === 0 ? [] : [[name, this.#counts[id]!, this.#firsts[id]!] as const],
    );
  }
}

/** A name, how often it happened, and where first. */
export type MarkLine = readonly [name: string, count: number, first: number];
