import ts from 'typescript';
import { expect, test } from 'vitest';
import { typescriptFiles } from './files.ts';
import { nodesThat } from './syntax.ts';

test('no value is cast to any', () => {
  const castsToAny = (node: ts.Node): boolean => ts.isAsExpression(node) && node.type.kind === ts.SyntaxKind.AnyKeyword;
  expect(nodesThat(typescriptFiles(), castsToAny)).toEqual([]);
});
