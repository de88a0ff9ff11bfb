import type { Kernel } from '../model/index.ts';
import type { AnyEventualProperty } from '../properties/index.ts';
import { whyNotRound } from '../search/explore/liveness/goesRound.ts';
import type { Lasso } from '../search/explore/liveness/lasso.ts';
import type { SavedCase } from '../search/savedCase.ts';
import { colorsOf, type Style } from './counterexample/style.ts';
import { renderLasso } from './explore/lasso.ts';
import { roundText } from './explore/say.ts';
import { verdictOf, verdictText, type Judged } from './replay.ts';

/** A run that goes on for ever, looked at again. */
export interface ReplayedLasso extends Judged {
  readonly property: AnyEventualProperty;
  readonly lasso: Lasso;
  /** Why it is none any more, if it is not. */
  readonly why?: string;
}

/** Runs a lasso again, until it comes back to the same state or what is owed is given. */
export function replayLasso(saved: SavedCase, kernel: Kernel, property: AnyEventualProperty): ReplayedLasso {
  const lasso = { stem: saved.given, loop: saved.loop } as Lasso;
  const why = whyNotRound(kernel, property, lasso);
  if (why !== undefined) return { saved, kernel, property, lasso, why };
  const came = lasso.loop.length === 0 ? '' : ', and comes back to the same state';
  return { saved, kernel, property, lasso, failure: { clause: `${roundText(lasso)}${came}` } };
}

/** The lasso, what came of it, and the verdict. */
export function replayedLassoText(replayed: ReplayedLasso, style: Style): string {
  const { property, kernel, lasso, failure, why } = replayed;
  const c = colorsOf(style);
  const found = failure === undefined ? `It goes on for ever no more: ${why}.` : c.red(`✗ ${failure.clause}`);
  return [renderLasso({ property, lasso }, kernel, style), '', found, '', verdictText(replayed, style)].join('\n');
}

export function replayedLassoJson(replayed: ReplayedLasso): object {
  const { saved, kernel, property, lasso, failure, why } = replayed;
  return {
    id: saved.id,
    kernel: kernel.name,
    property: property.id,
    verdict: verdictOf(replayed),
    ...(failure === undefined ? { why } : { clause: failure.clause }),
    kind: saved.kind,
    lasso,
  };
}
