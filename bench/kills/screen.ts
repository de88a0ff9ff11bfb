import { isDeepStrictEqual } from 'node:util';
import {
  changedFields,
  endsOf,
  mistaken,
  SLOTS,
  type Mistake,
  type PartFunction,
} from '../../faults/systematic/index.ts';
import type { Kernel } from '../../model/index.ts';
import { judgeOf, type Case, type CaseKind, type Property } from '../../properties/index.ts';
import { differingParts, partsOf } from '../../report/kernels/parts.ts';
import { listenTo, type Call } from './listen.ts';
import { mistakenKernel, type Suspect } from './suspect.ts';

/** A suspect, and the cases in which it does something else than the sound kernel, as places among those drawn. */
export interface Screened {
  readonly suspect: Suspect;
  readonly cases: readonly number[];
}

/** What a sound kernel's run through many cases shows. */
export interface Screening {
  readonly screened: readonly Screened[];
  /** The properties that failed in none of them. */
  readonly passed: ReadonlySet<Property>;
}

interface Pending {
  readonly suspect: () => Suspect;
  readonly cases: number[];
}

type AnyKernel = Readonly<Record<string, unknown>>;

/** The functions of a kernel, by part: of a wait, what it does and how it goes on. */
function functionsOf(kernel: Kernel, part: string): readonly PartFunction[] {
  const entry = partsOf(kernel).get(part);
  if (typeof entry === 'function') return [entry as PartFunction];
  if (typeof entry !== 'object' || entry === null) return [];
  return Object.values(entry as AnyKernel).filter((value): value is PartFunction => typeof value === 'function');
}

/** Finds out in which cases suspects answer otherwise than the sound kernel, by asking both whenever it is asked. */
class Screen {
  readonly kernel: Kernel;
  readonly #sound: Kernel;
  readonly #most: number;
  /** Whether mistakes are made in a part. */
  readonly #mistakeIn: (part: string) => boolean;
  readonly #pending = new Map<string, Pending>();
  /** By the sound kernel's function: the suspects that have another one in its place. */
  readonly #others = new Map<PartFunction, { readonly suspect: Suspect; readonly as: PartFunction }[]>();
  readonly #points: ReadonlyMap<string, readonly string[]>;
  #case = 0;

