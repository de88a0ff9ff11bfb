/** A small generator of whole numbers: the same from the same seed. */
function drawer(seed: number): (below: number) => number {
  let state = seed >>> 0;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

type Path = readonly (string | number)[];

/** The paths of all values below the top. */
function pathsOf(value: unknown, at: Path = []): readonly Path[] {
  if (typeof value !== 'object' || value === null) return [at];
  const entries: readonly [string | number, unknown][] = Array.isArray(value)
    ? value.map((item, i) => [i, item])
    : Object.entries(value);
  const below = entries.flatMap(([key, item]) => pathsOf(item, [...at, key]));
  return at.length === 0 ? below : [at, ...below];
}

type Holder = Record<string | number, unknown>;

/** What holds the value at a path. */
const holderOf = (value: unknown, path: Path): Holder =>
  path.slice(0, -1).reduce<Holder>((holder, key) => holder[key] as Holder, value as Holder);

/** What no field of a case is, or hardly any. */
const WRONG: readonly unknown[] = [
  null,
  'x',
  '12',
  true,
  [],
  {},
  [[]],
  -1,
  0.5,
  -0.5,
  1e308,
  -1e308,
  2 ** 32,
  2 ** 32 + 1,
  2 ** 53,
  -(2 ** 53),
  10,
  11,
  12,
  'NaN',
  'Infinity',
  { __proto__: null, toString: 1 },
  'DMA',
];

/** Tokens that JSON has no numbers for, to stand for one. */
const NO_NUMBERS = ['NaN', 'Infinity', '-Infinity', '0x10', '1e999', '-1e999', '01', '1_000', '--1', '+1', '.5', '1.'];

const JUNK = [
  '',
  ' ',
  'null',
  '0',
  '"x"',
  '[]',
  '{}',
  '[{}]',
  '\u0000\u0001\u0002',
  '{"id":"x"}',
  'script: []',
  '<xml/>',
];

/**
 * Files that a damaged case could be: keys deleted, values of other types or far out of range, texts cut off, bytes
 * flipped, values nested deep, and junk. Each is made of one of the given texts; the same seed makes the same files.
 */
export function* malformedFiles(texts: readonly string[], count: number, seed: number): Generator<Buffer> {
  const draw = drawer(seed);
  const pick = <T>(from: readonly T[]): T => from[draw(from.length)]!;
  const changed = (change: (holder: Holder, key: string | number) => void): string => {
    const value: unknown = JSON.parse(pick(texts));
    const path = pick(pathsOf(value));
    change(holderOf(value, path), path.at(-1)!);
    return JSON.stringify(value);
  };
  const kinds: readonly (() => string | Buffer)[] = [
    () => changed((holder, key) => (Array.isArray(holder) ? holder.splice(Number(key), 1) : delete holder[key])),
    () => changed((holder, key) => (holder[key] = pick(WRONG))),
    () => changed((holder, key) => (holder[key] = pick(WRONG))),
    () => changed((holder, key) => (Array.isArray(holder) ? holder.push(holder[Number(key)]) : (holder['zone'] = 9))),
    () => pick(texts).replace(/-?\d+/g, (number) => (draw(200) === 0 ? pick(NO_NUMBERS) : number)),
    () => pick(texts).replace(/-?\d+/g, (number) => (draw(200) === 0 ? String(draw(2 ** 31) * 2 ** 20) : number)),
    () => pick(texts).replace(/"\w+":/g, (key) => (draw(60) === 0 ? pick(['"zone":', '"__proto__":', '"":']) : key)),
    () => cutOff(pick(texts), draw),
    () => flipped(Buffer.from(pick(texts)), draw),
    () => nested(pick(texts), 10 ** (1 + draw(5)), draw),
    () => Buffer.from(Array.from({ length: draw(200) }, () => draw(256))),
    () => pick(JUNK),
  ];
  for (let i = 0; i < count; i++) yield Buffer.from(kinds[i % kinds.length]!());
}

const cutOff = (text: string, draw: (below: number) => number): string => text.slice(0, draw(text.length));

function flipped(bytes: Buffer, draw: (below: number) => number): Buffer {
  for (let i = 0; i < 3; i++) bytes[draw(bytes.length)]! ^= 1 << draw(8);
  return bytes;
}

/** One of the values wrapped in so many lists or records. */
function nested(text: string, depth: number, draw: (below: number) => number): string {
  const [open, close] = draw(2) === 0 ? ['[', ']'] : ['{"a":', '}'];
  const wrapped = open.repeat(depth) + '1' + close.repeat(depth);
  const numbers = [...text.matchAll(/:(\d+)/g)];
  const { index, 0: found } = numbers[draw(numbers.length)]!;
  return `${text.slice(0, index)}:${wrapped}${text.slice(index + found.length)}`;
}
