import { dollars, spanText } from "../money.ts";
import { table, wrapped } from "../report/text.ts";
import type { ActualReport } from "./compare.ts";

const WIDTH = 110;

/** Estimate and bill, service by service, with what explains each difference below it. */
export function actualText({ days, rows, estimate, actual }: ActualReport): string {
  const cells = rows.map((row) => [
    row.service,
    row.part ?? "(no label)",
    spanText(row.estimate),
    dollars(row.actual),
    `${row.difference > 0n ? "+" : ""}${dollars(row.difference)}`,
  ]);
  const columns = [
    { title: "service" },
    { title: "part" },
    { title: "estimate", right: true },
    { title: "billed", right: true },
    { title: "difference", right: true },
  ];
  const [title = "", rule = "", ...lines] = table(columns, cells);
  return [
    `${days} ${days === 1 ? "day" : "days"} of Google's bill: ${dollars(actual)}, against ${spanText(estimate)} estimated for as many days`,
    "",
    title,
    rule,
    ...lines.flatMap((line, index) => [
      line,
      ...(rows[index]?.explanations ?? []).flatMap((why) => wrapped(why, WIDTH, "    ")),
    ]),
  ].join("\n");
}
