import { many } from '../../report/explore/say.ts';
import { leftOf } from '../../search/explore/estimate.ts';
import type { Counts } from '../../search/explore/search.ts';

const spanText = (seconds: number): string =>
  seconds < 100 ? `${Math.ceil(seconds)} s` : seconds < 6000 ? `${Math.ceil(seconds / 60)} min` : hours(seconds);

const hours = (seconds: number): string => `${Math.ceil(seconds / 3600)} h`;

const lookedInto = ({ states, queue }: Counts): number => states - queue;

/**
 * What the line of progress says, again and again: how far a search has come, how fast it goes, and how long it takes
 * to its end. It may have gone on from an earlier one, and another one may follow it.
 */
export function progressTexts(): (counts: Counts, ms: number) => string {
  let first: { readonly counts: Counts; readonly ms: number } | undefined;
  let last = Infinity;
  return (counts, ms) => {
    if (first === undefined || ms < last) first = { counts, ms };
    last = ms;
    const seconds = Math.max(0.001, (ms - first.ms) / 1000);
    const speed = (lookedInto(counts) - lookedInto(first.counts)) / seconds;
    const { atLeast, about } = leftOf(counts);
    const foreseen = about === undefined ? '' : `, about ${spanText(about / speed)} if layers go on shrinking`;
    return [
      many(counts.states, 'state'),
      `${Math.round(speed).toLocaleString('en-US')} a second`,
      `depth ${counts.depth}`,
      `${counts.queue.toLocaleString('en-US')} to look into`,
      ...(speed > 0 ? [`at least ${spanText(atLeast / speed)} more${foreseen}`] : []),
    ].join(', ');
  };
}
