import { describe, expect, it } from 'vitest';
import { kernels } from '../../model/index.ts';
import { FAMILIES, properties } from '../../properties/index.ts';

describe('the records of properties', () => {
  it('have ids of their own', () => {
    const ids = properties.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.filter((id) => !/^[a-z0-9]+(-[a-z0-9]+)*$/.test(id))).toEqual([]);
  });

  it('cover every family', () => {
    expect(FAMILIES.filter((family) => !properties.some((property) => property.family === family))).toEqual([]);
  });

  it.each(properties.map((property) => [property.id, property] as const))('%s is complete', (_id, property) => {
    expect(property.statement).toMatch(/^\S.*\.$/);
    expect(property.sources.length).toBeGreaterThan(0);
    for (const source of property.sources) expect(source).toMatch(/^v\d+\.\d+ [\w/.-]+ [\w ]+$/);
    expect(Object.keys(property.verdicts).length).toBeGreaterThan(0);
    expect(Object.keys(property.verdicts).filter((name) => !(name in kernels))).toEqual([]);
    expect(Object.values(property.mustSee).filter((share) => share <= 0 || share > 1)).toEqual([]);
    expect(Object.keys(property.mustSee).length).toBeGreaterThan(0);
  });
});
