/**
 * The largest integer whose square is at most x; doubles are exact enough up to 2^52, which no machine comes near.
 * @kernel v4.0 lib/int_sqrt.c int_sqrt
 */
export const intSqrt = (x: number): number => Math.floor(Math.sqrt(x));

/** floor(a * b / c), exact where the product exceeds what a double holds; 0 if c is 0. */
export function mulDiv(a: number, b: number, c: number): number {
  if (c === 0) return 0;
  const product = a * b;
  return product <= Number.MAX_SAFE_INTEGER ? Math.floor(product / c) : Number((BigInt(a) * BigInt(b)) / BigInt(c));
}

/**
 * The number of the highest set bit, counted from 1; 0 for 0.
 * @kernel v4.0 include/asm-generic/bitops/fls.h fls
 */
export const fls = (x: number): number => 32 - Math.clz32(x);
