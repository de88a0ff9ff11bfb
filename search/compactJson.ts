/** Characters that a line may take. */
const WIDTH = 100;

/** The value as JSON for people: what fits stands on one line, and the value itself is always spread out. */
export function compactJson(value: object): string {
  return spread(value, '');
}

function write(value: unknown, indent: string, taken: number): string {
  const line = oneLine(value);
  if (typeof value !== 'object' || value === null) return line;
  return indent.length + taken + line.length + 1 <= WIDTH ? line : spread(value, indent);
}

function spread(value: object, indent: string): string {
  const inner = `${indent}  `;
  if (Array.isArray(value)) {
    if (value.length === 0) return '[]';
    return `[\n${value.map((item) => inner + write(item, inner, 0)).join(',\n')}\n${indent}]`;
  }
  const fields = fieldsOf(value).map(([name, field]) => {
    const key = `${JSON.stringify(name)}: `;
    return inner + key + write(field, inner, key.length);
  });
  return fields.length === 0 ? '{}' : `{\n${fields.join(',\n')}\n${indent}}`;
}

function oneLine(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(oneLine).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const fields = fieldsOf(value).map(([name, field]) => `${JSON.stringify(name)}: ${oneLine(field)}`);
  return fields.length === 0 ? '{}' : `{ ${fields.join(', ')} }`;
}

/** The fields that JSON keeps. */
const fieldsOf = (value: object): readonly (readonly [string, unknown])[] =>
  Object.entries(value).filter(([, field]) => field !== undefined);
