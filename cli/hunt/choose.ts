import { randomInt } from 'node:crypto';
import { InputError } from '../../kernel/inputError.ts';
import { SAVED_FOLDER } from '../../search/atHand.ts';
import { HuntStore, keptHunts } from '../../search/hunt/store.ts';
import type { Quarry } from '../../search/hunt/task.ts';

interface Options {
  readonly resume?: true;
  readonly seed?: number;
  readonly runs?: number;
}

/** The hunt that is to begin or to go on. */
export interface ChosenHunt {
  readonly seed: number;
  readonly store: HuntStore;
  /** The seeds of other hunts that might have been meant to go on. */
  readonly others: readonly number[];
}

/** A hunt of its own, which makes nothing forgotten that was kept; or one that was kept, to go on with. */
export function chooseHunt(quarry: Quarry, options: Options): ChosenHunt {
  if (options.resume === true) return keptHunt(quarry, options);
  const { seed = randomInt(2 ** 31), runs } = options;
  const store = new HuntStore(SAVED_FOLDER, quarry, seed);
  checkNothingIsLost(store, seed, runs);
  return { seed, store, others: [] };
}

/** A hunt with the same seed meets the same cases again: only one that came further has found out more. */
function checkNothingIsLost(store: HuntStore, seed: number, runs = 0): void {
  const drawn = store.readState()?.drawn ?? 0;
  if (drawn <= runs) return;
  throw new InputError({
    what: `a hunt with seed ${seed} that came further is kept`,
    where: store.folder,
    expected: `--runs ${drawn} or more, which takes it in`,
    found: runs === 0 ? 'a time, in which it may not come as far' : `--runs ${runs}`,
    hint: 'go on with it by --resume, choose another --seed, or remove the folder',
  });
}

function keptHunt(quarry: Quarry, { seed: asked }: Options): ChosenHunt {
  const all = keptHunts(SAVED_FOLDER, quarry);
  const seeds = all.filter(({ digest }) => digest === quarry.digest).map(({ seed }) => seed);
  const seed = asked === undefined ? seeds[0] : seeds.find((one) => one === asked);
  if (seed !== undefined) {
    const others = asked === undefined ? seeds.slice(1) : [];
    return { seed, store: new HuntStore(SAVED_FOLDER, quarry, seed), others };
  }
  if (seeds.length > 0) {
    throw new InputError({
      what: 'the hunt that is to go on has another seed',
      where: '--seed',
      expected: seeds.join(' or '),
      found: String(asked),
      hint: 'leave out --seed to go on with the last one, or --resume to begin another',
    });
  }
  if (all.length > 0) {
    throw new InputError({
      what: 'was changed since the last hunt, or what it imports was: what that found out may not be true any more',
      where: quarry.kernel,
      expected: 'the text that it had',
      hint: 'put the text back to go on with that hunt, or leave out --resume to begin another',
    });
  }
  throw new InputError({
    what: 'there is no hunt to go on with',
    where: SAVED_FOLDER,
    expected: 'what an earlier hunt for the same properties and kernel kept',
    hint: 'leave out --resume to begin one',
  });
}
