import pc from 'picocolors';
import { InputError } from '../kernel/inputError.ts';
import { watchScenario, type Kernel } from '../model/index.ts';
import { allEventualProperties, isOwedOnMachines } from '../properties/index.ts';
import { renderSteps } from '../report/counterexample/index.ts';
import { replayExitCode } from '../report/replay.ts';
import { replayedLassoJson, replayedLassoText, replayLasso } from '../report/replayLasso.ts';
import { writeLines } from '../report/writer.ts';
import { compactJson } from '../search/compactJson.ts';
import { isWholeLasso, unrolled } from '../search/explore/liveness/lasso.ts';
import type { SavedCase } from '../search/savedCase.ts';

interface How {
  readonly step?: true;
  readonly json?: true;
  /** How messages call the file. */
  readonly where: string;
}

/** Runs a saved lasso again, shows it, and returns the exit code. */
export async function showLasso(saved: SavedCase, kernel: Kernel, { step, json, where }: How): Promise<number> {
  const property = allEventualProperties.find(({ id }) => id === saved.property);
  if (property === undefined || isOwedOnMachines(property) !== (saved.kind === 'machine')) {
    throw new InputError({
      what: 'goes round for ever without naming what is owed',
      where,
      expected: `a property of what is owed in the end of a ${saved.kind}`,
      found: saved.property ?? 'none',
    });
  }
  const replayed = replayLasso(saved, kernel, property);
  const style = { colors: pc.isColorSupported };
  if (json === true) {
    await writeLines(process.stdout, [compactJson(replayedLassoJson(replayed))]);
    return replayExitCode(replayed);
  }
  const { lasso } = replayed;
  const steps =
    step === true && !isWholeLasso(lasso) ? ['', ...renderSteps(watchScenario(kernel, unrolled(lasso, 1)), style)] : [];
  const head = [pc.bold(`${saved.id}, run by ${kernel.name}`), ''];
  await writeLines(process.stdout, [...head, replayedLassoText(replayed, style), ...steps]);
  return replayExitCode(replayed);
}
