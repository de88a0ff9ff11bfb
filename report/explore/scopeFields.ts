import { z } from 'zod';
import { scopeSchema } from '../../kernel/schema/scope.ts';
import { wholeScopeSchema } from '../../kernel/schema/wholeScope.ts';

/** A field of a scope file, as its schema has it. */
export interface ScopeField {
  /** Where it stands: `zones[].watermark.min`. */
  readonly path: string;
  /** What may stand there. */
  readonly form: string;
  /** What is taken if it is left out, or that it must be there. */
  readonly otherwise: string;
  readonly says: string;
}

/** What is used of a JSON Schema. */
interface Node {
  readonly type?: string;
  readonly description?: string;
  readonly default?: unknown;
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly items?: Node;
  readonly anyOf?: readonly Node[];
  readonly properties?: Readonly<Record<string, Node>>;
  readonly required?: readonly string[];
}

/** The fields of a scope of one kswapd. */
export const kswapdScopeFields = (): readonly ScopeField[] => fieldsOf(z.toJSONSchema(scopeSchema, { io: 'input' }));

/** The fields of a scope of a whole machine. */
export const wholeScopeFields = (): readonly ScopeField[] =>
  fieldsOf(z.toJSONSchema(wholeScopeSchema, { io: 'input' }));

const fieldsOf = (schema: object): readonly ScopeField[] => [...fieldsIn('', schema as Node)];

function* fieldsIn(at: string, { properties = {}, required = [] }: Node): Generator<ScopeField> {
  for (const [name, node] of Object.entries(properties)) {
    const path = `${at}${name}`;
    const inner = node.type === 'array' ? node.items : node;
    const holds = inner?.properties === undefined ? undefined : inner;
    if (holds === undefined || node.description !== undefined) {
      const left = node.default === undefined ? '' : JSON.stringify(node.default);
      const otherwise = required.includes(name) ? 'must be there' : left;
      yield { path, form: formOf(node), otherwise, says: node.description ?? '' };
    }
    if (holds !== undefined) yield* fieldsIn(`${path}${node.type === 'array' ? '[]' : ''}.`, holds);
  }
}

function formOf({ type, enum: words, const: only, minimum, maximum = 0, items, anyOf }: Node): string {
  if (anyOf !== undefined) return anyOf.map(formOf).join(' or ');
  if (only !== undefined) return JSON.stringify(only);
  if (words !== undefined) return words.map((word) => JSON.stringify(word)).join(', ');
  switch (type) {
    case 'array':
      return items?.properties === undefined ? `list of ${formOf(items!)}` : 'list';
    case 'integer':
      return maximum < Number.MAX_SAFE_INTEGER ? `${minimum} to ${maximum}` : `${minimum} or more`;
    case 'boolean':
      return 'true or false';
    default:
      return 'text';
  }
}
