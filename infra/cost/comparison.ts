import { type Estimate, EXTERNAL, type Line } from "./estimate.ts";
import { type MicroUsd, parseUsd, type Quantity, quantityText, type Span, spanText, total } from "./money.ts";
import { CLOUD_RUN, FIRESTORE } from "./prices/index.ts";

/** A line of the specification's section 10 beside what the stack costs today. */
export interface Compared {
  /** The specification's section; none for what it does not name. */
  readonly section: string | undefined;
  readonly line: string;
  readonly specification: MicroUsd;
  readonly ours: Span;
  /** Why the two differ. */
  readonly why: string;
}

const SERVICE = "gcp:cloudrunv2/service:Service";
const FUNCTION = "gcp:cloudfunctionsv2/function:Function";

interface Group {
  readonly section?: string;
  readonly line: string;
  /** The specification's figure, in dollars a month. */
  readonly specification: string;
  readonly holds: (line: Line) => boolean;
  readonly why: (lines: readonly Line[], estimate: Estimate) => string;
}

const GROUPS: readonly Group[] = [
  {
    section: "10.1",
    line: "Cloud Run",
    specification: "15",
    holds: ({ type, price }) => type === SERVICE && price.service === "Cloud Run",
    why: (lines, { profile: { usage } }) =>
      `${quantityText(used(lines, "cloud-run/cpu"))} vCPU-seconds, of which 180,000 of the whole stack are free: a request takes ${usage.apiRequestMs / 1000} s, and only the ${usage.repliesPerDay} answers a day wait ${usage.replyMs / 1000} s for the model. About $15 would be every request waiting that long.${warm(lines)}`,
  },
  {
    section: "10.2",
    line: "Firestore",
    specification: "5",
    holds: ({ price }) => price.service === "Cloud Firestore",
    why: (lines) =>
      `${spanText(net(lines, "firestore/storage"))} is storage beyond 1 GiB; reads and writes within the daily free quota cost nothing, and without any free quota all of it would be ${spanText(total(lines.map((line) => line.gross)))}.${safety(lines)}`,
  },
  {
    section: "10.3",
    line: "Cloud Functions",
    specification: "2",
    holds: ({ type, price }) => type === FUNCTION && price.service === "Cloud Run",
    why: (lines, { profile: { usage } }) =>
      `${quantityText(used(lines, "cloud-run/cpu"))} vCPU-seconds: a webhook is stored and queued in ${usage.webhookMs / 1000} s, not 60 s, and shares Cloud Run's free tier.${warm(lines)}`,
  },
  {
    section: "10.4",
    line: "Gemini",
    specification: "0",
    holds: ({ price }) => price.service === "Gemini API",
    why: (_, { profile: { usage } }) =>
      `gemini-2.0-flash-exp is gone, and the free tier may not serve customers: ${usage.repliesPerDay} answers a day of ${usage.geminiInputTokens} and ${usage.geminiOutputTokens} tokens are paid.`,
  },
  {
    section: "10.5",
    line: "WhatsApp, Instagram, Facebook",
    specification: "0",
    holds: ({ price }) => price.service === "WhatsApp",
    why: (lines, { profile: { usage } }) =>
      `Since 1 October 2026 WhatsApp charges answers too, after 1000 a month: ${quantityText(lines.reduce((sum, line) => sum + line.quantity, 0n))} messages at the rate of ${usage.whatsappMarket}. Instagram and Messenger are still free.`,
  },
  {
    section: "10.6",
    line: "SendGrid",
    specification: "0",
    holds: ({ price }) => price.service === "SendGrid",
    why: () => "The free plan is gone; Essentials is the smallest that sends 100 e-mails a day.",
  },
  {
    line: "not in the specification",
    specification: "0",
    holds: () => true,
    why: (lines) => {
      const services = [...new Set(lines.filter(({ net }) => net.high >= 5000n).map(({ price }) => price.service))];
      return services.length === 0
        ? "Secrets, jobs, queues, files, logs and metrics are within their free tiers."
        : `Secrets, jobs, queues, files, logs, metrics and the way to the internet: ${services.sort().join(", ")}.`;
    },
  },
];

/** The specification's estimate, line by line, beside ours; the last line is the sum. */
export function comparison(estimate: Estimate): Compared[] {
  const taken = new Set<Line>();
  const rows = GROUPS.map((group): Compared => {
    const lines = estimate.lines.filter((line) => !taken.has(line) && group.holds(line));
    for (const line of lines) taken.add(line);
    return {
      section: group.section,
      line: group.line,
      specification: parseUsd(group.specification),
      ours: total(lines.map((line) => line.net)),
      why: group.why(lines, estimate),
    };
  });
  const sum = rows.reduce((left, row) => left + row.specification, 0n);
  return [
    ...rows,
    { section: undefined, line: "total", specification: sum, ours: estimate.totals.total, why: whole(estimate) },
  ];
}

function whole({ lines }: Estimate): string {
  const cloud = total(lines.filter(({ type }) => type !== EXTERNAL).map((line) => line.net));
  return `Google Cloud itself is ${spanText(cloud)}; the rest is the model, WhatsApp and e-mail, which the specification could still count as free.`;
}

function used(lines: readonly Line[], price: string): Quantity {
  return lines.filter((line) => line.price.id === price).reduce((sum, line) => sum + line.quantity, 0n);
}

function net(lines: readonly Line[], ...prices: readonly string[]): Span {
  return total(lines.filter((line) => prices.includes(line.price.id)).map((line) => line.net));
}

function warm(lines: readonly Line[]): string {
  const cost = net(lines, CLOUD_RUN.idleCpu.id, CLOUD_RUN.idleMemory.id);
  const always = net(lines, CLOUD_RUN.alwaysOnCpu.id, CLOUD_RUN.alwaysOnMemory.id);
  if (always.high > 0n) return ` A CPU that is always allocated adds ${spanText(always)}.`;
  return cost.high > 0n ? ` Warm instances, which the specification does without, add ${spanText(cost)}.` : "";
}

function safety(lines: readonly Line[]): string {
  const cost = net(lines, FIRESTORE.pointInTime.id, FIRESTORE.backups.id);
  return cost.high > 0n ? ` Backups and point-in-time recovery add ${spanText(cost)}.` : "";
}
