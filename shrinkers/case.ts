import type { DirectCase, Question, Scenario, ScenarioNode, SetupCase, System, WholeScenario } from '../model/index.ts';

/**
 * What a case is: a scenario (of which single steps or the whole run are judged), a question, a set-up, a direct
 * reclaim, or a run of a whole machine.
 */
export type Kind = 'scenario' | 'step' | 'run' | 'question' | 'setup' | 'direct' | 'machine';

export type Case = Scenario | Question | SetupCase | DirectCase | WholeScenario;

/** A case that has one node in use: a run of kswapd, or a question. */
export interface InUse {
  readonly system: System;
  readonly node: ScenarioNode;
}

/** Simplifications of one sort: candidates for a smaller case, biggest steps first. Not every one need be smaller. */
export type Pass<C> = (given: C) => Iterable<C>;

/** The list with one item replaced. */
export function replaced<T>(list: readonly T[], index: number, item: T): readonly T[] {
  return list.map((old, i) => (i === index ? item : old));
}

/** The list without `count` items from an index on. */
export function without<T>(list: readonly T[], index: number, count = 1): readonly T[] {
  return list.filter((_item, i) => i < index || i >= index + count);
}

/** The record without one of its fields. */
export function leftOut<T extends object, K extends keyof T>(of: T, field: K): Omit<T, K> {
  const { [field]: _gone, ...rest } = of;
  return rest;
}

/** A script with fields left out of many turns, or of a single one. */
export function* withoutFields<T extends object>(
  script: readonly T[],
  fields: readonly (keyof T)[],
): Generator<readonly T[]> {
  for (const field of fields) {
    for (const { from, count } of parts(script.length)) {
      if (!script.slice(from, from + count).some((turn) => turn[field] !== undefined)) continue;
      yield script.map((turn, i) => (i < from || i >= from + count ? turn : (leftOut(turn, field) as T)));
    }
  }
}

/** The parts of a list that are worth leaving out, the longest first: all of it, its halves, down to single items. */
export function* parts(length: number): Generator<{ readonly from: number; readonly count: number }> {
  for (let count = length; count >= 1; count = count === 1 ? 0 : Math.ceil(count / 2)) {
    for (let from = length - count; from >= 0; from = from === 0 ? -1 : Math.max(0, from - count)) {
      yield { from, count };
    }
  }
}

/** Amounts to lower something by, the largest first, down to 1. */
export function* steps(most: number): Generator<number> {
  for (let by = most; by >= 1; by = by === 1 ? 0 : Math.ceil(by / 2)) yield by;
  if (most > 2) yield most - 1;
}

/** A simplification of the node, for a case that has one. */
export const ofNode = <C extends InUse>(pass: Pass<ScenarioNode>): Pass<C> =>
  function* (given) {
    for (const node of pass(given.node)) yield { ...given, node };
  };
