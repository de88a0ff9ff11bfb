import type { ReplacedRule } from './replaced/broken.ts';
import { laterLoop } from './replaced/laterLoop.ts';
import { laterRules } from './replaced/laterRules.ts';

/** Kernels that are v4.19 or v5.9 but for one broken rule or step. */
export const laterReplacedRules: readonly ReplacedRule[] = [...laterRules, ...laterLoop];
