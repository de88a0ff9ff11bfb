import ts from 'typescript';

/** A mutant as Stryker reports it. */
export interface ReportedMutant {
  readonly status: string;
  readonly mutatorName: string;
  readonly replacement?: string;
  readonly location: { readonly start: Place; readonly end: Place };
}

/** Line and column from 1. */
interface Place {
  readonly line: number;
  readonly column: number;
}

/** The mutants of each file, with the text that they were made of. */
export interface Report {
  readonly files: Readonly<Record<string, { readonly source: string; readonly mutants: readonly ReportedMutant[] }>>;
}

/** A mutant by what it changes, so that it stays the same when lines are added above it. */
export interface Mutant {
  readonly file: string;
  readonly status: string;
  readonly mutator: string;
  /** The names of what it stands in, outermost first: `nextZone.step`. */
  readonly within: string;
  /** The text that is changed, on one line. */
  readonly text: string;
  /** What it is changed to, on one line. */
  readonly to: string;
  readonly line: number;
}

const onOneLine = (text: string): string => text.replaceAll(/\s+/g, ' ').trim();

/** The mutants of a report, file by file. */
export const mutantsOf = ({ files }: Report): readonly Mutant[] =>
  Object.entries(files).flatMap(([file, { source, mutants }]) => {
    const parsed = parse(file, source);
    return mutants.map(({ status, mutatorName, replacement, location: { start, end } }) => {
      const from = parsed.getPositionOfLineAndCharacter(start.line - 1, start.column - 1);
      const until = parsed.getPositionOfLineAndCharacter(end.line - 1, end.column - 1);
      return {
        file,
        status,
        mutator: mutatorName,
        within: namesAround(parsed, from, until).join('.'),
        text: onOneLine(source.slice(from, until)),
        to: onOneLine(replacement ?? ''),
        line: start.line,
      };
    });
  });

/** Every text that a file has, as it would stand in a mutant: what it stands in, and itself. */
export function textsOf(file: string, source: string): ReadonlySet<string> {
  const found = new Set<string>();
  const visit = (node: ts.Node, names: readonly string[]): void => {
    found.add(placed(names.join('.'), onOneLine(node.getText())));
    const name = nameOf(node);
    node.forEachChild((child) => visit(child, name === undefined ? names : [...names, name]));
  };
  visit(parse(file, source), []);
  return found;
}

/** What stands where, as one text. */
export const placed = (within: string, text: string): string => `${within}: ${text}`;

const parse = (file: string, source: string): ts.SourceFile =>
  ts.createSourceFile(file, source, ts.ScriptTarget.Latest, true);

function namesAround(file: ts.SourceFile, from: number, until: number): readonly string[] {
  const names: string[] = [];
  const visit = (node: ts.Node): void => {
    if (node.getStart() > from || node.getEnd() < until) return;
    const isMutant = node.getStart() === from && node.getEnd() === until;
    const name = isMutant ? undefined : nameOf(node);
    if (name !== undefined) names.push(name);
    if (!isMutant) node.forEachChild(visit);
  };
  visit(file);
  return names;
}

/** The name of a function, a constant or a field. */
function nameOf(node: ts.Node): string | undefined {
  const isNamed = ts.isFunctionDeclaration(node) || ts.isVariableDeclaration(node) || ts.isPropertyAssignment(node);
  return isNamed && node.name !== undefined && ts.isIdentifier(node.name) ? node.name.text : undefined;
}
