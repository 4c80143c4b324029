import * as z from "zod";
import type { Place } from "../conversations/index.ts";

const place = z.tuple([z.int(), z.int().min(0).max(999_999_999), z.string().min(1).max(1500)]);

/** Opaque to callers, so that what it holds may change. */
export function writeCursor(at: Place): string {
  return Buffer.from(JSON.stringify([at.seconds, at.nanoseconds, at.id])).toString("base64url");
}

/** A page's place, from the `next` of the page before. */
export const cursorSchema = z
  .string()
  .max(4096)
  .transform((text, context): Place => {
    const read = place.safeParse(decode(text));
    if (read.success) {
      const [seconds, nanoseconds, id] = read.data;
      return { seconds, nanoseconds, id };
    }
    context.addIssue({ code: "custom", message: "is not a cursor: pass the `next` of an earlier page unchanged" });
    return z.NEVER;
  });

function decode(text: string): unknown {
  try {
    return JSON.parse(Buffer.from(text, "base64url").toString("utf8"));
  } catch {
    return undefined; // Not JSON: the schema above says so to the caller.
  }
}
