import ts from 'typescript';
import { linesThatMatch, read } from './files.ts';

/** `@kernel v4.0 mm/vmscan.c pgdat_balanced` */
export const WELL_FORMED = /^@kernel v\d+\.\d+ [\w./-]+\.[chS] [\w, ]+$/;

/** Something that a file exports, with the sources in its doc comment. */
export interface Declared {
  readonly file: string;
  readonly name: string;
  readonly kind: 'function' | 'constant';
  /** The type that it is declared to have, if that is a plain name. */
  readonly type?: string;
  readonly citations: readonly string[];
}

const parse = (file: string): ts.SourceFile => ts.createSourceFile(file, read(file), ts.ScriptTarget.ES2023, true);

/** The functions and constants that files export. */
export function declarationsOf(files: readonly string[], sources = files.map(parse)): readonly Declared[] {
  return sources.flatMap((source) => source.statements.flatMap((statement) => declaredBy(source.fileName, statement)));
}

function declaredBy(file: string, statement: ts.Statement): readonly Declared[] {
  if (ts.isFunctionDeclaration(statement) && isExported(statement) && statement.name !== undefined) {
    return [{ file, name: statement.name.text, kind: 'function', citations: citationsOf(statement) }];
  }
  if (!ts.isVariableStatement(statement) || !isExported(statement)) return [];
  return statement.declarationList.declarations.flatMap(({ name, type, initializer }) => {
    if (!ts.isIdentifier(name)) return [];
    const kind = initializer !== undefined && ts.isArrowFunction(initializer) ? 'function' : 'constant';
    const typeName =
      type !== undefined && ts.isTypeReferenceNode(type) && ts.isIdentifier(type.typeName)
        ? type.typeName.text
        : undefined;
    const typed = typeName === undefined ? {} : { type: typeName };
    return [{ file, name: name.text, kind, ...typed, citations: citationsOf(statement) } as const];
  });
}

const isExported = (node: ts.HasModifiers): boolean =>
  node.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword) === true;

function citationsOf(node: ts.Node): readonly string[] {
  const tags = ts.getJSDocTags(node).filter(({ tagName }) => tagName.text === 'kernel');
  return tags.map(({ comment }) => ts.getTextOfJSDocComment(comment) ?? '').filter((text) => text !== '');
}

/** Every `@kernel` line of files, from the tag on. */
export function citationsIn(files: readonly string[]): readonly { readonly where: string; readonly text: string }[] {
  return linesThatMatch(files, /^\s*(\/\*\*|\*) @kernel\b/).map((line) => {
    const at = line.indexOf('@kernel');
    return { where: line.slice(0, at), text: line.slice(at).replace(/\s*\*\/$/, '') };
  });
}
