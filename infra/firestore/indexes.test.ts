import { expect, test } from "vitest";
import { INDEXES, indexFields, indexName } from "./indexes.ts";

const byName = new Map(INDEXES.map((index) => [indexName(index), index]));

test("each index has a name of its own", () => {
  expect(byName.size).toBe(INDEXES.length);
});

test("the name that Firestore appends is written out, in the direction of the last ordered field", () => {
  const index = byName.get("messages-conversationId-asc-timestamp-desc");
  expect(index && indexFields(index)).toEqual([
    { fieldPath: "conversationId", order: "ASCENDING" },
    { fieldPath: "timestamp", order: "DESCENDING" },
    { fieldPath: "__name__", order: "DESCENDING" },
  ]);
});

test("an array's field is indexed by what it contains", () => {
  const index = byName.get("conversations-participants-contains-lastMessageAt-desc");
  expect(index && indexFields(index)).toEqual([
    { fieldPath: "participants", arrayConfig: "CONTAINS" },
    { fieldPath: "lastMessageAt", order: "DESCENDING" },
    { fieldPath: "__name__", order: "DESCENDING" },
  ]);
});
