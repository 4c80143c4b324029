import { expect, test } from "vitest";
import { exampleConversation } from "../testing/examples.ts";
import { Overlay, withBelief } from "./overlay.ts";

const row = exampleConversation();

function setUp() {
  const timers: (() => void)[] = [];
  const overlay = new Overlay((run) => void timers.push(run));
  return { overlay, timers, shown: () => withBelief(row, overlay.get()) };
}

test("shows the change while the action runs, and until the database agrees", async () => {
  const { overlay, shown } = setUp();
  let finish: () => void = () => undefined;
  const done = overlay.during(row.id, { mode: "human" }, () => new Promise((resolve) => (finish = resolve)));
  expect(shown().mode).toBe("human");
  overlay.settle(row);
  expect(shown().mode).toBe("human");
  finish();
  await done;
  overlay.settle(row);
  expect(shown().mode).toBe("human");
  overlay.settle({ ...row, mode: "human" });
  expect(shown()).toBe(row);
});

test("takes the change back when the action fails, and passes the failure on", async () => {
  const { overlay, shown } = setUp();
  const refused = overlay.during(row.id, { status: "closed" }, () => Promise.reject(new Error("refused")));
  expect(shown().status).toBe("closed");
  await expect(refused).rejects.toThrow("refused");
  expect(shown()).toBe(row);
});

test("does not believe for ever", async () => {
  const { overlay, shown, timers } = setUp();
  await overlay.during(row.id, { unread: 0 }, () => Promise.resolve());
  expect(shown().unread).toBe(0);
  for (const run of timers) run();
  expect(shown()).toBe(row);
});

test("a later change is not dropped by the timer of an earlier one", async () => {
  const { overlay, shown, timers } = setUp();
  await overlay.during(row.id, { unread: 0 }, () => Promise.resolve());
  const [first] = timers;
  await overlay.during(row.id, { mode: "human" }, () => Promise.resolve());
  first?.();
  expect(shown()).toMatchObject({ unread: 0, mode: "human" });
});
