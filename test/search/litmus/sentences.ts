/** Words that end in a dot and no sentence with it. */
const ABBREVIATIONS = /\b(e\.g|i\.e|cf|etc|vs|approx|no|resp)\./gi;

/** Sentences of a text: a dot, `!` or `?` ends one before a space or the end, but not in numbers or abbreviations. */
export const sentencesIn = (text: string): number =>
  text
    .replaceAll(ABBREVIATIONS, '$1')
    .trim()
    .match(/[.!?]+[’”)]*(?=\s|$)/g)?.length ?? 0;
