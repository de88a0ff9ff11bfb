import { nodeBalanceProperties } from './byNode/balance.ts';
import { boostProperties } from './byNode/boosts.ts';
import { kcompactdProperties } from './byNode/compaction.ts';
import { hopelessProperties } from './byNode/hopeless.ts';
import { nodeLivenessProperties } from './byNode/liveness.ts';
import { nodeLoopProperties } from './byNode/loop.ts';
import { lostRequestProperties } from './byNode/lost.ts';
import { pendingProperties } from './byNode/pending.ts';
import { nodeRequestProperties } from './byNode/requests.ts';
import { nodeRoundProperties } from './byNode/rounds.ts';
import { laterSetupProperties } from './byNode/setup.ts';
import { nodeSleepProperties } from './byNode/sleep.ts';
import { laterWatermarkProperties } from './byNode/watermark.ts';
import type { Property } from './property.ts';

/** What kernels promise that balance nodes as a whole, from v4.8 on. */
export const byNodeProperties: readonly Property[] = [
  ...nodeSleepProperties,
  ...nodeBalanceProperties,
  ...kcompactdProperties,
  ...laterWatermarkProperties,
  ...laterSetupProperties,
  ...nodeRoundProperties,
  ...boostProperties,
  ...nodeRequestProperties,
  ...lostRequestProperties,
  ...pendingProperties,
  ...nodeLoopProperties,
  ...hopelessProperties,
  ...nodeLivenessProperties,
];
