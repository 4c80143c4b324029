import type { DocumentReference } from "firebase-admin/firestore";
import { expect, test } from "vitest";
import { changeDocument } from "./change.ts";
import { Recent } from "./recent.ts";
import { firestoreForTests } from "./testing/firestore.ts";
import { metered } from "./testing/meter.ts";

interface Counter {
  n: number;
}

const store = firestoreForTests();
const counter = (name: string) => store.db.collection("counters").doc(name) as DocumentReference<Counter>;

test("what was kept is told once; after it the store is read", async () => {
  const reference = counter("once");
  const { writeTime } = await reference.set({ n: 1 });
  const recent = new Recent();
  recent.keep(reference, { n: 1 }, writeTime);
  await reference.set({ n: 2 });
  expect((await recent.look(reference)).data()).toEqual({ n: 1 });
  expect((await recent.look(reference)).data()).toEqual({ n: 2 });
});

test("a change stands on what was kept, without reading it", async () => {
  const reference = counter("kept");
  const { writeTime } = await reference.set({ n: 1 });
  const recent = new Recent();
  recent.keep(reference, { n: 1 }, writeTime);
  expect(await metered(() => increase(reference, recent))).toEqual({ reads: 0, writes: 1 });
  expect((await reference.get()).data()).toEqual({ n: 2 });
});

test("what somebody else has changed meanwhile is found out, read, and decided anew", async () => {
  const reference = counter("stale");
  const { writeTime } = await reference.set({ n: 1 });
  const recent = new Recent();
  recent.keep(reference, { n: 1 }, writeTime);
  await reference.set({ n: 10 });
  expect((await metered(() => increase(reference, recent))).reads).toBe(1);
  expect((await reference.get()).data()).toEqual({ n: 11 });
});

test("what was kept and is gone by now is not made again", async () => {
  const reference = counter("gone");
  const recent = new Recent();
  recent.keep(reference, { n: 1 }, (await reference.set({ n: 1 })).writeTime);
  await reference.delete();
  await increase(reference, recent);
  expect((await reference.get()).exists).toBe(false);
});

function increase(reference: DocumentReference<Counter>, recent: Recent): Promise<void> {
  const more = (document: Counter | undefined) => ({ result: undefined, fields: { n: (document?.n ?? 0) + 1 } });
  return changeDocument<Counter, void>(reference, more, recent);
}
