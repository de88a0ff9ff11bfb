import { expect, it } from 'vitest';
import { proofs } from '../../../search/optimum/proofs.ts';
import { shrunkFind } from '../../../search/optimum/shrunk.ts';

const SEEDS = [1, 2, 3, 4, 5];

/** Bugs that are found and shrunk in little time, of both forms of the loop, of one event and of two. */
const BUGS = ['LATENT-1', 'LATENT-2', '9e5e3661727e', '4d40502ea7ac', 'e7a5f249e6db', 'kswapd-freezable-stop'];

it.each(BUGS)('what seeds find of %s shrinks to the least events and turns that show it', (id) => {
  const proof = proofs.find(({ bug }) => bug.id === id)!;
  const shrunk = SEEDS.map((seed) => shrunkFind(proof, seed, 20_000)!);
  for (const { events } of shrunk) expect(events).toBeLessThanOrEqual(proof.events + 1);
  const least = shrunk.filter(({ events, turns }) => events === proof.events && turns === proof.turns);
  expect(least.length).toBeGreaterThanOrEqual(SEEDS.length - 1);
  for (const { events } of shrunk) expect(events, 'an event less than is proved').toBeGreaterThanOrEqual(proof.events);
});
