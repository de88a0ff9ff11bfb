import type { Kernel } from '../../../model/index.ts';
import { ownClauses } from '../clauses.ts';
import type { Marks } from '../marks.ts';

type AnyRule = (...args: readonly unknown[]) => unknown;

export const ruleMark = (rule: string, answer: string): string => `rule ${rule}: ${answer}`;
export const clauseMark = (clause: string): string => `clause ${clause}`;

/** What a rule was told by another one that it asked. */
export const askedClause = (rule: string, asked: string): string => `${rule} > ${asked}`;

/** Which rule is being asked: 0 if none is. */
interface Asking {
  rule: number;
  readonly names: string[];
}

/**
 * The kernel with every answer of its rules marked, yes and no or the name that they answer with; and every clause of a
 * rule: what it was told by those that it asked, and which comparison of its own decided.
 */
export function markedKernel(kernel: Kernel, marks: Marks): Kernel {
  const marked = { ...kernel };
  const asking: Asking = { rule: 0, names: [''] };
  for (const [name, rule] of Object.entries(kernel)) {
    if (typeof rule !== 'function' || name === 'startThread' || kernel.absent.some((absent) => absent === name))
      continue;
    Object.assign(marked, { [name]: markedRule(kernel, name, { rule: rule as AnyRule, marks, asking }) });
  }
  return marked;
}

interface ToMark {
  readonly rule: AnyRule;
  readonly marks: Marks;
  readonly asking: Asking;
}

/** The marks of what a rule says: of a no, of a yes, and of other answers, each made when it is first said. */
interface Said {
  readonly no: number;
  readonly yes: number;
  readonly others: Map<unknown, number>;
}

const saidAs = (marks: Marks, nameOf: (answer: string) => string): Said => ({
  no: marks.id(nameOf('no')),
  yes: marks.id(nameOf('yes')),
  others: new Map(),
});

function markedRule(kernel: Kernel, name: string, { rule, marks, asking }: ToMark): AnyRule {
  const own = asking.names.push(name) - 1;
  const says = saidAs(marks, (answer) => ruleMark(name, answer));
  const told: (Said | undefined)[] = [];
  const { names = [], decided } = ownClauses(kernel, name) ?? {};
  const clauses = new Map(names.map((clause) => [clause, marks.id(clauseMark(`${name}: ${clause}`))]));
  const clauseOf = (caller: string, answer: string): string => clauseMark(`${askedClause(caller, name)}: ${answer}`);
  const hitOther = (said: unknown, caller: number): void => {
    const text = said === undefined ? 'asked' : String(said);
    let id = says.others.get(text);
    if (id === undefined) says.others.set(text, (id = marks.id(ruleMark(name, text))));
    marks.hit(id);
    if (said !== undefined && caller !== 0) marks.hit(marks.id(clauseOf(asking.names[caller]!, text)));
  };
  let field: string | undefined;
  return (...args) => {
    const caller = asking.rule;
    asking.rule = own;
    const answer = rule(...args);
    asking.rule = caller;
    let said: unknown = answer;
    if (typeof answer === 'object' && answer !== null) {
      field ??= Object.entries(answer).find(([, value]) => typeof value === 'boolean')?.[0] ?? '';
      said = field === '' ? undefined : (answer as Readonly<Record<string, unknown>>)[field];
    }
    if (typeof said !== 'boolean') {
      hitOther(typeof said === 'string' ? said : undefined, caller);
      return answer;
    }
    marks.hit(said ? says.yes : says.no);
    if (caller !== 0) {
      const those = (told[caller] ??= saidAs(marks, (text) => clauseOf(asking.names[caller]!, text)));
      marks.hit(said ? those.yes : those.no);
    }
    if (decided !== undefined) marks.hit(clauses.get(decided(said, args))!);
    return answer;
  };
}
