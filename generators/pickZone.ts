/** The index of one of the zones with pages; past the four that a node has, its last one, populated or not. */
export function pickZone(
  { zones }: { readonly zones: readonly { readonly present: number }[] },
  drawn: number,
): number {
  const populated = zones.flatMap(({ present }, i) => (present > 0 ? [i] : []));
  return drawn > 3 ? zones.length - 1 : populated[drawn % populated.length]!;
}
