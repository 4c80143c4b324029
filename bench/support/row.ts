/** One line of the report: a figure of the design's section 10, as measured now. */
export interface Row {
  readonly what: string;
  readonly bar: string;
  readonly measured: string;
  readonly holds: boolean;
}

/** How long to measure: `quick` proves that it runs and that nothing is lost, `full` gives figures to quote. */
export interface Effort {
  readonly quick: boolean;
}

export function printRows(rows: readonly Row[]): void {
  const width = (pick: (row: Row) => string, title: string): number =>
    Math.max(title.length, ...rows.map((row) => pick(row).length));
  const columns = [width((row) => row.what, "what"), width((row) => row.bar, "bar"), width((row) => row.measured, "")];
  const line = (...cells: string[]): string => cells.map((cell, index) => cell.padEnd(columns[index] ?? 0)).join("  ");
  console.log(`\n${line("what", "bar", "measured")}`);
  for (const row of rows) console.log(`${line(row.what, row.bar, row.measured)}  ${row.holds ? "holds" : "MISSED"}`);
}

export function milliseconds(value: number): string {
  return value < 10 ? `${value.toFixed(1)} ms` : `${Math.round(value)} ms`;
}
