import { afterEach, describe, expect, test } from "vitest";
import { firestoreForTests } from "../conversations/testing/firestore.ts";
import { formsOf, usersOfPhone, usersOfPhones } from "./phone-users.ts";
import { countReads } from "./testing/reads.ts";

const firestore = firestoreForTests();
const PHONE = "5511900000001";
const forms = formsOf({ contact: { phone: PHONE } });
let reads: ReturnType<typeof countReads> | undefined;

afterEach(() => {
  reads?.stop();
});

/** Users with this number, and what each wants. */
async function users(wants: readonly { phone?: string; optedOut?: boolean }[]) {
  const db = firestore.fresh();
  await Promise.all(
    wants.map(({ phone = PHONE, optedOut = false }, n) =>
      db.doc(`users/pessoa${n}@example.com`).set({ phone, ...(optedOut && { optOutAutomations: true }) }),
    ),
  );
  return db;
}

describe("the users of a number", () => {
  test("one: who it is", async () => {
    const db = await users([{}, { phone: "5511900000002", optedOut: true }]);
    const { only, optedOut } = await usersOfPhone(db, forms);
    expect([only?.id, optedOut]).toEqual(["pessoa0@example.com", false]);
  });

  test.each([
    ["with a sign and the country", `+${PHONE}`],
    ["as one dials within the country", "11900000001"],
    ["without the ninth digit", "551100000001"],
  ])("one who wrote it %s", async (_, phone) => {
    const db = await users([{ phone, optedOut: true }]);
    expect((await usersOfPhone(db, forms)).optedOut).toBe(true);
  });

  test("three, of whom the last wants no automations: nobody, and nothing is sent", async () => {
    const db = await users([{}, {}, { optedOut: true }]);
    expect(await usersOfPhone(db, forms)).toEqual({ optedOut: true });
  });

  test("more than may be read, one of them opted out: found all the same", async () => {
    const many = Array.from({ length: 40 }, (_, n) => ({ optedOut: n === 39 }));
    expect(await usersOfPhone(await users(many), forms)).toEqual({ optedOut: true });
    expect(await usersOfPhone(await users(many.slice(0, 39)), forms)).toEqual({ optedOut: false });
  });

  test("a conversation that is linked already, or without a number, needs none", () => {
    expect(formsOf({ contact: { phone: PHONE, userId: "pessoa@example.com" } })).toEqual([]);
    expect(formsOf({ contact: {} })).toEqual([]);
  });
});

describe("the users of several numbers", () => {
  const phones = Array.from({ length: 12 }, (_, n) => `55119${10_000_000 + n}`);
  const all = phones.map((phone) => formsOf({ contact: { phone } }));

  test("are told apart, five numbers to a query", async () => {
    const db = await users([{ phone: phones[3] as string, optedOut: true }, { phone: phones[7] as string }]);
    reads = countReads();
    const look = usersOfPhones(db, all);
    const found = await Promise.all(all.map((_, index) => look(index)));
    expect(found.flatMap(({ only }, index) => (only ? [[index, only.id]] : []))).toEqual([
      [3, "pessoa0@example.com"],
      [7, "pessoa1@example.com"],
    ]);
    expect(found.flatMap(({ optedOut }, index) => (optedOut ? [index] : []))).toEqual([3]);
    expect(reads.queried).toBe(3);
  });

  test("are not read before they are wanted", async () => {
    const db = await users([]);
    reads = countReads();
    const look = usersOfPhones(db, all);
    await look(11);
    expect(reads.queried).toBe(1);
  });

  test("one number that very many have hides no other's", async () => {
    const crowd = Array.from({ length: 40 }, () => ({ phone: phones[0] as string }));
    const db = await users([...crowd, { phone: phones[1] as string, optedOut: true }]);
    const look = usersOfPhones(db, all);
    expect([await look(0), (await look(1)).optedOut]).toEqual([{ optedOut: false }, true]);
  });
});
