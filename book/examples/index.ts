import type { Example } from '../example.ts';
import { balanceExamples } from './balance.ts';
import { compactionExamples } from './compaction.ts';
import { lifeExamples } from './life.ts';
import { reclaimableExamples } from './reclaimable.ts';
import { setUpExamples } from './setUp.ts';
import { shrinkingExamples } from './shrinking.ts';
import { sleepExamples } from './sleep.ts';
import { thresholdExamples } from './thresholds.ts';
import { throttlingExamples } from './throttling.ts';
import { wakeupExamples } from './wakeup.ts';
import { watermarkExamples } from './watermark.ts';
import { zoneExamples } from './zones.ts';

/** Every worked example of the book. */
export const examples: readonly Example[] = [
  ...zoneExamples,
  ...watermarkExamples,
  ...reclaimableExamples,
  ...compactionExamples,
  ...balanceExamples,
  ...throttlingExamples,
  ...sleepExamples,
  ...wakeupExamples,
  ...shrinkingExamples,
  ...setUpExamples,
  ...thresholdExamples,
  ...lifeExamples,
];
