import { expect, test } from "vitest";
import { ACCOUNTS, stage } from "../testing.ts";
import { customerWrites, HOUR, page, text, whatsappPath } from "./testing.ts";

test("a customer who wrote by a webhook that was posted by hand can be answered", async () => {
  await using s = await stage();
  expect((await s.graph(whatsappPath, text("Olá"))).status).toBe(200);
  s.advance(24 * HOUR + 1000);
  expect((await s.graph(whatsappPath, text("tarde"))).body.error?.code).toBe(131047);
});

test("limits of one message", async () => {
  await using s = await stage();
  for (const channel of ["whatsapp", "facebook", "instagram"] as const) await customerWrites(s, channel);
  const status = async (path: string, body: unknown) => (await s.graph(path, body)).status;
  expect(await status(whatsappPath, text("a".repeat(4096)))).toBe(200);
  expect(await status(whatsappPath, text("a".repeat(4097)))).toBe(400);
  expect(await status(whatsappPath, text(""))).toBe(400);
  const facebook = `v26.0/${ACCOUNTS.facebook}/messages`;
  expect(await status(facebook, page({ text: "a".repeat(2000) }))).toBe(200);
  expect(await status(facebook, page({ text: "a".repeat(2001) }))).toBe(400);
  const instagram = `v26.0/${ACCOUNTS.instagram}/messages`;
  expect(await status(instagram, page({ text: "é".repeat(500) }))).toBe(200);
  expect(await status(instagram, page({ text: `${"é".repeat(500)}a` }))).toBe(400);
});

test.each([
  ["v18.0", whatsappPath.replace("v26.0", "v18.0"), 2500, /v18\.0 expired on 2026-01-26/],
  ["v99.0", whatsappPath.replace("v26.0", "v99.0"), 2500, /newest version is v26/],
  ["unknown number", "v26.0/1/messages", 100, /Object with ID '1' does not exist/],
])("%s is refused", async (_name, path, code, words) => {
  await using s = await stage();
  const { body } = await s.graph(path, text("Olá"));
  expect(body.error?.code).toBe(code);
  expect(body.error?.message).toMatch(words);
  expect(body.error?.fbtrace_id).toMatch(/^A/);
});

test("no token, an expired token", async () => {
  await using s = await stage();
  expect(await s.graph(whatsappPath, text("Olá"), {})).toMatchObject({ status: 401, body: { error: { code: 190 } } });
  const expired = await s.graph(whatsappPath, text("Olá"), { authorization: "Bearer expired" });
  expect(expired.body.error).toMatchObject({ code: 190, error_subcode: 463 });
});

test("health: number, page, subscription and token", async () => {
  await using s = await stage();
  const get = async (path: string) =>
    (await fetch(`${s.simulators.graphBaseUrl}/v26.0/${path}`, { headers: { authorization: "Bearer t" } })).json();
  expect(await get(`${ACCOUNTS.whatsapp}?fields=quality_rating,status`)).toEqual({
    id: ACCOUNTS.whatsapp,
    quality_rating: "GREEN",
    status: "CONNECTED",
  });
  expect(await get(`${ACCOUNTS.facebook}?fields=name`)).toMatchObject({ id: ACCOUNTS.facebook });
  expect(await get(`${ACCOUNTS.instagram}/subscribed_apps`)).toMatchObject({
    data: [{ subscribed_fields: expect.any(Array) }],
  });
  expect(await get("debug_token?input_token=t")).toMatchObject({ data: { is_valid: true } });
  expect(await get("debug_token?input_token=expired")).toMatchObject({ data: { is_valid: false } });
});
