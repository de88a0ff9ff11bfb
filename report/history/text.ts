import { corrections, type LeftOut } from '../../history/index.ts';
import type { Kernel } from '../../model/index.ts';
import { caseKind, type Failure } from '../../properties/index.ts';
import type { Searched, ShownBug } from '../../search/history.ts';
import { renderFailure, renderGiven, renderHappening } from '../counterexample/index.ts';
import { colorsOf, counted, wrap, type Style } from '../counterexample/style.ts';

/** How wide the columns are: bug, landed, kind, property. */
const WIDTHS = [23, 8, 12, 44];

/** What has no room in its column is cut short; a bug's story has all of it. */
const columns = (...texts: readonly string[]): string =>
  texts
    .map((text, i) => (text.length <= WIDTHS[i]! ? text.padEnd(WIDTHS[i]!) : `${text.slice(0, WIDTHS[i]! - 1)}…`))
    .join(' ');

/** A line on a bug: when, what kind, which property, what came of looking for it, and how small its case is. */
export function bugLine({ bug, property, size }: ShownBug, searched: Searched | undefined, style: Style): string {
  const c = colorsOf(style);
  const { id, landed, kind } = bug;
  const came = searched === undefined ? '' : ` ${searchedText(searched).padStart(22)}`;
  const head = columns(id, landed, kind, property.id);
  const line = `${head}${came} ${sizeText(size)}`.trimEnd();
  return searched?.found === false ? c.red(line) : line;
}

/** What the columns are. */
export function bugHead(searched: boolean, style: Style): string {
  const came = searched ? ` ${'executions to find it'.padStart(22)}` : '';
  return colorsOf(style).dim(`${columns('bug', 'landed', 'kind', 'property')}${came} smallest case`);
}

const searchedText = ({ found, executions, ms }: Searched): string =>
  found ? `${executions.toLocaleString('en-US')}, ${timeText(ms)}` : `NOT IN ${executions.toLocaleString('en-US')}`;

const timeText = (ms: number): string =>
  ms < 1000 ? `${Math.max(1, Math.round(ms))} ms` : `${(ms / 1000).toFixed(1)} s`;

const sizeText = ({ events, turns, parts }: ShownBug['size']): string =>
  events + turns === 0
    ? counted(parts, 'part')
    : `${counted(events, 'event')}, ${counted(turns, 'turn')}, ${counted(parts, 'part')}`;

/** What the account of a bug says otherwise than runs show, if it does. */
function correctionLines(id: string): readonly string[] {
  const found = corrections.find((one) => one.id === id);
  if (found === undefined) return [];
  return ['', ...wrap(`the account: ${found.said}`, '  '), ...wrap(`measured: ${found.measured}`, '  ')];
}

/** The story of a bug, and its smallest case with it and without it. */
export function bugStory({ bug, property, given, failure }: ShownBug, style: Style): string {
  const c = colorsOf(style);
  const { id, title, landed, kind: harm, status, story, faulty, fixed } = bug;
  const kind = caseKind(property);
  const happening = (kernel: Kernel, failed?: Failure): readonly string[] => {
    const text = renderHappening({ property, kernel, kind, given, ...(failed && { failure: failed }) }, style);
    return text === '' ? [] : [text, ''];
  };
  return [
    c.bold(`${id}: ${title}`),
    c.dim(`${status}, ${harm}, landed in ${landed}`),
    '',
    ...wrap(story, '  '),
    ...correctionLines(id),
    '',
    renderGiven({ property, kernel: faulty, kind, given }, style),
    '',
    c.bold(`With it: ${faulty.name}`),
    ...happening(faulty, failure),
    renderFailure(failure, style),
    '',
    c.bold(`Without it: ${fixed.name}`),
    ...happening(fixed),
    c.green(wrap(`${property.id} holds: ${property.title}`, '✓ ').join('\n')),
  ].join('\n');
}

/** Why an entry is not expressed. */
export const leftOutLines = ({ id, title, why }: LeftOut): readonly string[] =>
  wrap(`${id}: ${title}. ${why}`, '  ', '    ');

/** The story of an entry that is not expressed, and why it is not. */
export function leftOutStory({ id, title, status, kind, landed, story, why }: LeftOut, style: Style): string {
  const c = colorsOf(style);
  const head = [c.bold(`${id}: ${title}`), c.dim(`${status}, ${kind}, landed in ${landed}`)];
  return [...head, '', ...wrap(story, '  '), '', c.bold('Left out: the model cannot show it'), ...wrap(why, '  ')].join(
    '\n',
  );
}
