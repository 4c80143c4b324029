import { expect, test } from "vitest";
import { completeIndexes } from "./complete-indexes.ts";
import { type Sample, violations } from "./testing.ts";
import { INDEX } from "./types.ts";

const byTime = { fieldPath: "timestamp", order: "DESCENDING" };

function index(...fields: object[]): Sample {
  return { type: INDEX, name: "messages", props: { fields } };
}

test("an index that ends as Firestore would end it passes", async () => {
  const participants = { fieldPath: "participants", arrayConfig: "CONTAINS" };
  const samples = [
    index(byTime, { fieldPath: "__name__", order: "DESCENDING" }),
    index(participants, { fieldPath: "__name__", order: "ASCENDING" }),
  ];
  expect(await violations(completeIndexes, samples)).toEqual([]);
});

test("one without the name is refused", async () => {
  expect(
    await violations(completeIndexes, [index({ fieldPath: "conversationId", order: "ASCENDING" }, byTime)]),
  ).toEqual([expect.stringContaining('wanted: a last field { fieldPath: "__name__", order: "ASCENDING" }')]);
});

test("one whose name runs the other way is refused", async () => {
  const [found] = await violations(completeIndexes, [index(byTime, { fieldPath: "__name__", order: "ASCENDING" })]);
  expect(found).toContain('order: "DESCENDING" }');
});
