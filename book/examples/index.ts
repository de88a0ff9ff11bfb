import type { Example } from '../example.ts';
import { balanceExamples } from './balance.ts';
import { compactionExamples } from './compaction.ts';
import { lifeExamples } from './life.ts';
import { maskExamples } from './masks.ts';
import { reclaimableExamples } from './reclaimable.ts';
import { retryExamples } from './retries.ts';
import { setUpExamples } from './setUp.ts';
import { shrinkingExamples } from './shrinking.ts';
import { laterShrinkingExamples } from './shrinkingLater.ts';
import { sleepExamples } from './sleep.ts';
import { takingExamples } from './taking.ts';
import { thresholdExamples } from './thresholds.ts';
import { throttlingExamples } from './throttling.ts';
import { laterThrottlingExamples } from './throttlingLater.ts';
import { wakeupExamples } from './wakeup.ts';
import { laterWakeupExamples } from './wakeupLater.ts';
import { watermarkExamples } from './watermark.ts';
import { zonelistExamples } from './zonelists.ts';
import { zoneExamples } from './zones.ts';

/** Every worked example of the book. */
export const examples: readonly Example[] = [
  ...zoneExamples,
  ...watermarkExamples,
  ...reclaimableExamples,
  ...compactionExamples,
  ...balanceExamples,
  ...throttlingExamples,
  ...laterThrottlingExamples,
  ...sleepExamples,
  ...wakeupExamples,
  ...laterWakeupExamples,
  ...shrinkingExamples,
  ...laterShrinkingExamples,
  ...setUpExamples,
  ...thresholdExamples,
  ...lifeExamples,
  ...maskExamples,
  ...zonelistExamples,
  ...takingExamples,
  ...retryExamples,
];
