import { describe, expect, it } from 'vitest';
import { litmusCases } from '../../../search/litmus/litmus.ts';
import { sentencesIn } from './sentences.ts';

describe('the reasons of the litmus cases', () => {
  it('are two sentences each, of some length', () => {
    const others = litmusCases().filter(({ why }) => sentencesIn(why) !== 2 || why.length < 60);
    expect(others.map(({ name, why }) => `${name}: ${why}`)).toEqual([]);
  });

  it.each([
    ['v4.0 sleeps at 0.5 of the mark, e.g. in DMA. Others, i.e. v4.19, do not.', 2],
    ['A zone is low. kswapd sleeps! Why?', 3],
    ['It has 20 pages, as Normal has. (It is enough.)', 2],
    ['One sentence without an end', 0],
  ])('are counted by their sentences: %s', (text, count) => {
    expect(sentencesIn(text)).toBe(count);
  });
});
