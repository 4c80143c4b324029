import * as z from "zod";
import { shorten, visibleText } from "./text.ts";

/** What the model was asked to write, as it came back. */
export interface ModelReply {
  readonly reply: string;
  readonly action: "continue" | "handoff";
  /** For the team; never shown to a customer. May be empty. */
  readonly reason: string;
}

/** Characters of a reason that are kept. */
const MAX_REASON_CHARS = 200;

const schema = z.object({
  reply: z.string(),
  action: z.enum(["continue", "handoff"]),
  reason: z
    .string()
    .catch("")
    .default("")
    .transform((reason) => shorten(visibleText(reason).replace(/\s+/g, " ").trim(), MAX_REASON_CHARS)),
});

/** The model's JSON, validated; undefined when it is none. A fence around it (` ```json `) is forgiven. */
export function parseReply(text: string): ModelReply | undefined {
  const json = text
    .trim()
    .replace(/^```(?:json)?\s*/i, "")
    .replace(/\s*```$/, "");
  try {
    return schema.safeParse(JSON.parse(json)).data;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
