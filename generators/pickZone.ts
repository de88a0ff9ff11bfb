/** The index of one of the zones with pages; past the four that a node has, its last one, populated or not. */
export function pickZone(
  { zones }: { readonly zones: readonly { readonly present: number }[] },
  drawn: number,
): number {
  const last = zones.length - 1;
  if (drawn > 3) return last;
  let populated = 0;
  for (const { present } of zones) if (present > 0) populated++;
  let before = drawn % populated;
  for (let i = 0; i < last; i++) {
    if (zones[i]!.present === 0) continue;
    if (before === 0) return i;
    before--;
  }
  return last;
}
