type State = Readonly<Record<string, unknown>>;

const isState = (value: unknown): value is State =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Parts of a state that only make sense as a whole. */
const WHOLES: ReadonlySet<string> = new Set(['freeArea', 'lru', 'page', 'preferred', 'zonelist']);

/** Where a task or kswapd goes next is no field that is set: it has faults of its own. */
const SKIPPED: ReadonlySet<string> = new Set(['at', 'records', 'ev']);

const isLeaf = (field: string, value: unknown): boolean =>
  WHOLES.has(field) || (Array.isArray(value) ? !value.some(isState) : !isState(value));

/** What becomes of a field that was changed. */
export type FieldChange = (now: unknown, before: unknown) => unknown;

/** The fields, by name and wherever they lie, whose values differ between a state and what became of it. */
export function changedFields(before: unknown, after: unknown, into: Map<string, unknown>): Map<string, unknown> {
  if (after === before) return into;
  if (Array.isArray(after) && Array.isArray(before) && after.length === before.length) {
    for (const [i, value] of after.entries()) changedFields(before[i], value, into);
  } else if (isState(after) && isState(before)) {
    for (const [field, value] of Object.entries(after)) {
      if (value === before[field] || SKIPPED.has(field)) continue;
      if (isLeaf(field, value) || isLeaf(field, before[field])) into.set(field, value);
      else changedFields(before[field], value, into);
    }
  }
  return into;
}

/** What became of a state, with something else done to one of the changed fields, wherever it lies. */
export function withField<T>(before: unknown, after: T, field: string, change: FieldChange): T {
  if ((after as unknown) === before) return after;
  if (Array.isArray(after) && Array.isArray(before) && after.length === before.length) {
    return after.map((value, i) => withField<unknown>(before[i], value, field, change)) as T;
  }
  if (!isState(after) || !isState(before)) return after;
  const changed: Record<string, unknown> = { ...after };
  for (const [name, value] of Object.entries(after)) {
    if (value === before[name] || SKIPPED.has(name)) continue;
    const leaf = isLeaf(name, value) || isLeaf(name, before[name]);
    if (leaf && name === field) changed[name] = change(value, before[name]);
    else if (!leaf) changed[name] = withField(before[name], value, field, change);
  }
  return changed as T;
}

const hasSameFields = (a: State, b: State): boolean => {
  const fields = Object.keys(a);
  return fields.length === Object.keys(b).length && fields.every((field) => field in b);
};

/** The argument that an answer, or a part of it, is the later state of. */
function earlier(args: readonly unknown[], value: unknown): State | undefined {
  return isState(value)
    ? args.slice(1).find((arg): arg is State => isState(arg) && hasSameFields(arg, value))
    : undefined;
}

/** The states that a function leaves, each beside what it was given: the answer itself, or what lies in it. */
export interface Ends {
  /** Where in the answer it lies; undefined for the answer itself. */
  readonly key?: string;
  readonly before: State;
  readonly after: State;
}

/** What a function changed: states in its answer, and what it was given in their place. */
export function endsOf(args: readonly unknown[], answer: unknown): readonly Ends[] {
  if (!isState(answer)) return [];
  const before = earlier(args, answer);
  if (before !== undefined) return [{ before, after: answer }];
  return Object.entries(answer).flatMap(([key, value]) => {
    const was = earlier(args, value);
    return was === undefined ? [] : [{ key, before: was, after: value as State }];
  });
}
