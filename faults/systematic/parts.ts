import type { Kernel } from '../../model/index.ts';

/** A function of a kernel: a rule, a step, or what a wait does. All but `startThread` take the kernel first. */
export type PartFunction = (...args: readonly unknown[]) => unknown;

type Steps = Readonly<Record<string, object>>;
interface Machine {
  readonly transitions: Steps;
  readonly yields: Steps;
}

const STEP_FUNCTIONS = ['step', 'work', 'resume'] as const;

/** A step or a wait with its functions changed; the same one if they are not. */
function changedStep(entry: object, change: (as: PartFunction) => PartFunction): object {
  const functions = entry as Readonly<Record<string, PartFunction | undefined>>;
  const changed = STEP_FUNCTIONS.flatMap((name) => {
    const as = functions[name];
    const now = as && change(as);
    return now === as ? [] : [[name, now] as const];
  });
  return changed.length === 0 ? entry : { ...entry, ...Object.fromEntries(changed) };
}

const changedSteps = (machine: string, steps: Steps, change: PartChange): Steps =>
  Object.fromEntries(
    Object.entries(steps).map(([at, entry]) => [at, changedStep(entry, (as) => change(`${machine}.${at}`, as))]),
  );

const changedMachine = (name: string, { transitions, yields }: Machine, change: PartChange): Machine => ({
  transitions: changedSteps(name, transitions, change),
  yields: changedSteps(name, yields, change),
});

/** What becomes of a part, named as `zoneBalanced`, `kswapd.wake`, `directReclaim.shrink` or `allocator.retry`. */
export type PartChange = (part: string, as: PartFunction) => PartFunction;

/** A kernel whose parts are other ones. Those that the change gives back as they are stay the same. */
export function changeParts(kernel: Kernel, change: PartChange): Kernel {
  const rules = Object.entries(kernel as unknown as Readonly<Record<string, unknown>>).flatMap(([name, rule]) =>
    typeof rule !== 'function' || kernel.absent.some((gone) => gone === name)
      ? []
      : [[name, change(name, rule as PartFunction)] as const],
  );
  return Object.assign({ ...kernel }, Object.fromEntries(rules), changedMachine('kswapd', kernel as Machine, change), {
    directReclaim: changedMachine('directReclaim', kernel.directReclaim as Machine, change),
    allocator: changedMachine('allocator', kernel.allocator as Machine, change),
  });
}
