import { LocalError } from "../../errors.ts";

/**
 * The filters that Cloud Logging and Cloud Monitoring share the form of: comparisons, joined by AND. What goes beyond is
 * refused, rather than taken for something else.
 * https://cloud.google.com/logging/docs/view/logging-query-language · https://cloud.google.com/monitoring/api/v3/filters
 */
export interface Comparison {
  /** `jsonPayload.event`, `metric.labels.channel` */
  readonly field: string;
  readonly operator: "=" | "!=" | ":*" | ">" | "<" | ">=" | "<=";
  /** Any of them; none for `:*`, which asks whether the field is there. */
  readonly values: readonly string[];
}

/** @throws {LocalError} `filter_unsupported` */
export function parseFilter(text: string): Comparison[] {
  const comparisons: Comparison[] = [];
  let rest = text.trim();
  while (rest !== "") {
    const found = COMPARISON.exec(rest);
    if (!found) throw unsupported(text, rest);
    const [whole, field = "", present, operator = "=", value = ""] = found;
    comparisons.push(
      present
        ? { field, operator: ":*", values: [] }
        : { field, operator: operatorOf(operator), values: valuesOf(text, value) },
    );
    rest = rest.slice(whole.length).trim();
    if (rest === "") break;
    const and = /^AND\s+/.exec(rest);
    if (!and) throw unsupported(text, rest);
    rest = rest.slice(and[0].length);
  }
  return comparisons;
}

const WORD = '"(?:[^"\\\\]|\\\\.)*"|[\\w./-]+';
const COMPARISON = new RegExp(
  `^([\\w.]+)\\s*(?:(:\\s*\\*)|(!=|>=|<=|=|>|<)\\s*(one_of\\([^)]*\\)|\\([^)]*\\)|${WORD}))`,
);

function operatorOf(text: string): Comparison["operator"] {
  return text as Comparison["operator"];
}

/** `"a"`, `("a" OR "b")`, `one_of("a","b")` */
function valuesOf(filter: string, text: string): string[] {
  if (!text.endsWith(")")) return [unquote(text)];
  const [inside, separator] = text.startsWith("one_of(")
    ? [text.slice(7, -1), /\s*,\s*/]
    : [text.slice(1, -1), /\s+OR\s+/];
  const words = inside.trim().split(separator);
  const strange = words.find((word) => !new RegExp(`^(?:${WORD})$`).test(word));
  if (strange !== undefined) throw unsupported(filter, strange);
  return words.map(unquote);
}

function unquote(text: string): string {
  return text.startsWith('"') ? text.slice(1, -1).replaceAll(/\\(.)/g, "$1") : text;
}

function unsupported(filter: string, at: string): LocalError {
  return new LocalError(
    "filter_unsupported",
    `The filter ${filter} goes beyond what local monitoring understands, at: ${at.slice(0, 80)}`,
    'Write comparisons joined by AND: field="value", field!="value", field:*, field=("a" OR "b"), field=one_of("a","b").',
  );
}

/** Whether a field's value, absent or not, satisfies the comparison. */
export function satisfies(comparison: Comparison, value: string | undefined): boolean {
  const { operator, values } = comparison;
  if (operator === ":*") return value !== undefined;
  if (value === undefined) return false;
  if (operator === "=") return values.includes(value);
  if (operator === "!=") return !values.includes(value);
  const [left, right] = [Number(value), Number(values[0])];
  if (operator === ">") return left > right;
  if (operator === "<") return left < right;
  return operator === ">=" ? left >= right : left <= right;
}
