/** Heights are told apart one by one up to this, and by powers of two above. */
const EXACT = 64;

const HEIGHTS: readonly number[] = [
  ...Array.from({ length: EXACT }, (_, i) => i + 1),
  ...Array.from({ length: 46 }, (_, i) => EXACT * 2 ** (i + 1)),
];

/**
 * What a case reaches that drives what a property counts to an amount: every height up to it, so that another one
 * reaches something new only if it drives it higher.
 */
export const heightsOf = (property: string, amount: number): readonly string[] =>
  HEIGHTS.filter((height) => height <= amount).map((height) => `target ${property}: ${height}`);
