import type { ReplacedRule } from './replaced/broken.ts';
import { loop } from './replaced/loop.ts';
import { balance, compaction, reclaim, requests, watermarks } from './replaced/rules.ts';
import { setup } from './replaced/setup.ts';

/** Kernels that are v4.0 but for one broken rule or step: whatever checks a kernel must notice each of them. */
export const replacedRules: readonly ReplacedRule[] = [
  ...watermarks,
  ...reclaim,
  ...compaction,
  ...balance,
  ...requests,
  ...setup,
  ...loop,
];
