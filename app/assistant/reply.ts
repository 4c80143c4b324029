import * as z from "zod";
import { shortenText, type TextLimit } from "../channels/text.ts";
import { visibleText } from "./text.ts";

/** What the model was asked to write, as it came back. */
export interface ModelReply {
  readonly reply: string;
  readonly action: "continue" | "handoff";
  /** For the team; never shown to a customer. May be empty. */
  readonly reason: string;
}

/** How much of a reason is kept: a line in the inbox. */
const MAX_REASON: TextLimit = { max: 200, unit: "characters" };

const schema = z.object({
  reply: z.string(),
  action: z.enum(["continue", "handoff"]),
  reason: z
    .string()
    .catch("")
    .default("")
    .transform((reason) => shortenText(visibleText(reason).replace(/\s+/g, " ").trim(), MAX_REASON).text),
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
