import { hasRule, kernels, type Kernel, type RuleName } from '../../model/index.ts';

/** The source text of a function's parameters and of all that follows them; undefined for one without a source. */
function sourceOf(rule: unknown): { readonly params: readonly string[]; readonly body: string } | undefined {
  const text = String(rule);
  const open = text.indexOf('(');
  const arrow = text.indexOf('=>');
  if (typeof rule !== 'function' || text.includes('[native code]')) return undefined;
  // A lone parameter of an arrow function needs no parentheses.
  if (arrow >= 0 && (open < 0 || arrow < open)) {
    return { params: [text.slice(0, arrow).replace(/^async\b/, '')], body: text.slice(arrow) };
  }
  const params: string[] = [];
  let depth = 0;
  let from = open + 1;
  for (let i = open; i < text.length; i++) {
    const char = text[i]!;
    if ('([{'.includes(char)) depth++;
    else if (')]}'.includes(char)) depth--;
    const ends = depth === 0;
    if (!ends && !(depth === 1 && char === ',')) continue;
    params.push(text.slice(from, i));
    from = i + 1;
    if (ends) return { params: params.filter((param) => param.trim() !== ''), body: text.slice(i) };
  }
  return undefined;
}

const known = new WeakMap<object, readonly string[]>();

/**
 * What a rule calls its parameters after the kernel, as its own source has them: any kernel's, a user's own too. Those
 * that it leaves unused are named without their underscore; one that has no name of its own is ''.
 */
function paramNames(rule: object): readonly string[] {
  const before = known.get(rule);
  if (before !== undefined) return before;
  const names = (sourceOf(rule)?.params ?? [])
    .slice(1)
    .map((param) => /^\s*_*([A-Za-z$][\w$]*)\s*(?:=|:|\/\*|$)/.exec(param)?.[1] ?? '');
  known.set(rule, names);
  return names;
}

/** What a kernel calls the parameters of a rule; where its own rule does not say, what its base calls them. */
export function namesOfParams(kernel: Kernel, rule: RuleName): readonly string[] {
  const names = paramNames(kernel[rule]);
  const base = kernels[kernel.base];
  return names.some((name) => name !== '') || base === undefined ? names : paramNames(base[rule]);
}

/** The rules that a rule asks by name; undefined if it may ask others, since it hands the kernel to other code. */
function askedBy(rule: unknown): readonly string[] | undefined {
  const source = sourceOf(rule);
  if (source === undefined) return undefined;
  const [first = ''] = source.params;
  const k = /^\s*([A-Za-z_$][\w$]*)\s*(?::|$)/.exec(first)?.[1];
  if (k === undefined) return first.trim() === '' ? [] : undefined;
  const name = k.replaceAll('$', '\\$');
  const asked: string[] = [];
  const rest = source.body.replaceAll(
    new RegExp(`\\b${name}\\.(\\w+)\\(\\s*${name}\\b`, 'g'),
    (_all, rule_: string) => {
      asked.push(rule_);
      return '';
    },
  );
  return new RegExp(`(?<![\\w$.])${name}(?![\\w$])`).test(rest) ? undefined : asked;
}

/** Whether two kernels have the very same function for a rule, or neither has it. */
const isSame = (first: Kernel, second: Kernel, rule: RuleName): boolean =>
  first[rule] === second[rule] || !(hasRule(first, rule) || hasRule(second, rule));

const isRule = (kernel: Kernel, name: string): name is RuleName => typeof kernel[name as RuleName] === 'function';

/**
 * Whether two kernels have the very same function for a rule, and for every rule that it could ask. A rule that hands
 * the kernel to code that cannot be seen through counts as asking all.
 */
export function sameRule(first: Kernel, second: Kernel, rule: RuleName): boolean {
  const seen = new Set<RuleName>();
  const open: RuleName[] = [rule];
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    if (seen.has(name)) continue;
    seen.add(name);
    if (!isSame(first, second, name)) return false;
    const asked = askedBy(first[name]) ?? Object.keys(first);
    open.push(...asked.filter((other) => isRule(first, other)));
  }
  return true;
}
