import type { MutantResult } from '@stryker-mutator/api/core';
import { declareFactoryPlugin, PluginKind } from '@stryker-mutator/api/plugin';
import type { Reporter } from '@stryker-mutator/api/report';

/** Says of each mutant that survives where it is, as soon as that is known. */
const survivors: Reporter = {
  onMutantTested: ({ status, fileName, location: { start }, replacement }: MutantResult): void => {
    if (status !== 'Survived' && status !== 'NoCoverage') return;
    console.log(`survived: ${fileName}:${start.line}:${start.column} → ${replacement}`);
  },
};

export const strykerPlugins = [declareFactoryPlugin(PluginKind.Reporter, 'survivors', () => survivors)];
