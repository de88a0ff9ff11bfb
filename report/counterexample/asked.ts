import type { Kernel, Machine, Question, QuestionArgs, TraceRecord, Zone } from '../../model/index.ts';
import { ask, type Property } from '../../properties/index.ts';
import { changesBetween, changesText, requestText, shownValue } from './changes.ts';
import { fold } from './fold.ts';
import { recordText } from './say.ts';

/** What a property asks about a state. */
export interface Asked {
  /** The arguments of the question that it reads. */
  readonly args: ReadonlySet<keyof QuestionArgs>;
  /** The rules that it asks, in order, each with its answer: `zoneWatermarkOk Normal, 0, 10: no`. */
  readonly answers: readonly string[];
}

/** So many answers are shown, the first ones and the last; a property may ask a rule for every order and index. */
const MOST_ANSWERS = 12;

/** Listens to what a property asks of a kernel about a state. */
export function listen(property: Property | undefined, kernel: Kernel, given: Question): Asked | undefined {
  if (property?.over !== 'question') return undefined;
  const args = new Set<keyof QuestionArgs>();
  const answers: string[] = [];
  const subject = ask(kernel, given);
  const read = <V>(name: keyof QuestionArgs, value: V): V => {
    args.add(name);
    return value;
  };
  property.check(
    {
      kernel: overheard(kernel, (answer) => answers.push(answer)),
      system: subject.system,
      node: subject.node,
      get zone() {
        return read('zone', subject.zone);
      },
      args: new Proxy(subject.args, {
        get: (target, name: keyof QuestionArgs) => read(name, target[name]),
      }),
      get allocFlags() {
        return read('allocFlags', subject.allocFlags);
      },
    },
    () => undefined,
  );
  return { args, answers: shortened(answers) };
}

function shortened(answers: readonly string[]): readonly string[] {
  const lines = fold(answers, (answer) => answer).map((item) =>
    'shown' in item ? item.shown : `… ${item.hidden.length} more like this`,
  );
  if (lines.length <= MOST_ANSWERS) return lines;
  const half = MOST_ANSWERS / 2;
  const between = `… ${lines.length - MOST_ANSWERS} more answers`;
  return [...lines.slice(0, half), between, ...lines.slice(-half)];
}

type AnyRule = (...args: readonly unknown[]) => unknown;

/** A kernel that tells what it is asked from outside, and what it answers; rules ask each other unheard. */
function overheard(kernel: Kernel, tell: (answer: string) => void): Kernel {
  const heard = { ...kernel } as unknown as Record<string, unknown>;
  for (const [name, rule] of Object.entries(kernel)) {
    if (typeof rule !== 'function' || name === 'startThread') continue;
    heard[name] = (first: unknown, ...rest: readonly unknown[]): unknown => {
      const answer = (rule as AnyRule)(first === heard ? kernel : first, ...rest);
      tell(`${callText(name, first === heard ? rest : [first, ...rest])}: ${answerText(answer, rest)}`);
      return answer;
    };
  }
  return heard as unknown as Kernel;
}

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;
const isZone = (value: unknown): value is Zone => isObject(value) && 'freeArea' in value;
const isMachine = (value: unknown): value is Machine => isObject(value) && 'thread' in value && 'node' in value;

type Plain = number | string | boolean;
const isPlain = (value: unknown): value is Plain => ['number', 'string', 'boolean'].includes(typeof value);

/** A rule and what it is asked about, as far as that has a short name. */
function callText(name: string, args: readonly unknown[]): string {
  const said = args.flatMap((arg) => (isZone(arg) ? [arg.name] : isPlain(arg) ? [shownValue(arg)] : []));
  return said.length === 0 ? name : `${name} ${said.join(', ')}`;
}

/** An answer: a value, or its values and what it makes of the machine. */
function answerText(answer: unknown, args: readonly unknown[]): string {
  if (isPlain(answer)) return shownValue(answer);
  if (!isObject(answer)) return 'nothing';
  const values = Object.entries(answer).flatMap(([name, value]) =>
    isPlain(value) ? [`${name} ${shownValue(value)}`] : [],
  );
  const before = args.find(isMachine);
  const after = Object.values(answer).find(isMachine);
  if (before === undefined || after === undefined) return values.join(', ') || 'a state';
  const changes = changesBetween(before, after);
  const pending = changes.some(({ of }) => of === 'pending') ? '' : `${requestText(after.node)} stays pending`;
  const records = 'records' in answer ? (answer.records as readonly TraceRecord[]) : [];
  return [values.join(', '), changesText(changes), pending, ...records.map((record) => recordText(record, after.node))]
    .filter((text) => text !== '')
    .join('; ');
}
