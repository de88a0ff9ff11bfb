import { colorsOf, counted, wrap, type Style } from '../counterexample/style.ts';
import type { ShownDifference, ShownKernel } from './describe.ts';

/** A kernel and its differences, as lines. */
export function kernelLines({ name, from, parts, differences }: ShownKernel, style: Style): readonly string[] {
  const c = colorsOf(style);
  const size = counted(parts, 'rule') + ' and steps';
  if (from === undefined) return [`${c.bold(name)}: the first that is specified, ${size}`];
  return [
    `${c.bold(name)}: made from ${from} by ${counted(differences.length, 'difference')}; ${size}`,
    ...differences.flatMap((one) => ['', ...differenceLines(one, style)]),
  ];
}

function differenceLines({ since, commit, why, changes, adds, removes }: ShownDifference, style: Style) {
  const c = colorsOf(style);
  return [
    `  ${c.bold(since)}${commit === undefined ? '' : c.dim(` ${commit}`)}`,
    ...wrap(why, '    '),
    ...partsText('changes', changes),
    ...partsText('adds', adds),
    ...partsText('removes', removes),
  ];
}

const partsText = (what: string, names: readonly string[]): readonly string[] =>
  names.length === 0 ? [] : wrap(names.join(', '), `    ${what} `, '      ');
