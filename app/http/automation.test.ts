import { beforeEach, expect, test } from "vitest";
import { DEFAULT_SETTINGS, TRIGGERS, unsubscribeToken } from "../automation/index.ts";
import { NOON, USER } from "../automation/testing/situations.ts";
import { at, createStage, type Stage } from "../automation/testing/stage.ts";
import { automationRoutes } from "./routes/automation.ts";
import { httpStage } from "./testing/stage.ts";

const http = httpStage();
let stage: Stage;

beforeEach(async () => {
  await http.open(({ world }) => {
    stage = createStage(world.db);
    return { routes: automationRoutes(stage.deps, DEFAULT_SETTINGS) };
  });
});

async function call(method: string, path: string, token = "agent") {
  const response = await fetch(http.url + path, { method, headers: { authorization: `Bearer ${token}` } });
  return { status: response.status, text: await response.text() };
}

test("what no way was found for is a person's task, until somebody says that it is done", async () => {
  const escrow = { status: "pending", clientId: USER, amount: 10, createdAt: at(NOON - 13 * 3_600_000) };
  await stage.put("escrows/e1", escrow);
  await stage.put(`users/${USER}`, { preferredChannel: "whatsapp" });
  Object.assign(stage.deps, { email: undefined });
  await stage.run({ triggers: TRIGGERS });
  const { tasks } = JSON.parse((await call("GET", "/api/omni/tasks")).text);
  expect(tasks).toMatchObject([
    { trigger: "followup_pagamento", reason: "not_connected", userId: USER, status: "open" },
  ]);
  const path = `/api/omni/tasks/${encodeURIComponent(tasks[0].id)}/done`;
  for (let n = 0; n < 2; n += 1) {
    const done = await call("POST", path);
    expect([done.status, JSON.parse(done.text).doneBy]).toEqual([200, "agent-1"]);
  }
  expect(JSON.parse((await call("GET", "/api/omni/tasks")).text)).toEqual({ tasks: [] });
  expect((await call("POST", "/api/omni/tasks/nenhuma/done")).status).toBe(404);
  expect((await call("GET", "/api/omni/tasks", "customer")).status).toBe(403);
});

test("the link of an e-mail ends automatic messages, and the button on its page brings them back", async () => {
  const link = `/api/omni/unsubscribe?token=${unsubscribeToken(USER, "segredo-de-exemplo")}`;
  const left = await call("GET", link, "none");
  expect([left.status, left.text.includes("não vai mais receber")]).toEqual([200, true]);
  expect(await stage.get(`users/${USER}`)).toMatchObject({ optOutAutomations: true });
  const escrow = { status: "pending", clientId: USER, amount: 10, createdAt: at(NOON - 13 * 3_600_000) };
  await stage.put("escrows/e1", escrow);
  expect(await stage.runOne("followup_pagamento")).toMatchObject({ sent: 0, skipped: { opted_out: 1 } });
  // The mail program's own button, and the page's.
  expect((await call("POST", `${link}&again=true`, "none")).status).toBe(200);
  expect(await stage.get(`users/${USER}`)).toMatchObject({ optOutAutomations: false });
  expect((await call("GET", "/api/omni/unsubscribe?token=x.y", "none")).status).toBe(400);
});
