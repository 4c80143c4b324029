import { expect, test } from "vitest";
import { exampleMessage, HOUR, MINUTE, NOON, SAO_PAULO } from "../testing/examples.ts";
import { groupMessages } from "./group.ts";

const customer = (id: string, at: number) => exampleMessage({ id, at });
const bot = (id: string, at: number) => exampleMessage({ id, at, author: "bot", sender: "omni_ia" });
const shape = (messages: Parameters<typeof groupMessages>[0]) =>
  groupMessages(messages, SAO_PAULO).map((item) =>
    item.type === "day" ? item.key : `${item.message.id}${item.first ? " first" : ""}${item.last ? " last" : ""}`,
  );

test("nothing makes nothing", () => {
  expect(shape([])).toEqual([]);
});

test("messages of one author within five minutes stand together", () => {
  expect(
    shape([
      customer("a", NOON),
      customer("b", NOON + MINUTE),
      customer("c", NOON + 7 * MINUTE),
      bot("d", NOON + 7 * MINUTE),
    ]),
  ).toEqual(["day 2026-11-23", "a first", "b last", "c first last", "d first last"]);
});

test("midnight of the reader parts them", () => {
  const midnight = NOON + 12 * HOUR;
  expect(shape([customer("a", midnight - MINUTE), customer("b", midnight)])).toEqual([
    "day 2026-11-23",
    "a first last",
    "day 2026-11-24",
    "b first last",
  ]);
});