  constructor(sound: Kernel, suspects: readonly Suspect[], most: number, mistakeIn: (part: string) => boolean) {
    this.#sound = sound;
    this.#most = most;
    this.#mistakeIn = mistakeIn;
    this.#points = pointsAfter(sound);
    for (const suspect of suspects) this.#add(suspect);
    this.kernel = listenTo(sound, (call) => this.#hear(call));
  }

  #add(suspect: Suspect): void {
    for (const part of differingParts(this.#sound, suspect.faulty)) {
      const others = functionsOf(suspect.faulty, part);
      for (const [i, as] of functionsOf(this.#sound, part).entries()) {
        const other = others[i];
        if (other === as) continue;
        const list = this.#others.get(as) ?? [];
        // A part that is gone, or new, counts as answering otherwise wherever it is asked.
        list.push({ suspect, as: other ?? (() => undefined) });
        this.#others.set(as, list);
      }
    }
  }

  begin(place: number): void {
    this.#case = place;
  }

  screened(): readonly Screened[] {
    return [...this.#pending.values()].map(({ suspect, cases }) => ({ suspect: suspect(), cases }));
  }

  /** Whether more cases are wanted of a suspect, and this one is new. */
  #wants(id: string): boolean {
    const cases = this.#pending.get(id)?.cases;
    return cases === undefined || (cases.length < this.#most && cases.at(-1) !== this.#case);
  }

  #note(id: string, suspect: () => Suspect): void {
    const pending = this.#pending.get(id);
    if (pending === undefined) this.#pending.set(id, { suspect, cases: [this.#case] });
    else pending.cases.push(this.#case);
  }

  #hear(call: Call): void {
    for (const { suspect, as } of this.#others.get(call.as) ?? []) {
      if (this.#wants(suspect.id) && this.#differs(call, as, suspect.faulty)) this.#note(suspect.id, () => suspect);
    }
    if (this.#mistakeIn(call.part)) this.#tryMistakes(call);
  }

  #tryMistakes(call: Call): void {
    const points = this.#points.get(call.part) ?? [];
    for (const mistake of likelyMistakes(call, points)) this.#try(call, mistake);
  }

  #try(call: Call, mistake: Mistake): void {
    const id = `${mistake.part} ${mistake.operator} ${mistake.on}`;
    if (!this.#wants(id)) return;
    if (this.#differs(call, mistaken(mistake, call.as))) this.#note(id, () => mistakenKernel(this.#sound, mistake));
  }

  #differs({ args, answer }: Call, as: PartFunction, faulty?: Kernel): boolean {
    const [k] = args;
    const asked = faulty !== undefined && k === this.kernel ? [faulty, ...args.slice(1)] : args;
    try {
      return !isDeepStrictEqual(as(...asked), answer);
    } catch {
      return true;
    }
  }
}

const mistakesAt = (part: string, operator: Mistake['operator'], on: Iterable<string>): readonly Mistake[] =>
  Array.from(on, (one) => ({ part, operator, on: one }));

/** Where a step or a wait left kswapd, or the task. */
const pointOf = (answer: unknown): unknown =>
  within(answer, 'task', 'at') ?? within(answer, 'machine', 'thread', 'at') ?? within(answer, 'thread', 'at');

const within = (value: unknown, ...path: readonly string[]): unknown =>
  path.reduce<unknown>((inner, key) => (inner as AnyKernel | undefined)?.[key], value);

const isShownIn = (arg: unknown): arg is AnyKernel =>
  typeof arg === 'object' && arg !== null && ('pagesScanned' in arg || 'swapPages' in arg);

const isSomething = (value: unknown): boolean =>
  Array.isArray(value)
    ? value.some((one) => typeof one === 'number' && one !== 0)
    : value === true || (typeof value === 'number' && value !== 0);

/** The points that a step or a wait may lead to, by part. */
const pointsAfter = (kernel: Kernel): ReadonlyMap<string, readonly string[]> =>
  new Map(
    [...partsOf(kernel)].flatMap(([part, entry]) =>
      typeof entry === 'object' && entry !== null && 'to' in entry
        ? [[part, entry.to as readonly string[]] as const]
        : [],
    ),
  );

/**
 * The mistakes that could show in a call: of each kind, those that its arguments and its answer have room for. `points`
 * are those that it may lead to.
 */
function likelyMistakes({ part, args, answer }: Call, points: readonly string[]): readonly Mistake[] {
  const changed = new Map<string, unknown>();
  for (const { before, after } of endsOf(args, answer)) changedFields(before, after, changed);
  const numbers = [...changed].filter(([, value]) => typeof value === 'number').map(([field]) => field);
  const counted = numbers.filter((field) => !/flags|gfp/i.test(field));
  const told = typeof answer === 'object' && answer !== null ? (answer as AnyKernel) : {};
  const says = typeof answer === 'boolean' ? answer : Object.values(told).find((value) => typeof value === 'boolean');
  const records = told['records'];
  const at = pointOf(answer);
  const leads = at !== undefined && at !== part.split('.')[1];
  const isJudge = typeof answer !== 'object' || answer === null;
  const seen = isJudge ? args.slice(1).filter((arg) => isShownIn(arg)) : [];
  return [
    ...mistakesAt(part, 'leave', changed.keys()),
    ...mistakesAt(part, 'more', counted),
    ...mistakesAt(part, 'less', counted),
    ...(typeof says === 'boolean' ? mistakesAt(part, says ? 'no' : 'yes', ['']) : []),
    ...(typeof answer === 'number' ? [...mistakesAt(part, 'high', ['']), ...mistakesAt(part, 'low', [''])] : []),
    ...(Array.isArray(records) && records.length > 0 ? mistakesAt(part, 'silent', ['']) : []),
    ...(leads
      ? mistakesAt(
          part,
          'goto',
          points.filter((point) => point !== at),
        )
      : []),
    ...mistakesAt(part, 'above', Object.keys(SLOTS[part] ?? {})),
    ...mistakesAt(part, 'below', Object.keys(SLOTS[part] ?? {})),
    ...seen.flatMap((arg) =>
      mistakesAt(
        part,
        'overlook',
        Object.keys(arg).filter((field) => isSomething(arg[field])),
      ),
    ),
  ];
}

/** Runs a sound kernel through cases of a kind, judges it, and finds out in which of them suspects part from it. */
export function screen(
  sound: Kernel,
  kind: CaseKind,
  cases: readonly Case[],
  properties: readonly Property[],
  suspects: readonly Suspect[],
  { most, mistakeIn }: { readonly most: number; readonly mistakeIn: (part: string) => boolean },
): Screening {
  const screening = new Screen(sound, suspects, most, mistakeIn);
  const passed = new Set(properties);
  for (const [i, given] of cases.entries()) {
    screening.begin(i);
    const judge = judgeOf(screening.kernel, kind, given);
    for (const property of properties) if (judge(property, () => undefined) !== undefined) passed.delete(property);
  }
  return { screened: screening.screened(), passed };
}
