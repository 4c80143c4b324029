import type { Firestore } from "firebase-admin/firestore";
import { beforeEach, describe, expect, test } from "vitest";
import type { Conversation } from "./model.ts";
import { firestoreForTests } from "./testing/firestore.ts";
import { describeUser, phoneForms, resolvePerson } from "./user-type.ts";

describe("phoneForms", () => {
  test.each([
    [
      "5511987654321",
      ["5511987654321", "+5511987654321", "11987654321", "551187654321", "+551187654321", "1187654321"],
    ],
    ["551187654321", ["551187654321", "+551187654321", "1187654321", "5511987654321", "+5511987654321", "11987654321"]],
    ["551133334444", ["551133334444", "+551133334444", "1133334444"]],
    ["+1 (650) 555-0100", ["16505550100", "+16505550100"]],
    ["1234567", []],
    [undefined, []],
  ])("%s", (phone, forms) => {
    expect(phoneForms(phone)).toEqual(forms);
  });
});

test.each([
  [{ userType: "prestador" }, true, { userType: "prestador", userId: "u1" }],
  [{ type: "admin", name: "Exemplo" }, true, { userType: "admin", userId: "u1", name: "Exemplo" }],
  [{ role: "prospector" }, false, { userType: "prospector" }],
  [{ userType: "rei", name: 7 }, true, { userType: "cliente", userId: "u1" }],
  [{ userType: "prestador", name: "Exemplo" }, false, { userType: "prestador" }],
  [{ userType: "prestador", phoneVerified: true }, false, { userType: "prestador", userId: "u1" }],
  ["nonsense", false, { userType: "cliente" }],
])("describeUser(%o, proven: %s)", (data, proven, expected) => {
  expect(describeUser({ id: "u1", data, proven })).toEqual(expected);
});

describe("resolvePerson", () => {
  const store = firestoreForTests();
  let db: Firestore;
  beforeEach(() => {
    db = store.fresh();
  });
  const conversation = (fields: Partial<Conversation> = {}) =>
    ({ id: "whatsapp_551187654321", channel: "whatsapp", ...fields }) as Conversation;

  test("what the worker wrote before is no answer: people sign up, change roles and leave", async () => {
    const before = conversation({ userType: "admin", contact: { userId: "u1" } });
    expect(await resolvePerson(db, before)).toEqual({ userType: "cliente" });
    await db.doc("users/u1").set({ userType: "prestador" });
    expect(await resolvePerson(db, before)).toEqual({ userType: "prestador", userId: "u1" });
  });

  test("nobody knows the number: cliente", async () => {
    expect(await resolvePerson(db, conversation())).toEqual({ userType: "cliente" });
  });

  test("a user with the ninth digit", async () => {
    await db.doc("users/prestador@example.com").set({ phone: "+5511987654321", userType: "prestador" });
    expect(await resolvePerson(db, conversation())).toEqual({ userType: "prestador" });
  });

  test("two users with one number are nobody", async () => {
    await db.doc("users/a@example.com").set({ phone: "5511987654321", userType: "prestador" });
    await db.doc("users/b@example.com").set({ phone: "551187654321", userType: "admin" });
    expect(await resolvePerson(db, conversation())).toEqual({ userType: "cliente" });
  });

  test("a prospect, unless a user has the number", async () => {
    await db.doc("prospects/p1").set({ phone: "11987654321" });
    expect(await resolvePerson(db, conversation())).toEqual({ userType: "prospector" });
    await db.doc("users/c@example.com").set({ phone: "551187654321", userType: "cliente" });
    expect(await resolvePerson(db, conversation())).toEqual({ userType: "cliente" });
  });

  test("the web chat's sender is the user", async () => {
    await db.doc("users/u1").set({ userType: "prestador" });
    const chat = conversation({ id: "webchat_u1", channel: "webchat" });
    expect(await resolvePerson(db, chat)).toEqual({ userType: "prestador", userId: "u1" });
  });
});
