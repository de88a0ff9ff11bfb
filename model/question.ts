import type { AllocFlagName } from './allocFlags.ts';
import type { ScenarioNode } from './scenario.ts';
import type { RawNode, SetupArgs } from './setup/boot.ts';
import type { System } from './state/system.ts';

/**
 * A state and what is asked about it: the case of a rule that decides without waiting. A rule reads the arguments it
 * needs.
 */
export interface Question {
  readonly system: System;
  readonly node: ScenarioNode;
  readonly args: QuestionArgs;
}

export interface QuestionArgs {
  /** The index of the zone that is asked about. */
  readonly zone: number;
  readonly order: number;
  /** The highest zone index that the request may use. */
  readonly zoneIdx: number;
  /** Pages. */
  readonly mark: number;
  /** Pages. */
  readonly balanceGap: number;
  readonly allocFlags: readonly AllocFlagName[];
}

/** Machines before set-up: the case of the rules that make watermarks and reserves. */
export interface SetupCase {
  readonly nodes: readonly RawNode[];
  readonly args: SetupArgs;
}
