import { watchWhole, type Kernel, type WholeRun, type WholeScenario } from '../../model/index.ts';
import type { Failure, See, Verdict } from '../property.ts';

/** A property of the run of a whole machine. Failures point at a step of it. */
export interface MachineProperty {
  /** Stable, in kebab case. */
  readonly id: string;
  /** A few words. */
  readonly title: string;
  /** The promise, in one or two sentences. */
  readonly statement: string;
  /** Where the kernel makes it: version, file, function. */
  readonly sources: readonly string[];
  /** Verdicts by kernel name. */
  readonly verdicts: Readonly<Record<string, Verdict>>;
  /** The kinds of case it must have seen, each with the least share of machines. Fewer make the check vacuous. */
  readonly mustSee: Readonly<Record<string, number>>;
  readonly check: (run: WholeRun, see: See<string>) => Failure | undefined;
}

interface Draft<L extends string> extends Omit<MachineProperty, 'check' | 'mustSee'> {
  readonly mustSee: Readonly<Record<L, number>>;
  readonly check: (run: WholeRun, see: See<NoInfer<L>>) => Failure | undefined;
}

/** A property of whole machines: its labels are those that it must see. */
export const machineProperty = <L extends string>(draft: Draft<L>): MachineProperty => draft as MachineProperty;

/** A judge of properties on the run of one machine, which is run once for all of them. */
export function judgeMachine(
  kernel: Kernel,
  scenario: WholeScenario,
): (property: MachineProperty, see: See<string>) => Failure | undefined {
  const run = watchWhole(kernel, scenario);
  return (property, see) => property.check(run, see);
}
