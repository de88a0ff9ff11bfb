import { fileURLToPath } from 'node:url';
import { bugs, type Bug } from '../../history/index.ts';
import { readText } from '../../kernel/files.ts';
import { scopeSchema, type Scope } from '../../kernel/schema/scope.ts';
import { properties, type Property } from '../../properties/index.ts';
import { showsBug } from '../showsBug.ts';
import { optimumIn, type Optimum } from './optimum.ts';
import type { Length } from './scenarios.ts';

/** The scopes that bugs are proved in: machines of one or two small zones. */
const COMPACTION = ['one-zone', 'one-zone-compaction'];
const PLAIN = ['one-zone', 'two-zones', 'two-zones-marked', 'zone-without-memory'];

/** The shortest scenario of some scopes by which a bug of the history shows, as an exhaustive search finds it. */
export interface Proof extends Length {
  readonly bug: Bug;
  readonly property: Property;
  /** Names of files. */
  readonly scopes: readonly string[];
}

/** No proof speaks of scenarios of more events or turns. */
export const MOST: Length = { events: 2, turns: 3 };

const proofOf = (id: string, scopes: readonly string[], events: number, turns: number): Proof => {
  const bug = bugs.find((one) => one.id === id)!;
  return { bug, property: properties.find((one) => one.id === bug.property)!, scopes, events, turns };
};

/** The bugs of kswapd's runs for which something must happen, of both forms of its loop. */
export const proofs: readonly Proof[] = [
  proofOf('08951e545918', PLAIN, 1, 1),
  proofOf('9e5e3661727e', PLAIN, 1, 1),
  proofOf('accf62422b3a', COMPACTION, 0, 1),
  proofOf('4d40502ea7ac', PLAIN, 1, 1),
  proofOf('215ddd6664ce', PLAIN, 1, 1),
  proofOf('f0dfcde09945', PLAIN, 1, 2),
  proofOf('81c5857b279e', PLAIN, 1, 1),
  proofOf('LATENT-1', PLAIN, 1, 1),
  proofOf('LATENT-2', PLAIN, 1, 1),
  proofOf('38087d9b0360', PLAIN, 1, 1),
  proofOf('rfc-pgdat-balanced-2026', PLAIN, 1, 1),
  proofOf('fd901c95388b', COMPACTION, 2, 3),
  proofOf('e716f2eb24de', PLAIN, 1, 1),
  proofOf('e1a556374abc', PLAIN, 1, 1),
  proofOf('kswapd-freezable-stop', PLAIN, 2, 1),
  proofOf('LATENT-3', PLAIN, 2, 1),
  proofOf('LATENT-7', PLAIN, 2, 2),
  proofOf('e7a5f249e6db', PLAIN, 2, 2),
];

const scopeNamed = (name: string): Scope =>
  scopeSchema.parse(JSON.parse(readText(fileURLToPath(new URL(`scopes/${name}.json`, import.meta.url)))));

/** Proves it: searches all the scopes, from the shortest scenarios on. */
export const prove = ({ bug, property, scopes }: Proof): Optimum | undefined =>
  optimumIn(bug.faulty, scopes.map(scopeNamed), showsBug(bug, property), MOST);
