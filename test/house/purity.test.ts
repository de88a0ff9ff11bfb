import ts from 'typescript';
import { expect, test } from 'vitest';
import { typescriptFiles } from './files.ts';
import { nodesThat } from './syntax.ts';

const MODEL = typescriptFiles('model/');

/** Clocks, chance and the world outside. */
const IMPURE_GLOBALS = new Set(['Date', 'console', 'crypto', 'globalThis', 'performance', 'process']);

test('the model reads no clock and no environment, and prints nothing', () => {
  expect(nodesThat(MODEL, (node) => isGlobal(node) && IMPURE_GLOBALS.has(node.text))).toEqual([]);
});

test('the model draws no random number', () => {
  expect(nodesThat(MODEL, (node) => ts.isPropertyAccessExpression(node) && isRandom(node))).toEqual([]);
});

test('the model imports only its own files, no package and nothing of Node', () => {
  expect(nodesThat(MODEL, (node) => isModuleSpecifier(node) && !/^\.\.?\//.test(node.text))).toEqual([]);
});

test('the model keeps no variable between calls', () => {
  const isVariableOfFile = (node: ts.Node): boolean =>
    ts.isVariableStatement(node) &&
    ts.isSourceFile(node.parent) &&
    (node.declarationList.flags & ts.NodeFlags.Const) === 0;
  expect(nodesThat(MODEL, isVariableOfFile)).toEqual([]);
});

/** A name that stands for itself, unlike the `x` of `zone.x` and of `{ x: 1 }`. */
function isGlobal(node: ts.Node): node is ts.Identifier {
  if (!ts.isIdentifier(node)) return false;
  const { parent } = node;
  const isMemberName = ts.isPropertyAccessExpression(parent) && parent.name === node;
  const isDeclaredName = 'name' in parent && parent.name === node && !ts.isShorthandPropertyAssignment(parent);
  return !isMemberName && !isDeclaredName;
}

function isRandom(node: ts.PropertyAccessExpression): boolean {
  return node.name.text === 'random' && ts.isIdentifier(node.expression) && node.expression.text === 'Math';
}

function isModuleSpecifier(node: ts.Node): node is ts.StringLiteral {
  const { parent } = node;
  if (!ts.isStringLiteral(node)) return false;
  if (ts.isImportDeclaration(parent) || ts.isExportDeclaration(parent)) return parent.moduleSpecifier === node;
  return ts.isCallExpression(parent) && parent.expression.kind === ts.SyntaxKind.ImportKeyword;
}
