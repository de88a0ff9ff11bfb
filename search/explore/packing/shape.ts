/**
 * What the states of a search have been seen to look like: which parts never differ, and in which range or among which
 * values the others lie. A packing is derived from it, and it is widened by every state that does not fit.
 */
export type Shape =
  | { readonly kind: 'constant'; readonly value: unknown }
  /** Whole numbers from `lo` on, as many as `bits` can tell apart. */
  | { readonly kind: 'integer'; readonly lo: number; readonly bits: number }
  | { readonly kind: 'one of'; readonly values: readonly unknown[] }
  | { readonly kind: 'record'; readonly keys: readonly string[]; readonly parts: readonly Shape[] }
  | { readonly kind: 'list'; readonly parts: readonly Shape[] }
  /** Parts of different form, such as lists of different length. */
  | { readonly kind: 'either'; readonly forms: readonly Shape[] };

/** More bits than a field of a bounded model needs. */
const MOST_BITS = 27;

/** A field that no bound holds: how large it grew. */
export class Unbounded extends Error {
  readonly path: string;
  readonly value: number;

  constructor(path: string, value: number) {
    super(`${path} came to ${value}`);
    this.path = path;
    this.value = value;
  }
}

type Plain = Readonly<Record<string, unknown>>;

const isRecord = (value: unknown): value is Plain =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Whether two values are the same plain data. */
export function sameData(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (Array.isArray(a)) {
    return Array.isArray(b) && a.length === b.length && a.every((part, i) => sameData(part, b[i]));
  }
  if (!isRecord(a) || !isRecord(b)) return false;
  const keys = Object.keys(a);
  return sameKeys(keys, Object.keys(b)) && keys.every((key) => sameData(a[key], b[key]));
}

const sameKeys = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.every((key, i) => key === b[i]);

const isWhole = (value: unknown): value is number => Number.isSafeInteger(value);

/** The shape of states that are all the same. */
export const shapeOf = (value: unknown): Shape => ({ kind: 'constant', value });

/** The shape, wide enough for one more value; the very same if it fits. `path` says where, for messages. */
export function widen(shape: Shape, value: unknown, path = ''): Shape {
  if (Number.isNaN(value)) throw new Unbounded(path.replace(/^\./, ''), NaN);
  switch (shape.kind) {
    case 'constant':
      return sameData(shape.value, value) ? shape : widenConstant(shape, value, path);
    case 'integer':
      if (!isWhole(value)) return either([shape, shapeOf(value)]);
      if (value >= shape.lo && value < shape.lo + 2 ** shape.bits) return shape;
      return widenInteger(shape.lo, shape.bits, value, path);
    case 'one of':
      if (shape.values.includes(value)) return shape;
      if (typeof value === 'object' && value !== null) return either([shape, shapeOf(value)]);
      return { kind: 'one of', values: [...shape.values, value] };
    case 'record':
      if (!isRecord(value) || !sameKeys(shape.keys, Object.keys(value))) return either([shape, shapeOf(value)]);
      return widenParts(shape, (i) => [value[shape.keys[i]!], `${path}.${shape.keys[i]!}`]);
    case 'list':
      if (!Array.isArray(value) || value.length !== shape.parts.length) return either([shape, shapeOf(value)]);
      return widenParts(shape, (i) => [value[i], `${path}[${i}]`]);
    case 'either': {
      const i = shape.forms.findIndex((form) => sameForm(form, value));
      if (i < 0) return either([...shape.forms, shapeOf(value)]);
      const wider = widen(shape.forms[i]!, value, path);
      return wider === shape.forms[i] ? shape : either(shape.forms.with(i, wider));
    }
  }
}

const either = (forms: readonly Shape[]): Shape => ({ kind: 'either', forms });

const isPrimitive = (value: unknown): boolean => typeof value !== 'object' || value === null;

/** Whether a value has the outer form of a shape: a record with its keys, a list of its length, a number as it is. */
export function sameForm(shape: Shape, value: unknown): boolean {
  switch (shape.kind) {
    case 'constant':
      if (isRecord(shape.value)) return isRecord(value) && sameKeys(Object.keys(shape.value), Object.keys(value));
      if (Array.isArray(shape.value)) return Array.isArray(value) && shape.value.length === value.length;
      return isPrimitive(value) && isWhole(value) === isWhole(shape.value);
    case 'integer':
      return isWhole(value);
    case 'one of':
      return shape.values.includes(value) || (isPrimitive(value) && !isWhole(value));
    case 'record':
      return isRecord(value) && sameKeys(shape.keys, Object.keys(value));
    case 'list':
      return Array.isArray(value) && value.length === shape.parts.length;
    case 'either':
      return shape.forms.some((form) => sameForm(form, value));
  }
}

function widenConstant(shape: Extract<Shape, { kind: 'constant' }>, value: unknown, path: string): Shape {
  const { value: known } = shape;
  if (isRecord(known)) {
    const keys = Object.keys(known);
    if (!sameForm(shape, value)) return either([shape, shapeOf(value)]);
    return widen({ kind: 'record', keys, parts: keys.map((key) => shapeOf(known[key])) }, value, path);
  }
  if (Array.isArray(known)) {
    if (!sameForm(shape, value)) return either([shape, shapeOf(value)]);
    return widen({ kind: 'list', parts: known.map(shapeOf) }, value, path);
  }
  if (typeof value === 'object' && value !== null) return either([shape, shapeOf(value)]);
  if (isWhole(known) && isWhole(value)) return widenInteger(known, 0, value, path);
  return { kind: 'one of', values: [known, value] };
}

/** Doubles the range, up or down, until the value lies in it. */
function widenInteger(lo: number, bits: number, value: number, path: string): Shape {
  let [low, wide] = [lo, bits];
  while (value < low || value >= low + 2 ** wide) {
    if (++wide > MOST_BITS) throw new Unbounded(path.replace(/^\./, ''), value);
    if (value < low) low = Math.max(low - 2 ** (wide - 1), low > 0 ? 0 : -Infinity);
  }
  return { kind: 'integer', lo: low, bits: wide };
}

function widenParts<K extends Extract<Shape, { parts: readonly Shape[] }>>(
  shape: K,
  at: (i: number) => readonly [value: unknown, path: string],
): K {
  let parts: Shape[] | undefined;
  for (const [i, part] of shape.parts.entries()) {
    const wider = widen(part, ...at(i));
    if (wider !== part) (parts ??= shape.parts.slice())[i] = wider;
  }
  return parts === undefined ? shape : { ...shape, parts };
}
