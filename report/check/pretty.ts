import { createColors } from 'picocolors';
import type { CheckOutcome, PropertyResult, Share } from '../../search/result.ts';
import { count, duration, propertyCount, type CheckReporter, type CheckSummary, type Made } from './reporter.ts';

const WIDTH_ID = 40;

type Colors = ReturnType<typeof createColors>;

const MARKS: Readonly<Record<CheckOutcome, (c: Colors) => string>> = {
  holds: (c) => c.green('✓ holds'),
  'known failure': (c) => c.yellow('~ known failure'),
  counterexample: (c) => c.red('✗ COUNTEREXAMPLE'),
  vacuous: (c) => c.red('∅ VACUOUS'),
  'no longer fails': (c) => c.red('! NO LONGER FAILS'),
};

const percent = (share: number): string => {
  const value = share * 100;
  return `${value === 0 || value >= 1 ? Math.round(value) : value.toFixed(2)} %`;
};

function shareText(c: Colors, { label, share, least, enough }: Share): string {
  const text = `${label} ${percent(share)}`;
  return enough ? text : c.red(`${text} (needs ${percent(least)})`);
}

function line(c: Colors, result: PropertyResult): string {
  const { property, outcome, runs, failing, shares, ms } = result;
  const failed = outcome === 'known failure' ? `, fails in ${percent(failing / Math.max(1, runs))}` : '';
  const mark = MARKS[outcome](c);
  return [
    `${mark}${' '.repeat(Math.max(1, 18 - MARKS[outcome](createColors(false)).length))}${property.id.padEnd(WIDTH_ID)}`,
    `${`${count(runs)} runs`.padStart(10)}${failed}  ${duration(ms)}`,
    `\n  ${c.dim(shares.map((share) => shareText(c, share)).join(' · '))}`,
  ].join('');
}

function advice({ property, outcome, counterexample }: PropertyResult): string | undefined {
  switch (outcome) {
    case 'vacuous':
      return 'Too few of its interesting cases were drawn: raise --runs, or look at what the generators draw.';
    case 'no longer fails':
      return `It is known to fail, and no case failed. If that was mended, say so in the verdicts of ${property.id}.`;
    case 'counterexample':
      return counterexample!.from === 'saved' ? 'A case saved by an earlier run fails still.' : undefined;
    case 'holds':
    case 'known failure':
      return undefined;
  }
}

const madeText = (made: Made | undefined): string =>
  made === undefined ? '' : `, which is ${made.from} with other ${made.changes.join(', ')}`;

const OUTCOMES: readonly CheckOutcome[] = ['holds', 'known failure', 'counterexample', 'vacuous', 'no longer fails'];

function totals(c: Colors, { kernel, results, seed, again, ms }: CheckSummary): string {
  const parts = OUTCOMES.map((outcome) => ({ outcome, n: results.filter((r) => r.outcome === outcome).length }))
    .filter(({ n }) => n > 0)
    .map(({ outcome, n }) => `${n} ${outcome === 'known failure' && n > 1 ? 'known failures' : outcome}`);
  const head = c.bold(`${kernel}: ${propertyCount(results.length)}`);
  return [
    `\n${head}: ${parts.join(', ')}; seed ${seed}, ${duration(ms)}`,
    c.dim(`again: npx kswapd-spec check ${again}`),
    '',
  ].join('\n');
}

/** For people at a terminal: a line a property, and the whole story of each counterexample. */
export function prettyReporter(
  colors: boolean,
  story: (result: PropertyResult, savedAs: string | undefined) => string,
): CheckReporter {
  const c = createColors(colors);
  return {
    start: ({ kernel, made, seed }, properties) =>
      `${c.bold(`Checking ${propertyCount(properties)} of ${kernel}`)}${madeText(made)}, seed ${seed}\n`,
    result: (result, savedAs) => {
      const lines = [line(c, result)];
      const hint = advice(result);
      if (hint !== undefined) lines.push(`  ${c.yellow(hint)}`);
      if (result.outcome === 'counterexample') lines.push('', story(result, savedAs));
      return `${lines.join('\n')}\n`;
    },
    end: (summary) => totals(c, summary),
  };
}
