import { expect, test } from "vitest";
import { displayName, displayPhone, initials, phone } from "./names.ts";

test.each([
  ["5511900000001", "+55 11 90000-0001"],
  ["551130000001", "+55 11 3000-0001"],
  ["351900000001", "+351900000001"],
  ["+5511900000001", "+55 11 90000-0001"],
  ["17841400000000001234", "17841400000000001234"],
  ["visitante", "visitante"],
])("phone %s is written %s", (digits, words) => {
  expect(phone(digits)).toBe(words);
});

test("a name comes before a phone, a phone before the channel's id", () => {
  const row = { channel: "whatsapp", customer: "5511900000001" } as const;
  expect(displayName({ ...row, name: "Cliente de exemplo" })).toBe("Cliente de exemplo");
  expect(displayName(row)).toBe("+55 11 90000-0001");
  expect(displayName({ channel: "instagram", customer: "17841400000000001" })).toBe("17841400000000001");
  expect(displayPhone({ channel: "instagram", customer: "17841400000000001" })).toBeUndefined();
});

test.each([
  ["Cliente de exemplo", "CE"],
  ["Cliente", "C"],
  ["agente@exemplo.com", "AC"],
  ["مثال عميل", "مع"],
  ["+55 11 90000-0042", "42"],
  ["", "?"],
  ["Élise Íris", "ÉÍ"],
])("the letters of %j are %s", (name, letters) => {
  expect(initials(name)).toBe(letters);
});
