/** What was wrong with something that a user gave, said so that it can be put right. */
export interface InputProblem {
  /** What is wrong, in one sentence without its subject's place. */
  readonly what: string;
  /** The file, and the line or the path inside it. */
  readonly where: string;
  readonly expected?: string;
  readonly found?: string;
  /** What to do next. */
  readonly hint?: string;
}

/** Unusable input: always reported as such, with exit code 2, and never as a fault of the program. */
export class InputError extends Error {
  readonly problem: InputProblem;

  constructor(problem: InputProblem) {
    super(describeProblem(problem));
    this.name = 'InputError';
    this.problem = problem;
  }
}

/** The problem as lines of text. */
function describeProblem({ what, where, expected, found, hint }: InputProblem): string {
  const lines = [`${where}: ${what}`];
  if (expected !== undefined) lines.push(`  expected: ${expected}`);
  if (found !== undefined) lines.push(`  found:    ${found}`);
  if (hint !== undefined) lines.push(`  hint: ${hint}`);
  return lines.join('\n');
}
