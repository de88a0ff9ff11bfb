import type fc from 'fast-check';
import {
  arbitraryDirectCase,
  arbitraryQuestion,
  arbitraryScenario,
  arbitrarySetupCase,
  arbitraryWhole,
  type Layout,
} from '../generators/index.ts';
import type { Kernel } from '../model/index.ts';
import type { Case, CaseKind } from '../properties/index.ts';

/** What cases are drawn for. */
export interface Drawn {
  readonly kernel: Kernel;
  /** Zones that every drawn machine has. */
  readonly layout?: Layout;
}

const ARBITRARIES: Readonly<Record<CaseKind, (options: Drawn) => fc.Arbitrary<Case>>> = {
  setup: () => arbitrarySetupCase(),
  question: arbitraryQuestion,
  direct: arbitraryDirectCase,
  scenario: arbitraryScenario,
  machine: ({ kernel }) => arbitraryWhole(kernel),
};

/** The cases of a kind that are drawn for a kernel. */
export const arbitraryOf = (kind: CaseKind, { kernel, layout }: Drawn): fc.Arbitrary<Case> =>
  ARBITRARIES[kind](layout === undefined ? { kernel } : { kernel, layout });
