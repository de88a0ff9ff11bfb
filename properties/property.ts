import type {
  DirectRun,
  Kernel,
  Machine,
  Node,
  QuestionArgs,
  Run,
  SetupMachine,
  Step,
  System,
  Turn,
  WholeRun,
  Zone,
} from '../model/index.ts';

export const FAMILIES = [
  'sleep',
  'balance',
  'compaction',
  'watermark',
  'setup',
  'rounds',
  'accounting',
  'requests',
  'loop',
  'liveness',
  'direct',
  'machine',
] as const;
export type Family = (typeof FAMILIES)[number];

/** What a property says of a kernel: it holds, or it is known to fail, and why. A known failure must fail. */
export type Verdict =
  | { readonly holds: true }
  | {
      readonly holds: false;
      /** The reason, in a sentence or two. */
      readonly why: string;
      /** Ids in the catalogue of kswapd's history. */
      readonly history: readonly string[];
    };

export const HOLDS: Verdict = { holds: true };

/** The same verdict for every kernel that is specified. */
export const everywhere = (verdict: Verdict): Readonly<Record<string, Verdict>> => ({
  'v4.0': verdict,
  'v4.19': verdict,
  'v5.9': verdict,
});

/** It holds in every kernel that is specified. */
export const EVERY_KERNEL = everywhere(HOLDS);

export const knownToFail = (why: string, ...history: readonly string[]): Verdict => ({ holds: false, why, history });

/** Why a property does not hold of a case: the clause that failed, and its numbers. */
export interface Failure {
  /** The clause as a sentence, numbers included. */
  readonly clause: string;
  /** Where in a run, as an index into its steps. */
  readonly step?: number;
}

/** Reports that a case of some kind was met. */
export type See<L extends string> = (label: L) => void;

/** Reports a number that a case came to, which a search may drive up. */
export type Reach = (amount: number) => void;

/** Whether a property says anything of a kernel, or of the one that it was made from. */
export const isAskedOf = ({ verdicts }: Pick<Property, 'verdicts'>, { base }: Kernel): boolean =>
  verdicts[base] !== undefined;

interface PropertyOf<O extends string, S> {
  /** Stable, in kebab case. */
  readonly id: string;
  readonly family: Family;
  /** A few words. */
  readonly title: string;
  /** The promise, in one or two sentences. */
  readonly statement: string;
  /** Where the kernel makes it: version, file, function. */
  readonly sources: readonly string[];
  /** Verdicts by kernel name. Kernels that are left out promise no such thing, and are not asked. */
  readonly verdicts: Readonly<Record<string, Verdict>>;
  /** Why it is worth having although no known bug or fault is noticed by it alone. */
  readonly keptFor?: string;
  /** The kinds of case it must have seen, each with the least share of cases. Fewer make the check vacuous. */
  readonly mustSee: Readonly<Record<string, number>>;
  /** What the number is that its check reports, the higher the nearer to where it could fail: `rounds in vain`. */
  readonly target?: string;
  /** What is judged: a step of a run, a run, a question about a state, a set-up, a direct reclaim, a whole machine. */
  readonly over: O;
  readonly check: (subject: S, see: See<string>, reach?: Reach) => Failure | undefined;
}

/** A step, with what surrounds it. */
export interface StepSubject {
  readonly kernel: Kernel;
  readonly step: Step;
}

/** A state, and what is asked about it. */
export interface AskedSubject {
  readonly kernel: Kernel;
  readonly system: System;
  readonly node: Node;
  /** The zone that is asked about. */
  readonly zone: Zone;
  readonly args: QuestionArgs;
  /** The flags of the arguments, or'ed. */
  readonly allocFlags: number;
}

/** A set-up: the machine before it and after it. */
export interface SetupSubject {
  readonly kernel: Kernel;
  readonly before: SetupMachine;
  readonly after: SetupMachine;
}

export type StepProperty = PropertyOf<'step', StepSubject>;

/** What a property of runs remembers, step by step, so that it can be judged without the whole run at hand. */
export interface Watch<S, L extends string> {
  /** What is remembered before anything has happened: plain data of stable shape. */
  readonly begin: (start: Machine) => S;
  /** Judges a step by what is remembered, and changes that. */
  readonly next: (seen: S, step: Step, see: See<L>, kernel: Kernel) => Failure | undefined;
}

/** A property of runs that is judged of any single turn as of a run, unless it says what more it spans. */
interface OfRuns {
  /** What it spans: `a request`. */
  readonly spans?: string;
}

/** What follows a run in an environment of a property's own, by which the property judges it. */
export interface Sequel {
  /** What the environment is like, in a few words. */
  readonly like: string;
  /** Its turns, after those that the run took. */
  readonly script: readonly Turn[];
}

export type RunProperty = PropertyOf<'run', Run> &
  OfRuns & { readonly watch?: Watch<object, string>; readonly sequel?: (run: Run) => Sequel };
export type QuestionProperty = PropertyOf<'question', AskedSubject>;
export type SetupProperty = PropertyOf<'setup', SetupSubject>;
export type DirectProperty = PropertyOf<'direct', DirectRun>;
export type MachineProperty = PropertyOf<'machine', WholeRun> & OfRuns;

export type Property = StepProperty | RunProperty | QuestionProperty | SetupProperty | DirectProperty | MachineProperty;

type Draft<P, L extends string> = P extends { check: (subject: infer S, see: never) => unknown }
  ? Omit<P, 'check' | 'over' | 'mustSee'> & {
      readonly mustSee: Readonly<Record<L, number>>;
      readonly check: (subject: S, see: See<NoInfer<L>>, reach?: Reach) => Failure | undefined;
    }
  : never;

/** A property of single steps: its labels are those that it must see. */
export const stepProperty = <L extends string>(draft: Draft<StepProperty, L>): StepProperty =>
  ({ ...draft, over: 'step' }) as StepProperty;

/** A property of whole runs. */
export const runProperty = <L extends string>(draft: Draft<RunProperty, L>): RunProperty =>
  ({ ...draft, over: 'run' }) as RunProperty;

type WatchDraft<S, L extends string> = Omit<Draft<RunProperty, L>, 'check' | 'spans' | 'watch'> & {
  readonly watch: Watch<S, NoInfer<L>>;
};

/** A property of whole runs that remembers little on the way. */
export const watchProperty = <S, L extends string>(draft: WatchDraft<S, L>): RunProperty => {
  const { begin, next } = draft.watch;
  const check = ({ kernel, start, steps }: Run, see: See<string>): Failure | undefined => {
    const seen = begin(start);
    for (const [i, step] of steps.entries()) {
      const failure = next(seen, step, see, kernel);
      if (failure !== undefined) return { clause: failure.clause, step: i };
    }
    return undefined;
  };
  return { ...draft, over: 'run', check } as unknown as RunProperty;
};

/** A property of rules that are asked about a state. */
export const questionProperty = <L extends string>(draft: Draft<QuestionProperty, L>): QuestionProperty =>
  ({ ...draft, over: 'question' }) as QuestionProperty;

/** A property of set-up. */
export const setupProperty = <L extends string>(draft: Draft<SetupProperty, L>): SetupProperty =>
  ({ ...draft, over: 'setup' }) as SetupProperty;

/** A property of direct reclaims. */
export const directProperty = <L extends string>(draft: Draft<DirectProperty, L>): DirectProperty =>
  ({ ...draft, over: 'direct' }) as DirectProperty;

/** A property of runs of whole machines. */
export const machineProperty = <L extends string>(draft: Draft<MachineProperty, L>): MachineProperty =>
  ({ ...draft, over: 'machine' }) as MachineProperty;
