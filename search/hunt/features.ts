/** Numbers by their size: 0, then 1, 2 to 3, 4 to 7, and so on, and the same below 0. From 0 to 108. */
export function sizeClass(value: number): number {
  if (value === 0 || Number.isNaN(value)) return 0;
  const size = Math.abs(value);
  const height = size === Infinity ? 53 : Math.min(53, Math.floor(Math.log2(Math.max(1, size))));
  return value > 0 ? 1 + height : 55 + height;
}

const sizeText = (size: number): string => {
  if (size === 0) return '0';
  const [sign, height] = size < 55 ? ['', size - 1] : ['-', size - 55];
  return height === 0 ? `${sign}1` : `${sign}2^${height}`;
};

/** The kinds of thing that an execution may reach, and how each is called. */
const KINDS = [
  /** A rule gave an answer. */
  'rule',
  /** A rule gave an answer after another one that it asked last gave one. */
  'both',
  /** A rule was asked at a point or by another rule, and gave an answer. */
  'asked',
  /** Two steps followed one another, and where the second led. */
  'steps',
  /** Two records followed one another. */
  'records',
  /** A priority, a count of failures or an order came up. */
  'level',
  /** Free pages were so far from a mark. */
  'distance',
  /** A step was taken so often in one execution. */
  'often',
] as const;
export type FeatureKind = (typeof KINDS)[number];

const PLACES = 2 ** 11;
const VALUES = 2 ** 16;
/** Answers of a rule: 0 no, 1 yes, 2 a state, then sizes, then words. */
const FIRST_SIZE = 3;
const FIRST_WORD = 120;
const ANSWERS = 2 ** 8;

/**
 * Features as numbers, so that an execution can note thousands of them quickly, and as names, which mean the same in
 * every process.
 */
export class FeatureNames {
  readonly #places = new Map<string, number>();
  readonly #placeNames: string[] = [];
  readonly #words = new Map<string, number>();
  readonly #wordNames: string[] = [];
  readonly #names = new Map<number, string>();

  place(name: string): number {
    const known = this.#places.get(name);
    if (known !== undefined) return known;
    this.#places.set(name, this.#placeNames.length);
    return this.#placeNames.push(name) - 1;
  }

  key(kind: FeatureKind, first: number, second: number, value: number): number {
    return ((KINDS.indexOf(kind) * PLACES + first) * PLACES + second) * VALUES + value;
  }

  /** What a rule answered, as a small number: of a state that it changed, only a yes or no beside it. */
  answer(answer: unknown): number {
    if (typeof answer === 'boolean') return answer ? 1 : 0;
    if (typeof answer === 'number') return FIRST_SIZE + sizeClass(answer);
    if (typeof answer === 'string') return this.#word(answer);
    if (typeof answer !== 'object' || answer === null) return 2;
    for (const part of Object.values(answer)) if (typeof part === 'boolean') return part ? 1 : 0;
    return 2;
  }

  /** Two answers as one value. */
  both(answer: number, other: number): number {
    return answer * ANSWERS + other;
  }

  name(key: number): string {
    const known = this.#names.get(key);
    if (known !== undefined) return known;
    const made = this.#makeName(key);
    this.#names.set(key, made);
    return made;
  }

  #word(text: string): number {
    const known = this.#words.get(text);
    if (known !== undefined) return FIRST_WORD + known;
    // Rules answer a handful of words; should there be more, the last ones share a number.
    if (FIRST_WORD + this.#wordNames.length === ANSWERS - 1) return ANSWERS - 1;
    this.#words.set(text, this.#wordNames.length);
    return FIRST_WORD + this.#wordNames.push(text) - 1;
  }

  #answerText(answer: number): string {
    if (answer < FIRST_SIZE) return ['no', 'yes', 'done'][answer]!;
    return answer < FIRST_WORD ? sizeText(answer - FIRST_SIZE) : (this.#wordNames[answer - FIRST_WORD] ?? 'other');
  }

  #makeName(key: number): string {
    const value = key % VALUES;
    const places = (key - value) / VALUES;
    const second = this.#placeNames[places % PLACES]!;
    const first = this.#placeNames[Math.floor(places / PLACES) % PLACES]!;
    const kind = KINDS[Math.floor(places / PLACES / PLACES)]!;
    switch (kind) {
      case 'rule':
        return `rule ${first}: ${this.#answerText(value)}`;
      case 'both': {
        const other = value % ANSWERS;
        return `both ${first}: ${this.#answerText((value - other) / ANSWERS)}, ${second}: ${this.#answerText(other)}`;
      }
      case 'asked':
        return `asked ${first} > ${second}: ${this.#answerText(value)}`;
      case 'steps':
        return `steps ${first} > ${second} > ${this.#placeNames[value]!}`;
      case 'records':
        return `records ${first} > ${second}`;
      case 'level':
        return `level ${first} ${value} at ${second}`;
      case 'distance':
        return `distance ${first} of ${second}: ${sizeText(value)}`;
      case 'often':
        return `often ${first}: ${sizeText(value)}`;
    }
  }
}
