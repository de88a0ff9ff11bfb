/** Records as one line each: `shrink zone=0 priority=12 order=0 nrToReclaim=100`. */
export const shownRecords = (records: readonly { readonly ev: string }[]): readonly string[] =>
  records.map(({ ev, ...fields }) =>
    [ev, ...Object.entries(fields).map(([name, value]) => `${name}=${String(value)}`)].join(' '),
  );
