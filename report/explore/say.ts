import { isWholeLasso, type Lasso } from '../../search/explore/liveness/lasso.ts';

export const grouped = (n: number): string => n.toLocaleString('en-US');

/** `1 state`, `1,980 states`. */
export const many = (n: number, noun: string): string => `${grouped(n)} ${noun}${n === 1 ? '' : 's'}`;

/** What goes on for ever, and after how many turns. */
export function roundText(lasso: Lasso): string {
  const turns = many(lasso.stem.script.length, 'turn');
  const { length } = lasso.loop;
  if (length > 0) return `after ${turns} a round of ${many(length, 'turn')} goes on for ever`;
  return `after ${turns} ${isWholeLasso(lasso) ? 'nobody can go on' : 'kswapd spins'}`;
}
