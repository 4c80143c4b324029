import { CHANNELS } from "../channels/channel.ts";
import { type Counted, type durationOf, figuresOf } from "./report.ts";
import type { Duration } from "./response.ts";

/** For spreadsheets: one line a slot and channel, also the empty ones. Nothing in it is anybody's words. */

const AUTHORS = ["bot", "person"] as const;
const KINDS = [
  ["first_response", "firstResponse"],
  ["reply", "reply"],
  ["resolution", "resolution"],
] as const;

const DURATION_COLUMNS = AUTHORS.flatMap((author) =>
  KINDS.flatMap(([name]) => ["count", "p50_ms", "p90_ms"].map((figure) => `${author}_${name}_${figure}`)),
);
const HEADER = ["at", "channel", "inbound", "bot", "person", "automation", "failed", ...DURATION_COLUMNS];

/** RFC 4180, with the lines' ends that it asks for. */
export function toCsv({ slots }: Pick<Counted, "slots">): string {
  const lines = slots.flatMap(({ at, counts }) =>
    CHANNELS.map((channel) => {
      const { volume, ...byAuthor } = figuresOf(counts, channel);
      const { inbound, bot, person, automation, failed } = volume;
      const durations = AUTHORS.flatMap((author) => KINDS.flatMap(([, kind]) => cells(byAuthor[author][kind])));
      return [new Date(at).toISOString(), channel, inbound, bot, person, automation, failed, ...durations];
    }),
  );
  return [HEADER, ...lines].map((line) => `${line.join(",")}\r\n`).join("");
}

function cells(duration: ReturnType<typeof durationOf>): (number | "")[] {
  const { count, p50Ms, p90Ms }: Partial<Duration> = duration ?? {};
  return [count ?? 0, p50Ms ?? "", p90Ms ?? ""];
}
