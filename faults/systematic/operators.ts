import { endsOf, withField, type FieldChange } from './change.ts';
import { SLOTS } from './slots.ts';
import type { PartFunction } from './parts.ts';

type Fields = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is Fields => typeof value === 'object' && value !== null;

/** A plausible mistake in a part, whichever: what is wrong in words, and the part with it. */
export interface Operator {
  readonly what: (on: string) => string;
  /** `on` is what it is about: a field, a point, an argument; empty if nothing. */
  readonly apply: (as: PartFunction, on: string, part: string) => PartFunction;
}

const answering =
  (change: (answer: unknown, on: string, args: readonly unknown[], part: string) => unknown): Operator['apply'] =>
  (as, on, part) =>
  (...args) =>
    change(as(...args), on, args, part);

/** The answer with a field that was changed treated otherwise. */
const treating = (change: FieldChange): Operator['apply'] =>
  answering((answer, field, args) => {
    let changed = answer;
    for (const { key, before, after } of endsOf(args, answer)) {
      const now = withField(before, after, field, change);
      changed = key === undefined ? now : { ...(changed as object), [key]: now };
    }
    return changed;
  });

const byNumber =
  (step: number): FieldChange =>
  (now) =>
    typeof now === 'number' ? now + step : now;

/** The answer with its yes or no, or its number, set. */
const saying = (change: (said: unknown) => unknown): Operator['apply'] =>
  answering((answer) => {
    if (!isObject(answer)) return change(answer);
    const said = Object.entries(answer).find(([, value]) => typeof value === 'boolean');
    return said === undefined ? answer : { ...answer, [said[0]]: change(said[1]) };
  });

const yesOrNo = (said: boolean): Operator['apply'] => saying((was) => (typeof was === 'boolean' ? said : was));
const numberBy = (step: number): Operator['apply'] =>
  answering((answer) => (typeof answer === 'number' ? answer + step : answer));

/** The answer with kswapd, or the task, at another point; where it waits on, it does so still. */
const leadingTo: Operator['apply'] = answering((answer, point, _args, part) => {
  const moved = (of: Fields): Fields => (part.endsWith(`.${String(of['at'])}`) ? of : { ...of, at: point });
  if (!isObject(answer)) return answer;
  if (isObject(answer['task'])) return { ...answer, task: moved(answer['task']) };
  const machine = answer['machine'] ?? answer;
  if (!isObject(machine) || !isObject(machine['thread'])) return answer;
  const after = { ...machine, thread: moved(machine['thread']) };
  return machine === answer ? after : { ...answer, machine: after };
});

/** How many zones an argument tells of. */
const zonesIn = (args: readonly unknown[]): number => {
  for (const arg of args.slice(1)) {
    if (!isObject(arg)) continue;
    const zones = arg['zones'] ?? arg['lowmemReserve'] ?? (isObject(arg['node']) ? arg['node']['zones'] : undefined);
    if (Array.isArray(zones)) return zones.length;
  }
  return Infinity;
};

/** The part as it is asked with a number that is so much higher, as far as there are such orders or zones. */
const askedBy =
  (step: number): Operator['apply'] =>
  (as, slot, part) =>
  (...args) => {
    const at = SLOTS[part]![slot]!;
    const value = Number(args[at]) + step;
    const most = slot === 'zoneIdx' ? zonesIn(args) - 1 : slot === 'order' ? 10 : Infinity;
    return as(...args.with(at, Math.max(0, Math.min(most, value))));
  };

/** Zones and systems, by what only they have. */
const isLookedAt = (arg: unknown): arg is Fields => isObject(arg) && ('pagesScanned' in arg || 'swapPages' in arg);

function blank(of: Fields, field: string): Fields {
  const value = of[field];
  const none = Array.isArray(value) ? value.map(() => 0) : typeof value === 'boolean' ? false : 0;
  return { ...of, [field]: none };
}

/** The part as if a field of the zone or the system that it is given were 0, or false. */
const overlooking: Operator['apply'] =
  (as, field) =>
  (k, ...args) =>
    as(k, ...args.map((arg) => (isLookedAt(arg) && field in arg ? blank(arg, field) : arg)));

/** Every kind of mistake, by a short name. */
export const operators = {
  leave: { what: (field) => `leaves ${field} as it was`, apply: treating((_now, before) => before) },
  more: { what: (field) => `sets ${field} one too high`, apply: treating(byNumber(1)) },
  less: { what: (field) => `sets ${field} one too low`, apply: treating(byNumber(-1)) },
  yes: { what: () => 'always says yes', apply: yesOrNo(true) },
  no: { what: () => 'always says no', apply: yesOrNo(false) },
  high: { what: () => 'answers one too many', apply: numberBy(1) },
  low: { what: () => 'answers one too few', apply: numberBy(-1) },
  silent: {
    what: () => 'says nothing',
    apply: answering((answer) => (isObject(answer) && 'records' in answer ? { ...answer, records: [] } : answer)),
  },
  goto: { what: (point) => `always goes to ${point}`, apply: leadingTo },
  above: { what: (slot) => `is asked for ${slot} one too high`, apply: askedBy(1) },
  below: { what: (slot) => `is asked for ${slot} one too low`, apply: askedBy(-1) },
  overlook: { what: (field) => `does not look at ${field}`, apply: overlooking },
} as const satisfies Readonly<Record<string, Operator>>;

export type OperatorName = keyof typeof operators;
