import type { DocumentReference } from "firebase-admin/firestore";
import { expect, test } from "vitest";
import { changeDocument } from "./change.ts";
import { firestoreForTests } from "./testing/firestore.ts";

interface Counter {
  n: number;
}

const store = firestoreForTests();
const counter = (name: string) => store.db.collection("counters").doc(name) as DocumentReference<Counter>;

test("no update is lost among writers that meet", async () => {
  const reference = counter("busy");
  await reference.set({ n: 0 });
  const add = () =>
    changeDocument(reference, (document) => ({ result: undefined, fields: { n: (document?.n ?? 0) + 1 } }));
  await Promise.all(Array.from({ length: 8 }, add));
  expect((await reference.get()).data()).toEqual({ n: 8 });
});

test("what belongs together is written together, or decided again", async () => {
  const reference = counter("pair");
  const place = store.db.collection("notes").doc("one");
  await reference.set({ n: 0 });
  await place.set({ taken: true });
  let decisions = 0;
  const result = await changeDocument(reference, async (document) => {
    decisions += 1;
    const taken = decisions > 1 && (await place.get()).exists;
    if (taken) return { result: "there already" };
    return { result: "written", fields: { n: (document?.n ?? 0) + 1 }, also: (batch) => batch.create(place, {}) };
  });
  expect([result, decisions, (await reference.get()).data()]).toEqual(["there already", 2, { n: 0 }]);
});

test("a document that does not exist is not made", async () => {
  const reference = counter("absent");
  expect(await changeDocument(reference, (document) => ({ result: document, fields: { n: 1 } }))).toBeUndefined();
  expect((await reference.get()).exists).toBe(false);
});

test("what is no conflict is thrown", async () => {
  const reference = counter("denied");
  await reference.set({ n: 0 });
  const decide = () => ({ result: undefined, fields: { "": 1 } as never });
  await expect(changeDocument(reference, decide)).rejects.toThrow();
});
