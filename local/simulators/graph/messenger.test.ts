import { expect, test } from "vitest";
import { ACCOUNTS, stage } from "../testing.ts";
import { customerWrites, HOUR, news, PSID, page } from "./testing.ts";

test("Messenger: echo with metadata, then a watermark", async () => {
  await using s = await stage();
  await customerWrites(s, "facebook");
  const answer = await s.graph(`v26.0/${ACCOUNTS.facebook}/messages`, page({ text: "Claro!", metadata: "row-1" }));
  expect(answer.body).toMatchObject({ recipient_id: PSID });
  await s.app.webhook(3);
  const mid = answer.body.message_id;
  expect(news(s.app.delivered.slice(1))).toMatchObject([
    {
      sender: { id: ACCOUNTS.facebook },
      recipient: { id: PSID },
      message: { is_echo: true, mid, metadata: "row-1", text: "Claro!" },
    },
    { sender: { id: PSID }, recipient: { id: ACCOUNTS.facebook }, delivery: { mids: [mid] } },
  ]);
});

test("Instagram: echo, no delivery receipt, read by message id", async () => {
  await using s = await stage();
  await customerWrites(s, "instagram");
  const { body } = await s.graph("v26.0/me/messages", page({ text: "Claro!" }));
  await s.app.webhook(2);
  await expect
    .poll(async () => (await s.control("POST", "read", { channel: "instagram", customer: PSID })).body)
    .toEqual({ read: 1 });
  expect(s.app.delivered.map((each) => each.path)).toEqual(["/instagram", "/instagram", "/instagram"]);
  expect(news(s.app.delivered.slice(2))).toMatchObject([{ read: { mid: body.message_id } }]);
});

test.each([
  ["facebook", 2018278],
  ["instagram", 2534022],
] as const)("%s: after 24 hours a person's tag, after 7 days nothing", async (channel, subcode) => {
  await using s = await stage();
  const path = `v26.0/${ACCOUNTS[channel]}/messages`;
  await customerWrites(s, channel);
  s.advance(25 * HOUR);
  const late = await s.graph(path, page({ text: "Olá" }));
  expect(late.body.error).toMatchObject({ code: 10, error_subcode: subcode });
  const tag = { messaging_type: "MESSAGE_TAG", tag: "HUMAN_AGENT" };
  expect((await s.graph(path, page({ text: "Olá" }, tag))).status).toBe(200);
  const dead = await s.graph(path, page({ text: "Olá" }, { ...tag, tag: "ACCOUNT_UPDATE" }));
  expect(dead.body.error?.code).toBe(100);
  s.advance(7 * 24 * HOUR);
  expect((await s.graph(path, page({ text: "Olá" }, tag))).body.error?.code).toBe(10);
});

test("Messenger: somebody who never wrote does not exist", async () => {
  await using s = await stage();
  await s.control("PUT", "settings", { strangers: "refused" });
  const answer = await s.graph(`v26.0/${ACCOUNTS.facebook}/messages`, page({ text: "Olá" }));
  expect(answer.body.error).toMatchObject({ code: 100, error_subcode: 2018001 });
});
