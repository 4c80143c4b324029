import { expect, test } from "vitest";
import { isAllowedOrigin, originList } from "./origins.ts";

test.each([
  ["", []],
  ["none", []],
  ["https://www.example.com", ["https://www.example.com"]],
  [" https://a.example.com , https://*.example.org ", ["https://a.example.com", "https://*.example.org"]],
  ["http://127.0.0.1:4402", ["http://127.0.0.1:4402"]],
])("%j is the list %j", (text, expected) => {
  expect(originList.parse(text)).toEqual(expected);
});

test.each([
  "http://www.example.com",
  "https://www.example.com/",
  "https://www.example.com/path",
  "*",
  "https://*",
  "https://*.com.",
  "https://example",
  "https://a.*.example.com",
  "https://www.example.com; script-src *",
  "https://www.example.com 'unsafe-inline'",
])("%j is refused", (text) => {
  expect(originList.safeParse(text).success).toBe(false);
});

test.each([
  ["https://www.example.com", true],
  ["https://example.com", false],
  ["https://shop.example.org", true],
  ["https://a.b.example.org", true],
  ["https://example.org", false],
  ["https://.example.org", false],
  ["https://evilexample.org", false],
  ["http://shop.example.org", false],
  ["https://shop.example.org.evil.example", false],
  ["null", false],
])("%s may embed the chat: %s", (origin, allowed) => {
  expect(isAllowedOrigin(origin, ["https://www.example.com", "https://*.example.org"])).toBe(allowed);
});
