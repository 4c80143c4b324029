import { dollars, quantityText, type Span, spanText } from "../money.ts";
import type { Report, ReportLine } from "./report.ts";
import { shortType, table, wrapped } from "./text.ts";

const WIDTH = 118;

/** Lines of less than this are gathered in one, for each resource. */
const CENT_MICRO = 10_000n;

/** The report for people. Baseline has no mark; what grows with traffic has a star; an uncertain price a tilde. */
export function reportText(report: Report): string {
  return [
    ...header(report),
    "",
    ...charges(report),
    "",
    ...freeTier(report),
    "",
    ...totals(report),
    "",
    ...sensitivityRows(report),
    "",
    ...compared(report),
    "",
    ...coverage(report),
    "",
    ...uncertain(report),
  ].join("\n");
}

function header({ stack, project, region, days, profile, pricesRead }: Report): string[] {
  return [
    `Monthly cost of the stack ${stack} (project ${project}, ${region}), in US dollars, ${days} days`,
    ...wrapped(`Profile ${profile.name}: ${profile.description}`, WIDTH),
    `Prices read from ${pricesRead.from} to ${pricesRead.to}; infra/cost/prices names the page of each`,
  ];
}

function charges({ lines }: Report): string[] {
  const columns = [
    { title: "resource" },
    { title: "" },
    { title: "charged for" },
    { title: "quantity", right: true },
    { title: "unit" },
    { title: "unit price", right: true },
    { title: "a month", right: true },
  ];
  const rows = [...Map.groupBy(lines, ({ type, resource }) => `${type} ${resource}`).values()].flatMap(resourceRows);
  return table(columns, rows);
}

function resourceRows(lines: readonly ReportLine[]): string[][] {
  const used = lines.filter(({ quantity }) => quantity > 0n);
  const shown = used.filter(({ gross }) => gross.high >= CENT_MICRO);
  const rows = shown.map((line) => [
    "",
    `${line.kind === "usage" ? "*" : " "}${line.source.certainty === "unconfirmed" ? "~" : " "}`,
    line.component,
    quantityText(line.quantity),
    line.unit,
    line.unitPrice,
    spanText(line.gross),
  ]);
  const small = used.length - shown.length;
  if (small > 0) rows.push(["", " ", `${small} ${small === 1 ? "line" : "lines"} of less than a cent`, "", "", "", ""]);
  const [first] = rows;
  const [line] = lines;
  if (first && line) first[0] = `${line.resource} (${shortType(line.type)})`;
  return rows;
}

function freeTier(report: Report): string[] {
  const rows = report.freeTier
    .filter(({ amount }) => amount.high >= CENT_MICRO)
    .map(({ service, what, amount }) => [service, what, taken(amount)]);
  return table(
    [{ title: "free tier" }, { title: "if no other stack uses it" }, { title: "a month", right: true }],
    rows,
  );
}

function totals({ totals: sums, perThousandMessages }: Report): string[] {
  return table(
    [{ title: "total" }, { title: "a month", right: true }],
    [
      ["baseline: paid although nobody writes", spanText(sums.baseline)],
      ["usage: grows with traffic", spanText(sums.usage)],
      ["free tier", taken(sums.free)],
      ["total", spanText(sums.total)],
      ["  of which Google bills", spanText(sums.google)],
      ["  of which others bill (WhatsApp, SendGrid)", spanText(sums.others)],
      ["per 1000 messages", spanText(perThousandMessages)],
    ],
  );
}

function sensitivityRows({ sensitivity }: Report): string[] {
  return table(
    [
      { title: "traffic" },
      { title: "messages a day", right: true },
      { title: "Google", right: true },
      { title: "others", right: true },
      { title: "a month", right: true },
      { title: "per 1000 messages", right: true },
    ],
    sensitivity.map((row) => [
      `${row.factor}×`,
      row.messagesPerDay.toLocaleString("en-US"),
      spanText(row.google),
      spanText(row.others),
      spanText(row.total),
      spanText(row.perThousandMessages),
    ]),
  );
}

function compared({ comparison }: Report): string[] {
  const rows = comparison.map((row) => [
    [row.section, row.line].filter(Boolean).join(" "),
    dollars(row.specification),
    spanText(row.ours),
  ]);
  const [title = "", rule = "", ...lines] = table(
    [{ title: "against the specification" }, { title: "its figure", right: true }, { title: "ours", right: true }],
    rows,
  );
  const reasons = comparison.map(({ why }) => wrapped(why, WIDTH, "    "));
  return [title, rule, ...lines.flatMap((line, index) => [line, ...(reasons[index] ?? [])])];
}

function coverage({ coverage: { resources, estimated, free, unsupported, labelled, unlabelled } }: Report): string[] {
  const without = unlabelled.length === 0 ? "" : `; no label of their own: ${unlabelled.map(shortType).join(", ")}`;
  return [
    `${resources} resources: ${estimated} estimated, ${free.length} free, ${unsupported.length} unsupported`,
    ...unsupported.map(({ type, resource, reason }) => `  unsupported: ${resource} (${shortType(type)}): ${reason}`),
    ...wrapped(`${labelled} of ${estimated} estimated resources bear the label part${without}`, WIDTH),
  ];
}

function uncertain({ lines }: Report): string[] {
  const notes = new Map<string, string>();
  for (const { price, unitPrice, source, quantity } of lines) {
    if (source.certainty !== "unconfirmed" || quantity === 0n) continue;
    notes.set(price, `  ~ ${price} ${unitPrice}: ${[source.note, source.page].filter(Boolean).join("; ")}`);
  }
  return notes.size === 0 ? [] : ["Prices that nobody has confirmed:", ...notes.values()];
}

/** A credit as the negative line that it is. */
function taken(amount: Span): string {
  return spanText({ low: -amount.low, high: -amount.high });
}
