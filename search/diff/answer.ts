import type { Machine, Node } from '../../model/index.ts';

export type Value = number | boolean | string;

/** What a rule answered, as plain values by name; a rule that answers one value has it under ''. */
export type Answer = Readonly<Record<string, Value>>;

const isMachine = (value: object): value is Machine => 'waits' in value && 'node' in value;

/** What rules change of a machine: the request to its kswapd, and who waits. */
function machineValues(prefix: string, { node, waits }: Machine, into: Record<string, Value>): void {
  for (const [name, value] of Object.entries(waits)) into[prefix + name] = value as Value;
  requestValues(prefix, node, into);
}

function requestValues(prefix: string, { kswapd }: Node, into: Record<string, Value>): void {
  for (const [name, value] of Object.entries(kswapd)) into[prefix + name] = value as Value;
}

function valuesOf(name: string, value: unknown, into: Record<string, Value>): void {
  if (typeof value === 'number' || typeof value === 'boolean' || typeof value === 'string') into[name] = value;
  if (typeof value !== 'object' || value === null) return;
  const prefix = name === '' ? '' : `${name}.`;
  if (isMachine(value)) {
    machineValues('', value, into);
    return;
  }
  for (const [key, part] of Object.entries(value)) {
    if (key === 'records') into[key] = (part as readonly { readonly ev: string }[]).map(({ ev }) => ev).join();
    else if (part !== undefined) valuesOf(prefix + keyOf(key, part), part, into);
  }
}

/** A zone goes by its name, and a node by its id. */
function keyOf(key: string, part: unknown): string {
  if (typeof part !== 'object' || part === null) return key;
  if ('name' in part) return String(part.name);
  return 'id' in part && 'zones' in part ? `node ${String(part.id)}` : key;
}

/** What a rule said, if that is a yes or a no beside the machine that it leaves. */
export function yesOrNoOf(answer: unknown): readonly [name: string, yes: boolean] | undefined {
  if (typeof answer !== 'object' || answer === null || !('machine' in answer)) return undefined;
  const said = Object.entries(answer).filter((entry): entry is [string, boolean] => typeof entry[1] === 'boolean');
  return said.length === 1 ? said[0] : undefined;
}

/** A rule's answer as plain values. */
export function answerOf(answer: unknown): Answer {
  const values: Record<string, Value> = {};
  valuesOf('', answer, values);
  return values;
}

/** A value that two answers have differently; undefined where one has no such value. */
export interface Difference {
  readonly name: string;
  readonly first: Value | undefined;
  readonly second: Value | undefined;
}

/** The values that two answers differ in. */
export function differencesBetween(first: Answer, second: Answer): readonly Difference[] {
  const names = new Set([...Object.keys(first), ...Object.keys(second)]);
  return [...names]
    .filter((name) => first[name] !== second[name])
    .map((name) => ({ name, first: first[name], second: second[name] }));
}

/** Words that later kernels have other ones for. v4.8 renamed what compaction calls a request that would succeed. */
const LATER_WORDS: Readonly<Record<string, string>> = { COMPACT_PARTIAL: 'COMPACT_SUCCESS' };

const laterWord = (answer: unknown): unknown => (typeof answer === 'string' ? (LATER_WORDS[answer] ?? answer) : answer);

/** Whether two answers say the same, by whatever word. */
export const sameAnswer = (first: unknown, second: unknown): boolean =>
  laterWord(first) === laterWord(second) ||
  (typeof first === 'object' &&
    typeof second === 'object' &&
    differencesBetween(answerOf(first), answerOf(second)).length === 0);

/** A value as one would say it. */
export function sayValue(value: Value | undefined): string {
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (value === undefined) return 'nothing';
  return value === '' ? 'none' : String(value);
}

/** The value of one side, without its number: which of the two is more is what makes two cases alike. */
export function sideOf(own: Value | undefined, other: Value | undefined): string {
  if (typeof own !== 'number' || typeof other !== 'number') return typeof own === 'number' ? 'a number' : sayValue(own);
  return own < other ? 'less' : 'more';
}
