import { Timestamp } from "firebase-admin/firestore";
import { beforeEach, expect, test } from "vitest";
import { expecting, millis, START } from "../channels/shapes/index.ts";
import { createInboundStore } from "./persist.ts";
import { type MemoryStore, memoryStore } from "./testing/memory-store.ts";

const wa = expecting("whatsapp");
let port: MemoryStore;
beforeEach(() => {
  port = memoryStore();
});

function news(second: number, event: string, name = "followup_48h") {
  const detail = { event, message_template_name: name, message_template_language: "pt_BR", reason: "NONE" };
  return wa.account(millis(second), "message_template_status_update", detail);
}
const persist = (...events: ReturnType<typeof news>[]) =>
  createInboundStore(port, { now: () => (START + 20) * 1000 }).persist(events, {});
const template = () => port.documents.get("templates/followup_48h_pt_BR");

test("a template that Meta pauses is paused at once, and what is known of it stays", async () => {
  const known = { name: "followup_48h", body: "Olá", trigger: "followup_48h", status: "APPROVED" };
  await port.commit([{ op: "set", collection: "templates", id: "followup_48h_pt_BR", data: known }]);
  await persist(news(5, "PAUSED"));
  expect(template()).toMatchObject({
    ...known,
    status: "PAUSED",
    statusAt: Timestamp.fromMillis(millis(5)),
    reason: null,
  });
});

test("older news do not overwrite newer ones, in whatever order they come", async () => {
  await persist(news(9, "REINSTATED"));
  await persist(news(5, "PAUSED"));
  expect(template()).toMatchObject({ status: "APPROVED" });
});

test("one that was only heard of is kept until the list tells more; a warning and an odd name change nothing", async () => {
  await persist(news(1, "APPROVED"));
  expect(template()).toMatchObject({
    name: "followup_48h",
    language: "pt_BR",
    channel: "whatsapp",
    status: "APPROVED",
  });
  await persist(news(2, "FLAGGED"), news(3, "DISABLED", "../users"));
  expect(template()).toMatchObject({ status: "APPROVED" });
  expect([...port.documents.keys()].filter((key) => key.startsWith("templates/"))).toHaveLength(1);
});
