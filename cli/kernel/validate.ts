import { InputError } from '../../kernel/inputError.ts';
import { kernels, type Kernel } from '../../model/index.ts';
import { differingParts, partsOf } from '../../report/kernels/parts.ts';

const HINT =
  "write: import { deriveKernel, v5_9 } from 'kswapd-spec'; export default deriveKernel(v5_9, { name, ... })";

type Exports = Readonly<Record<string, unknown>>;

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Whether a value was meant to be a kernel: deriveKernel made it, or another kernel was spread into it. */
const isMeantAsKernel = (value: unknown): boolean => isRecord(value) && 'transitions' in value && 'absent' in value;

/** The kernel that a user's file exports, or an InputError that says what is wrong with it. */
export function kernelIn(exports: Exports, path: string): Kernel {
  const found = exportedKernel(exports, path);
  checkName(found, path);
  const base = kernels[String(found['base'])];
  if (base === undefined) {
    throw new InputError({
      what: `the kernel ${String(found['name'])} is made from none that is specified here`,
      where: path,
      expected: `one that deriveKernel made from ${Object.keys(kernels).join(', ')}`,
      hint: HINT,
    });
  }
  checkParts(found, base, path, '');
  const kernel = found as unknown as Kernel;
  const differing = new Set(differingParts(base, kernel));
  if ([...partsOf(base).keys()].every((name) => differing.has(name))) {
    throw new InputError({
      what: `the kernel ${kernel.name} is made of another copy of kswapd-spec`,
      where: path,
      expected: "an import from 'kswapd-spec', which always leads to the copy that runs",
    });
  }
  return kernel;
}

/** The default export, or else the only export that is a kernel. */
function exportedKernel(exports: Exports, path: string): Exports {
  const fallback = exports['default'];
  // A CommonJS file that was compiled from a module has its default inside.
  const inner = isRecord(fallback) && !isMeantAsKernel(fallback) ? fallback['default'] : undefined;
  for (const value of [fallback, inner]) if (isMeantAsKernel(value)) return value as Exports;
  const named = Object.entries(exports).filter(([, value]) => isMeantAsKernel(value));
  if (named.length === 1) return named[0]![1] as Exports;
  const names = Object.keys(exports).join(', ');
  throw new InputError({
    what: named.length > 1 ? 'exports several kernels, and none by default' : 'exports no kernel',
    where: path,
    expected: 'a kernel as its default export, or as the only one of its exports that is a kernel',
    found: named.length > 1 ? named.map(([name]) => name).join(', ') : names === '' ? 'no export' : names,
    hint: HINT,
  });
}

function checkName({ name }: Exports, path: string): void {
  if (typeof name === 'string' && name.trim() !== '' && !Object.hasOwn(kernels, name)) return;
  throw new InputError({
    what: 'exports a kernel without a name of its own',
    where: path,
    expected: "a name that says what it changes, such as name: 'v5.9 with my patch'",
    found: JSON.stringify(name) ?? 'nothing',
  });
}

/** Every rule and step is one that the kernel it is made from has or could have, and a function like that one. */
function checkParts(found: Exports, base: object, path: string, at: string): void {
  for (const [name, value] of Object.entries(found)) {
    const place = at + name;
    const own = (base as Exports)[name];
    if (own === undefined) {
      const known = Object.keys(base).filter((other) => at !== '' || typeof (base as Exports)[other] === 'function');
      throw new InputError({
        what: `there is no rule or step called ${place}`,
        where: path,
        expected: `the name of one that ${at === '' ? 'a kernel' : at.slice(0, -1)} has`,
        hint: nearest(name, known),
      });
    }
    if (typeof own !== typeof value) {
      throw new InputError({
        what: `${place} is no ${typeof own}`,
        where: path,
        expected: `${typeof own === 'object' ? 'an' : 'a'} ${typeof own}, as in the kernel that it is made from`,
        found: value === null ? 'null' : typeof value,
      });
    }
    if (own !== value && isRecord(own) && isRecord(value)) checkParts(value, own, path, `${place}.`);
  }
}

/** The name that was probably meant: the one that shares most pairs of letters. */
function nearest(name: string, known: readonly string[]): string {
  const pairs = new Set(pairsOf(name));
  const shared = (other: string): number => {
    const own = pairsOf(other);
    return (2 * own.filter((pair) => pairs.has(pair)).length) / (own.length + pairs.size);
  };
  const best = known.toSorted((a, b) => shared(b) - shared(a))[0];
  return best === undefined || shared(best) < 0.5 ? 'kswapd-spec kernels lists them' : `did you mean ${best}?`;
}

const pairsOf = (name: string): readonly string[] =>
  Array.from({ length: name.length - 1 }, (_, i) => name.slice(i, i + 2).toLowerCase());
