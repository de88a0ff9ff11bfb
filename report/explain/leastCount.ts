/**
 * The smallest whole number from 1 to `most` for which the question is answered yes, or undefined if none is. The
 * question may change its answer only once, from no to yes.
 */
export function leastCount(most: number, question: (count: number) => boolean): number | undefined {
  if (most < 1 || !question(most)) return undefined;
  let no = 0;
  let yes = most;
  while (yes - no > 1) {
    const middle = no + Math.floor((yes - no) / 2);
    if (question(middle)) yes = middle;
    else no = middle;
  }
  return yes;
}
