/** Rows in aligned columns: the first and the last are words, aligned left, the others numbers, aligned right. */
export function table(rows: readonly (readonly string[])[]): string {
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)));
  const line = (row: readonly string[]): string =>
    row
      .map((text, i) => (i === 0 || i === row.length - 1 ? text.padEnd(widths[i]!) : text.padStart(widths[i]!)))
      .join('   ');
  return rows.map((row) => line(row).trimEnd()).join('\n');
}
