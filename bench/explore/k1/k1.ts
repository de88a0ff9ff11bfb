import type { Space } from '../../../search/explore/space.ts';
import { environment } from './environment.ts';
import { step } from './kswapd.ts';
import { mayRest, sleeps } from './rules.ts';
import { START, type State } from './state.ts';

/** What every exact search of it comes to; moves to the farthest state last. */
export const K1_COUNTS = { states: 3_739_844, transitions: 31_933_625, depth: 70 };

/** K1 as a space. That kswapd goes fully to sleep only if the node is balanced is asserted wherever it does. */
export const k1: Space<State, string> = {
  start: (reach) => reach(START, 'start'),
  expand: (state, reach) => {
    const { balancedOrder, balancedZoneIdx } = state.kswapd;
    if (sleeps(state) && !mayRest(state, balancedOrder, balancedZoneIdx)) {
      throw new Error(`kswapd sleeps on a node out of balance: ${JSON.stringify(state)}`);
    }
    environment(state, reach);
    step(state, reach);
  },
};
