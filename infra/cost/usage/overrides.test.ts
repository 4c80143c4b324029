import { expect, test } from "vitest";
import { profileOf } from "./overrides.ts";
import { PROFILES } from "./profiles.ts";
import { scaled, usageSchema } from "./usage.ts";

test.each(Object.values(PROFILES))("the profile $name is complete", ({ usage }) => {
  expect(usageSchema.parse(usage)).toEqual(usage);
});

test("without a word the specification's profile is taken; a name wins over the stack's own", () => {
  expect(profileOf({})).toBe(PROFILES.specification);
  expect(profileOf({ "servio-cost:profile": "busy" })).toBe(PROFILES.busy);
  expect(profileOf({ "servio-cost:profile": "busy" }, "small")).toBe(PROFILES.small);
});

test("a stack says what is different of it, and the report says that it did", () => {
  const profile = profileOf({ "servio-cost:webhooksPerDay": "20000", "servio-cost:whatsappMarket": "mexico" });
  expect(profile.usage).toEqual({
    ...PROFILES.specification.usage,
    webhooksPerDay: 20_000,
    whatsappMarket: "mexico",
  });
  expect(profile.name).toBe("specification, changed by the stack");
  expect(profile.description).toContain("servio-cost: webhooksPerDay, whatsappMarket");
});

test.each([
  ["webhooksPerday", "1", "servio-cost:webhooksPerday: not a usage that is known"],
  ["webhooksPerDay", "many", "servio-cost:webhooksPerDay: "],
  ["webhooksPerDay", "-1", "servio-cost:webhooksPerDay: "],
  ["webhooksPerDay", "1.5", "servio-cost:webhooksPerDay: "],
  ["whatsappPercent", "101", "servio-cost:whatsappPercent: "],
  ["whatsappMarket", "moon", "one of brazil, north-america"],
  ["messagesPerDay", "0", "servio-cost:messagesPerDay: "],
])("%s: %j is refused", (name, value, complaint) => {
  expect(() => profileOf({ [`servio-cost:${name}`]: value })).toThrow(complaint);
});

test("an unknown profile is refused with those there are", () => {
  expect(() => profileOf({}, "huge")).toThrow("there are specification, small, busy");
});

test("ten times the traffic is ten times the messages, of the same length and staff", () => {
  const { usage } = PROFILES.specification;
  const more = scaled(usage, 10);
  expect(more).toMatchObject({ messagesPerDay: 30_000, firestoreReadsPerDay: 500_000, firestoreStorageMiB: 102_400 });
  expect(more).toMatchObject({ replyMs: usage.replyMs, staffPerMonth: usage.staffPerMonth, whatsappPercent: 50 });
});
