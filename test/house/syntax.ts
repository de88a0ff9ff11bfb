import ts from 'typescript';
import { read } from './files.ts';

/** `file:line: text` of every node in these files that offends. Comments and strings are not looked at. */
export function nodesThat(files: readonly string[], offends: (node: ts.Node) => boolean): readonly string[] {
  return files.flatMap((file) => {
    const source = ts.createSourceFile(file, read(file), ts.ScriptTarget.ES2023, true);
    const found: string[] = [];
    const visit = (node: ts.Node): void => {
      if (offends(node)) found.push(`${file}:${lineOf(source, node)}: ${node.getText(source).split('\n')[0] ?? ''}`);
      ts.forEachChild(node, visit);
    };
    visit(source);
    return found;
  });
}

function lineOf(source: ts.SourceFile, node: ts.Node): number {
  return source.getLineAndCharacterOfPosition(node.getStart(source)).line + 1;
}
