import type { z } from 'zod';
import { InputError } from './inputError.ts';

const shown = (value: unknown): string => {
  const text = JSON.stringify(value) ?? 'nothing';
  return text.length > 80 ? `${text.slice(0, 77)}...` : text;
};

const valueAt = (input: unknown, path: readonly PropertyKey[]): unknown => {
  let value = input;
  for (const key of path) {
    if (typeof value !== 'object' || value === null) return undefined;
    value = (value as Record<PropertyKey, unknown>)[key];
  }
  return value;
};

/** `node.zones[1].managed`, as one would write it. */
const pathText = (path: readonly PropertyKey[]): string =>
  path.reduce<string>(
    (text, key) => (typeof key === 'number' ? `${text}[${key}]` : text === '' ? String(key) : `${text}.${String(key)}`),
    '',
  );

/** The value as the schema describes it, or an InputError that names the first place where it differs. */
export function parseWith<T>(schema: z.ZodType<T>, input: unknown, where: string, hint?: string): T {
  const result = schema.safeParse(input);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  const path = issue?.path ?? [];
  const place = pathText(path);
  throw new InputError({
    what: place === '' ? 'not of the expected form' : `${place} is not of the expected form`,
    where,
    expected: issue?.message ?? 'another form',
    found: shown(valueAt(input, path)),
    ...(hint === undefined ? {} : { hint }),
  });
}

/** The text as JSON, or an InputError that says where it ends being JSON. */
export function parseJson(text: string, where: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new InputError({
      what: 'not JSON',
      where,
      expected: 'one JSON value',
      found: error instanceof Error ? error.message : String(error),
      hint: 'check that the file is complete; vectors are JSON Lines, one case a line',
    });
  }
}
