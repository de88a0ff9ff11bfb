import { describe, expect, test } from 'vitest';
import { keptLasso } from '../../book/lassos.ts';
import { eventualPage } from '../../book/eventualPage.ts';
import { kernels, runScenario, runWhole } from '../../model/index.ts';
import { allEventualProperties, isOwedOnMachines } from '../../properties/index.ts';
import { isWholeLasso, unrolled } from '../../search/explore/liveness/lasso.ts';

const failures = allEventualProperties.flatMap((property) =>
  Object.entries(property.verdicts).flatMap(([kernel, { holds }]) =>
    holds ? [] : [[kernel, property.id, property] as const],
  ),
);

describe('the kept runs that go on for ever', () => {
  test.each(failures)('in %s: %s is never given, however often it goes round', (name, id, property) => {
    const lasso = keptLasso(id, name)!;
    const kernel = kernels[name]!;
    for (const rounds of [0, 1, 2, 5]) {
      if (isWholeLasso(lasso) && isOwedOnMachines(property)) {
        const { machine } = runWhole(kernel, unrolled(lasso, rounds));
        const owedTo = Array.from({ length: property.owedTo(machine) }, (_, who) => who);
        expect(owedTo.some((who) => !property.until(machine, who))).toBe(true);
      } else if (!isWholeLasso(lasso) && !isOwedOnMachines(property)) {
        expect(property.until(runScenario(kernel, unrolled(lasso, rounds)).machine)).toBe(false);
      } else throw new Error('the lasso is of another kind than the property');
    }
  });

  test('are all told in the book, with what makes them count', () => {
    const text = eventualPage();
    for (const [kernel] of failures) expect(text).toContain(`In ${kernel} it goes round like this:`);
    expect(text.match(/it goes round like this:/g)).toHaveLength(failures.length);
    expect(text.match(/- Counts only if it is fair: /g)).toHaveLength(allEventualProperties.length);
  });
});
