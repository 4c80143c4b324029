import { beforeEach, describe, expect, test } from "vitest";
import { createResolver, type Sender } from "./resolve.ts";
import { type MemoryStore, memoryStore } from "./testing/memory-store.ts";

let port: MemoryStore;
beforeEach(() => {
  port = memoryStore();
});

function exists(customer: string, contact: object = {}) {
  const id = `whatsapp_${customer}`;
  return port.commit([{ op: "create", collection: "conversations", id, data: { id, contact } }]);
}
async function resolved(...senders: Omit<Sender, "channel">[]) {
  const identities = await createResolver(port).resolveAll(senders.map((one) => ({ channel: "whatsapp", ...one })));
  return identities.map(({ customer }) => customer);
}

describe("the conversation of a WhatsApp customer", () => {
  test("is the exact one, if it exists", async () => {
    await exists("551188887777");
    await exists("5511988887777");
    expect(await resolved({ customer: "551188887777" }, { customer: "5511988887777" })).toEqual([
      "551188887777",
      "5511988887777",
    ]);
  });

  test.each([
    ["Brazil, known with the 9", "5511988887777", "551188887777"],
    ["Brazil, known without the 9", "551188887777", "5511988887777"],
    ["Argentina", "5491122223333", "541122223333"],
    ["Mexico", "525512345678", "5215512345678"],
  ])("is the one under another form of the number: %s", async (_, known, writes) => {
    await exists(known);
    expect(await resolved({ customer: writes })).toEqual([known]);
  });

  test("is never that of a landline with the same digits", async () => {
    await exists("5511923456789");
    expect(await resolved({ customer: "551123456789" })).toEqual(["551123456789"]);
  });

  test("stays that of the number, once only the business-scoped id is told", async () => {
    await exists("5511900000001", { bsuid: "BR.Abc1" });
    expect(await resolved({ customer: "BR.Abc1", bsuid: "BR.Abc1" })).toEqual(["5511900000001"]);
  });

  test("stays that of the business-scoped id, once the number is told too", async () => {
    await exists("BR.Abc1", { bsuid: "BR.Abc1" });
    expect(await resolved({ customer: "5511900000001", bsuid: "BR.Abc1" })).toEqual(["BR.Abc1"]);
  });

  test("stays the same when the customer has a new number", async () => {
    await exists("5511900000001", { phone: "5511900000002" });
    expect(await resolved({ customer: "5511900000002" })).toEqual(["5511900000001"]);
  });

  test("is a new one when nobody knows the customer", async () => {
    expect(await resolved({ customer: "15550000009" })).toEqual(["15550000009"]);
  });
});

test("on the other channels a person has one id, and nothing is read", async () => {
  const identities = await createResolver(port).resolveAll([{ channel: "facebook", customer: "1" }, undefined]);
  expect(identities).toEqual([
    { conversationId: "facebook_1", customer: "1" },
    { conversationId: "", customer: "" },
  ]);
  expect(port.calls).toMatchObject({ getAll: 0, find: 0 });
});

test("a customer is looked for once, also when several messages come together, until others push them out", async () => {
  const resolver = createResolver(port, 2);
  const senders = (...numbers: string[]) => numbers.map((customer): Sender => ({ channel: "whatsapp", customer }));
  await resolver.resolveAll(senders("1555001", "1555001"));
  await resolver.resolveAll(senders("1555001"));
  expect(port.calls.getAll).toBe(1);
  await resolver.resolveAll(senders("1555002", "1555003"));
  await resolver.resolveAll(senders("1555001"));
  expect(port.calls.getAll).toBe(4);
});
