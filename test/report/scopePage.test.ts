import { describe, expect, test } from 'vitest';
import { v4_0 } from '../../model/index.ts';
import { eventualProperties } from '../../properties/index.ts';
import { kswapdScopeFields, wholeScopeFields } from '../../report/explore/scopeFields.ts';
import { scopePage, WORKED_ANSWER, WORKED_SCOPE } from '../../report/explore/scopePage.ts';
import { explorationText } from '../../report/explore/text.ts';
import { explore } from '../../search/explore/explore.ts';
import { parseScope, readScope, shippedScopes } from '../../search/explore/scopeFile.ts';
import { read } from '../house/files.ts';

const fields = [...kswapdScopeFields(), ...wholeScopeFields()];

/** The paths of all that a scope says, as fields are called. */
function pathsIn(value: unknown, at = ''): readonly string[] {
  if (Array.isArray(value)) return value.flatMap((one: unknown) => pathsIn(one, `${at}[]`));
  if (typeof value !== 'object' || value === null) return [at.replace(/(\[\])+$/, '')];
  return Object.entries(value).flatMap(([key, one]) => pathsIn(one, at === '' ? key : `${at}.${key}`));
}

describe('docs/scopes.md', () => {
  test('is in step with the schemas that scope files are read with', () => {
    expect(read('docs/scopes.md')).toBe(scopePage());
  });

  test('says of every field what it is', () => {
    expect(fields.filter(({ says }) => says === '').map(({ path }) => path)).toEqual([]);
  });

  test('has every field that a scope that ships uses', () => {
    const known = new Set(fields.map(({ path }) => path));
    for (const path of shippedScopes().values()) {
      const unknown = pathsIn(readScope(path)).filter((one) => !known.has(one));
      expect(unknown).toEqual([]);
    }
  });

  const explored = async (scope: object) =>
    explore({
      kernel: v4_0,
      scope: parseScope(JSON.stringify(scope), 'four-pages.json'),
      properties: [],
      eventually: eventualProperties.filter(({ id }) => id === 'kswapd-left-alone-sleeps'),
    });

  test('works a scope through that comes to what it says', async () => {
    const text = explorationText(await explored(WORKED_SCOPE), false);
    for (const line of WORKED_ANSWER) expect(text).toContain(line);
    const scanning = await explored({ ...WORKED_SCOPE, turns: { ...WORKED_SCOPE.turns, scanned: [1] } });
    expect(scanning.eventually.map(({ outcome }) => outcome)).toEqual(['does not fail here']);
  });
});
