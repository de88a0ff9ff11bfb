/** Pieces of Markdown. */

/** The anchor that code hosts give to a heading. */
export function slug(heading: string): string {
  return heading
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
    .trim()
    .replaceAll(/\s/g, '-');
}

export const code = (text: string): string => `\`${text}\``;

export const link = (text: string, target: string): string => `[${text}](${target})`;

/** Plain text with code in backticks: characters that Markdown would take for other markup are made harmless. */
export const plain = (text: string): string =>
  text
    .split(/(`[^`]*`)/)
    .map((part) => (part.startsWith('`') ? part : part.replaceAll(/[\\*[\]|]|(?<!\w)_|_(?!\w)|<(?=[a-z/!])/gi, '\\$&')))
    .join('');

/** A table; cells are Markdown already. Columns named in `right` are numbers. */
export function table(
  head: readonly string[],
  rows: readonly (readonly string[])[],
  right: readonly string[] = [],
): string {
  const rule = head.map((name) => (right.includes(name) ? '---:' : '---'));
  return [head, rule, ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

export const fenced = (language: string, text: string): string =>
  ['```' + language, text.replaceAll(/[^\S\n]+$/gm, '').trimEnd(), '```'].join('\n');

/** Blocks of a page, a blank line between them. Empty ones are left out. */
export const page = (...blocks: readonly (string | readonly string[])[]): string =>
  `${blocks
    .flat()
    .filter((block) => block !== '')
    .join('\n\n')}\n`;

/** `a`, `a and b`, `a, b and c`. */
export function listed(items: readonly string[], and = 'and'): string {
  return items.length < 2 ? items.join('') : `${items.slice(0, -1).join(', ')} ${and} ${items.at(-1)!}`;
}
