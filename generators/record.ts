import fc from 'fast-check';

/** An object of drawn fields, plain as any other. */
export const record = <T>(fields: { readonly [K in keyof T]: fc.Arbitrary<T[K]> }): fc.Arbitrary<T> =>
  fc.record<T>(fields, { noNullPrototype: true });
