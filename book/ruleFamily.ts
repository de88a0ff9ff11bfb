import type { Family as PropertyFamily } from '../properties/index.ts';

/** A rule on a page, and what its answer is. */
export interface Entry {
  readonly name: string;
  /** What it answers, in words, with the unit. */
  readonly gives: string;
  /** The kernels that it is there for, if it is not a rule and not in all of them. */
  readonly only?: readonly string[];
}

/** A family of rules: one page. */
export interface RuleFamily {
  /** The page’s file, without its ending. */
  readonly id: string;
  readonly title: string;
  /** What the family is about, for the table of contents. */
  readonly summary: string;
  /** Paragraphs that lead into the page. */
  readonly intro: readonly string[];
  readonly entries: readonly Entry[];
  /** The families of properties that speak of these rules. */
  readonly properties: readonly PropertyFamily[];
}
