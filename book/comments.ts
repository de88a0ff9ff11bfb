/** What stands above an exported name of the model, read from its sources or from its declarations. */
export interface DocComment {
  readonly name: string;
  /** The file, from model/ on and without its ending: `rules/balance`. */
  readonly module: string;
  /** The comment without its tags, one string a paragraph. */
  readonly text: readonly string[];
  /** What its @kernel tags say: `v4.0 mm/vmscan.c pgdat_balanced`. */
  readonly kernel: readonly string[];
  /** What its @abstracts tags say. */
  readonly abstracts: readonly string[];
  /** What a function takes; undefined for what is not a function. */
  readonly parameters: readonly Parameter[] | undefined;
  /** The fields of an interface; none of anything else. */
  readonly fields: readonly Field[];
}

export interface Parameter {
  readonly name: string;
  readonly type: string;
}

/** A field of an interface, with what its comment says; nothing if it has none. */
export interface Field extends Parameter {
  readonly text: string;
}

/** A comment that stands directly above an export, in a source file or in a declaration file. */
const EXPORTED =
  /\/\*\*((?:(?!\*\/)[\s\S])*)\*\/\s*export\s+(?:declare\s+)?(function|const|interface|type)\s+([A-Za-z_$][\w$]*)/g;

/** The commented exports of a file, in its order. Exports without a comment are left out. */
export function readComments(module: string, source: string): readonly DocComment[] {
  return [...source.matchAll(EXPORTED)].map((match) => {
    const [whole, comment = '', kind = '', name = ''] = match;
    const after = source.slice(match.index + whole.length);
    const { text, kernel, abstracts } = readComment(comment);
    const fields = kind === 'interface' ? fieldsOf(after) : [];
    return { name, module, text, kernel, abstracts, parameters: parametersOf(kind, after), fields };
  });
}

/** The text and the tags of a comment; a tag goes on to the next one or to the end. */
function readComment(comment: string): Pick<DocComment, 'text' | 'kernel' | 'abstracts'> {
  const lines = comment.split('\n').map((line) => line.replace(/^\s*\*? ?/, '').trimEnd());
  const [text = '', ...tags] = lines.join('\n').split(/^@(?=[a-z])/m);
  return { text: paragraphs(text), kernel: tagged(tags, 'kernel'), abstracts: tagged(tags, 'abstracts') };
}

const oneLine = (text: string): string => text.replaceAll(/\s+/g, ' ').trim();

const paragraphs = (text: string): readonly string[] =>
  text
    .split(/\n\s*\n/)
    .map(oneLine)
    .filter((paragraph) => paragraph !== '');

const tagged = (tags: readonly string[], tag: string): readonly string[] =>
  tags.filter((text) => text.startsWith(`${tag} `)).map((text) => oneLine(text.slice(tag.length)));

/** A function's parameters stand next to its name, an arrow function's after `=` or, in a declaration, after `:`. */
function parametersOf(kind: string, after: string): readonly Parameter[] | undefined {
  if (kind !== 'function' && kind !== 'const') return undefined;
  const opening = kind === 'function' ? /^\s*(?:<[^(]*>)?\s*\(/ : /^\s*[=:]\s*\(/;
  const match = opening.exec(after);
  if (match === null) return undefined;
  const list = upToClosing(after.slice(match[0].length));
  return splitAtCommas(list).map((parameter) => {
    // A default stands in a source file only, in place of the type; a declaration has the type.
    const [name = '', ...type] = parameter.replace(/ = .*$/s, '').split(':');
    return { name: name.replace(/\?$/, '').trim(), type: oneLine(type.join(':')) };
  });
}

const FIELD = /(?:\/\*\*((?:(?!\*\/)[\s\S])*)\*\/\s*)?readonly ([\w$]+)\??: ((?:[^;{}]|\{[^{}]*\})*);/g;

/** The fields between an interface's braces. */
function fieldsOf(after: string): readonly Field[] {
  const body = upToClosing(after.slice(after.indexOf('{') + 1));
  return [...body.matchAll(FIELD)].map(([, comment = '', name = '', type = '']) => ({
    name,
    type: oneLine(type),
    text: readComment(comment).text.join(' '),
  }));
}

/** The text up to the bracket that closes the one before it. An arrow's `>` closes nothing. */
function upToClosing(text: string): string {
  let depth = 1;
  for (let i = 0; i < text.length; i++) {
    depth += depthChange(text, i);
    if (depth === 0) return text.slice(0, i);
  }
  return text;
}

function splitAtCommas(list: string): readonly string[] {
  const parts: string[] = [];
  let depth = 0;
  let from = 0;
  for (let i = 0; i < list.length; i++) {
    depth += depthChange(list, i);
    if (list[i] !== ',' || depth !== 0) continue;
    parts.push(list.slice(from, i));
    from = i + 1;
  }
  parts.push(list.slice(from));
  return parts.filter((part) => part.trim() !== '');
}

function depthChange(text: string, at: number): number {
  const character = text[at] ?? '';
  if ('([{<'.includes(character)) return 1;
  if (')]}'.includes(character)) return -1;
  return character === '>' && text[at - 1] !== '=' ? -1 : 0;
}
