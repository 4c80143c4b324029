/** Reads comma-separated values as RFC 4180 writes them: quoted fields may hold commas, quotes and line ends. */
export function parseCsv(text: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  let field = "";
  let quoted = false;
  const endRow = (): void => {
    row.push(field);
    if (row.some((cell) => cell !== "")) rows.push(row);
    [row, field] = [[], ""];
  };
  for (let index = 0; index < text.length; index++) {
    const sign = text.charAt(index);
    if (quoted) {
      if (sign !== '"') field += sign;
      else if (text.charAt(index + 1) === '"') field += text.charAt(++index);
      else quoted = false;
    } else if (sign === '"') quoted = true;
    else if (sign === ",") {
      row.push(field);
      field = "";
    } else if (sign === "\n") endRow();
    else if (sign !== "\r" && sign !== "\uFEFF") field += sign;
  }
  endRow();
  return rows;
}
