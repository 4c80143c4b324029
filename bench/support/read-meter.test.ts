import { expect, test } from "vitest";
import { createReadMeter } from "./read-meter.ts";

const chunk = (...messages: readonly unknown[]) => {
  const text = JSON.stringify(messages.map((message, index) => [index, [message]]));
  return `${text.length}\n${text}`;
};
const sends = (target: number, name: string, updateTime: string) => ({
  documentChange: { document: { name, fields: {}, updateTime }, targetIds: [target] },
});
const changes = (targetChangeType: string, target: number) => ({
  targetChange: { targetChangeType, targetIds: [target] },
});

test("a document is a read when it comes in and when it changes, and none when it is sent again as it was", () => {
  const meter = createReadMeter();
  meter.push("a", chunk(changes("ADD", 2), sends(2, "x", "t1"), sends(2, "y", "t1"), changes("CURRENT", 2)));
  expect(meter.reads).toBe(2);
  meter.push("a", chunk(changes("RESET", 2), sends(2, "x", "t1"), sends(2, "y", "t2")));
  expect([meter.reads, meter.sent]).toEqual([3, 4]);
});

test("another query for the same document is another read, and so is one that begins again", () => {
  const meter = createReadMeter();
  meter.push("a", chunk(sends(2, "x", "t1"), sends(4, "x", "t1"), changes("REMOVE", 2), sends(2, "x", "t1")));
  expect(meter.reads).toBe(3);
});

test("streams are cut anywhere, and say other things too", () => {
  const meter = createReadMeter();
  const text = chunk("noop", ["c", "sid", "", 8], sends(2, "é x", "t1")) + chunk(sends(2, "y", "t1"));
  for (const letter of text) meter.push("a", letter);
  meter.push("b", chunk(sends(6, "z", "t1")));
  expect(meter.reads).toBe(3);
});
