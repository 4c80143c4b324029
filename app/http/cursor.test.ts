import { fc, test } from "@fast-check/vitest";
import { describe, expect } from "vitest";
import { cursorSchema, writeCursor } from "./cursor.ts";

const place = fc.record({
  seconds: fc.integer(),
  nanoseconds: fc.integer({ min: 0, max: 999_999_999 }),
  id: fc.string({ minLength: 1, maxLength: 200 }).filter((id) => id.isWellFormed()),
});

describe("cursor", () => {
  test.prop([place])("comes back as it was", (at) => {
    expect(cursorSchema.parse(writeCursor(at))).toEqual(at);
  });

  test.prop([fc.string()])("anything else is refused, not thrown on", (text) => {
    expect(typeof cursorSchema.safeParse(text).success).toBe("boolean");
  });

  test.each(["", "abc", Buffer.from("[1,2]").toString("base64url"), Buffer.from('["1",2,"a"]').toString("base64url")])(
    "%s",
    (text) => {
      expect(cursorSchema.safeParse(text).success).toBe(false);
    },
  );
});
