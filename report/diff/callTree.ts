import { ALLOC_FLAG_BITS, type Kernel, type RuleName } from '../../model/index.ts';
import { answerOf, sayValue, type Answer, type Value } from '../../search/diff/answer.ts';
import type { Call } from '../../search/diff/recorder.ts';
import { namesOfParams } from '../../search/diff/source.ts';
import type { Read } from '../../search/diff/watch.ts';

/** Marks a call that decides. */
export const DECIDES = '▸';

/** Of an answer, or of what a rule looked at, at most so many values are said. */
const MOST_VALUES = 8;

interface NamedValue {
  readonly name: string;
  readonly value: Value;
}

const isZone = (value: object): value is { readonly name: string } => 'name' in value && 'watermark' in value;

/** The name of the zone that a call is about, if it is about one. */
const zoneOf = ({ args }: Call): string | undefined =>
  args.find((arg): arg is { readonly name: string } => typeof arg === 'object' && arg !== null && isZone(arg))?.name;

/** Whether a part of the state is told elsewhere: the node's table shows it. */
const isShown = (value: object): boolean =>
  isZone(value) || Object.values(value).some((part) => typeof part === 'object');

/** What a rule was asked with, beside the state: by the names that the kernel's own rule has for it. */
function askedWith(kernel: Kernel, { rule, args }: Call): readonly NamedValue[] {
  const names = namesOfParams(kernel, rule as RuleName);
  return args.flatMap((arg, i): readonly NamedValue[] => {
    const name = names[i] ?? '';
    if (typeof arg === 'number' || typeof arg === 'boolean' || typeof arg === 'string') return [{ name, value: arg }];
    if (typeof arg !== 'object' || arg === null || isShown(arg) || names[i] === 'system') return [];
    return Object.entries(answerOf(arg)).map(([key, value]) => ({ name: key, value }));
  });
}

function flagsText(flags: number): string {
  const names = Object.entries(ALLOC_FLAG_BITS).flatMap(([name, bit]) => ((flags & bit) === 0 ? [] : [name]));
  return names.length === 0 ? 'none' : names.join(' and ');
}

const namedText = ({ name, value }: NamedValue): string =>
  name === 'allocFlags' && typeof value === 'number'
    ? `${name} ${flagsText(value)}`
    : `${name} ${sayValue(value)}`.trim();

/** Values that a rule answered with: all of them, or as far as it changed what it was given. */
function answeredWith({ args, answer }: Call): Answer {
  const values = answerOf(answer);
  const given: Record<string, Value> = {};
  for (const arg of args) if (typeof arg === 'object' && arg !== null) Object.assign(given, answerOf(arg));
  return Object.fromEntries(Object.entries(values).filter(([name, value]) => given[name] !== value));
}

function listed(parts: readonly string[]): string {
  const shown = parts.slice(0, MOST_VALUES).join(', ');
  return parts.length > MOST_VALUES ? `${shown} and ${parts.length - MOST_VALUES} more` : shown;
}

const shortName = (name: string): string => name.replaceAll(/(?:^|\b)(?:nodes|zones)\./g, '');

function answerText(call: Call): string {
  const values = Object.entries(answeredWith(call)).filter(([name, value]) => name !== 'records' || value !== '');
  if (values.length === 0) return 'nothing changes';
  return listed(values.map(([name, value]) => `${shortName(name)} ${sayValue(value)}`.trim()));
}

/** The numbers that a rule looked at, each once; those of another zone than the one it is about with its name. */
function lookedAt({ reads }: Call, zone: string | undefined): readonly NamedValue[] {
  const named = (read: Read): string =>
    (read.zone === undefined || read.zone === zone ? '' : `${read.zone} `) + read.path;
  return [...new Map(reads.map((read) => [named(read), read.value])).entries()]
    .filter(([name, value]) => !name.endsWith('present') || value === 0)
    .map(([name, value]) => ({ name, value }));
}

/** Calls, what they looked at, and what they asked in turn, as lines: those that decide are marked. */
export function* callLines(
  kernel: Kernel,
  calls: readonly Call[],
  decisive: ReadonlySet<number>,
  indent = '',
): Generator<string> {
  for (const call of calls) {
    const zone = zoneOf(call);
    const mark = decisive.has(call.number) ? DECIDES : ' ';
    const asked = listed(askedWith(kernel, call).map(namedText));
    const subject = zone === undefined ? call.rule : `${call.rule} ${zone}`;
    yield `${indent}${mark} ${subject}${asked === '' ? '' : `, ${asked}`}: ${answerText(call)}`;
    const looked = lookedAt(call, zone);
    if (looked.length > 0) yield `${indent}    (${listed(looked.map(namedText))})`;
    yield* callLines(kernel, call.calls, decisive, `${indent}  `);
  }
}

const byName = (values: readonly NamedValue[]): object =>
  Object.fromEntries(values.map(({ name, value }) => [name, value]));

/** A call for programs: with what it was asked, what it answered, whether it decides, and what it asked in turn. */
export function callJson(kernel: Kernel, call: Call, decisive: ReadonlySet<number>): object {
  const zone = zoneOf(call);
  const answer = answeredWith(call);
  return {
    rule: call.rule,
    ...(zone === undefined ? {} : { zone }),
    asked: byName(askedWith(kernel, call)),
    answer: answer[''] ?? answer,
    decides: decisive.has(call.number),
    lookedAt: byName(lookedAt(call, zone)),
    calls: call.calls.map((one) => callJson(kernel, one, decisive)),
  };
}
