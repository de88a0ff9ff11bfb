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

/** What a message asks for, without the words around it: the error says by itself that it is expected. */
const expectedText = (message: string): string =>
  message.replace(/^(Invalid input: )?expected /, '').replace(/, (received|but found) .*$/, '');

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
    expected: issue === undefined ? 'another form' : expectedText(issue.message),
    found: shown(valueAt(input, path)),
    ...(hint === undefined ? {} : { hint }),
  });
}

/** Nothing that is read here nests deeper than a tenth of this; what does would overflow the stack later. */
const MAX_DEPTH = 100;

/** The text as JSON, or an InputError that says where it ends being JSON. */
export function parseJson(text: string, where: string, hint = 'check that the file is complete'): unknown {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new InputError({
      what: 'not JSON',
      where,
      expected: 'one JSON value',
      found: error instanceof Error ? error.message : String(error),
      hint,
    });
  }
  if (isDeeperThan(MAX_DEPTH, text)) {
    throw new InputError({ what: `lists and records nest more than ${MAX_DEPTH} deep`, where });
  }
  return value;
}

const [QUOTE, BACKSLASH] = [0x22, 0x5c];

/** Whether lists and records of a JSON text nest deeper. */
function isDeeperThan(most: number, text: string): boolean {
  let depth = 0;
  let quoted = false;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (quoted) {
      if (code === BACKSLASH) i++;
      else if (code === QUOTE) quoted = false;
    } else if (code === QUOTE) quoted = true;
    // [ and {, then ] and }: each pair differs in one bit only.
    else if ((code & ~0x20) === 0x5b && ++depth > most) return true;
    else if ((code & ~0x20) === 0x5d) depth--;
  }
  return false;
}
