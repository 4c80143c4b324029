import { expect, test } from "vitest";
import { startSimulators } from "./index.ts";
import { connectionTo, stage, startFakeApp } from "./testing.ts";

test("a webhook that answers the challenge is subscribed", async () => {
  await using s = await stage();
  expect(s.simulators.state()).toMatchObject({
    connected: true,
    subscribed: ["facebook", "instagram", "whatsapp"],
    webhookUrls: { whatsapp: `${s.app.url}/whatsapp` },
  });
});

test.each([
  [[403, "no"], /answered 403 "no".*OMNI_WEBHOOK_SECRET/s],
  [[200, "hello"], /answered 200 "hello".*must answer 200 with the challenge \d+/s],
] as const)("a webhook that answers %j is refused, with what to do", async ([status, text], words) => {
  const app = await startFakeApp(() => [status, text]);
  const simulators = await startSimulators({ port: 0, host: "127.0.0.1" });
  await expect(simulators.connect(connectionTo(app))).rejects.toMatchObject({
    code: "handshake_failed",
    message: expect.stringMatching(words),
  });
  expect(simulators.state().connected).toBe(false);
  await simulators.close();
  await app.close();
});

test("a webhook that is not there is named", async () => {
  const app = await startFakeApp();
  await app.close();
  const simulators = await startSimulators({ port: 0, host: "127.0.0.1" });
  await expect(simulators.connect(connectionTo(app))).rejects.toThrow(
    /webhook http:\/\/127.*did not answer.*is running/,
  );
  await simulators.close();
});

test("before the handshake nothing can be delivered", async () => {
  await using s = await stage({ connect: false });
  const answer = await s.control("POST", "messages", { channel: "whatsapp", from: "5511900000001" });
  expect(answer).toMatchObject({ status: 409, body: { code: "not_connected" } });
});

test("a taken port is an advice, not a stack", async () => {
  await using s = await stage({ connect: false });
  const port = Number(new URL(s.simulators.url).port);
  await expect(startSimulators({ port, host: "127.0.0.1" })).rejects.toMatchObject({ code: "port_taken" });
});

test("pages from elsewhere and foreign host names are refused", async () => {
  await using s = await stage({ connect: false });
  const foreign = await fetch(`${s.simulators.url}/control/state`, {
    headers: { origin: "https://elsewhere.example" },
  });
  expect(foreign.status).toBe(403);
  expect(await foreign.json()).toMatchObject({ code: "not_local" });
});
