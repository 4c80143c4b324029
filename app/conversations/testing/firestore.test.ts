import { afterAll, beforeAll, expect, test } from "vitest";
import { startFirestore, type TestFirestore } from "./firestore.ts";

let store: TestFirestore;
beforeAll(async () => {
  store = await startFirestore();
}, 40_000);
afterAll(() => store.stop());

test("each client has a database of its own", async () => {
  const [one, other] = [store.fresh(), store.fresh()];
  await one.doc("things/a").set({ n: 1 });
  expect((await one.doc("things/a").get()).data()).toEqual({ n: 1 });
  expect((await other.doc("things/a").get()).exists).toBe(false);
});
