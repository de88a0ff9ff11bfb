/** A word of the specification. */
export interface Term {
  readonly term: string;
  /** What it means, in a sentence or two. Markdown. */
  readonly meaning: string;
  /** Where more is said: a title, and a page. */
  readonly see?: readonly [title: string, target: string];
}
