import { beforeEach, describe, expect, test } from "vitest";
import { actOnConversation, sendManualMessage } from "../conversations/index.ts";
import { firestoreForTests } from "../conversations/testing/firestore.ts";
import { finishTask, listOpenTasks } from "./tasks.ts";
import { NOON, USER } from "./testing/situations.ts";
import { at, createStage, putConversation, type Stage, silentConversation } from "./testing/stage.ts";
import { HOUR_MS } from "./trigger.ts";

/** What automations leave to people ends with the person's answer, wherever it is given. */

const firestore = firestoreForTests();
let stage: Stage;

const CUSTOMER = "5511900000001";
const ID = `whatsapp_${CUSTOMER}`;

/** No template and no e-mail: the channel's window has closed, and only a person can go on. */
beforeEach(async () => {
  stage = createStage(firestore.fresh());
  Object.assign(stage.deps, { email: undefined });
  await stage.put(`users/${USER}`, {});
  const contact = { phone: CUSTOMER, userId: USER };
  const participants = [CUSTOMER, USER, "omni_ia"];
  await putConversation(stage, silentConversation(CUSTOMER, NOON, 49, { contact, participants }));
  await stage.runOne("followup_48h");
});

const conversation = () => stage.get(`conversations/${ID}`);

test("a task stands in its conversation, which waits for a person", async () => {
  const [task] = await listOpenTasks(stage.db);
  expect(task).toMatchObject({ trigger: "followup_48h", conversationId: ID, status: "open" });
  expect(await conversation()).toMatchObject({
    needsPerson: true,
    followUp: { trigger: "followup_48h", raised: true },
    openTasks: [task?.id],
  });
});

describe("is done", () => {
  const NOTHING_LEFT = { needsPerson: false, followUp: null, openTasks: [] };
  const expectDone = async (by: string) => {
    expect(await listOpenTasks(stage.db)).toEqual([]);
    expect(await stage.all("tasks")).toMatchObject([{ status: "done", doneBy: by, doneAt: at(stage.now) }]);
    expect(await conversation()).toMatchObject(NOTHING_LEFT);
  };

  test("when a person answers from the inbox", async () => {
    await stage.db.doc(`conversations/${ID}`).update({ lastInboundAt: at(NOON - HOUR_MS) });
    const replies = { publish: async () => undefined };
    const message = { conversationId: ID, text: "Bom dia!", clientMessageId: "c1", author: "agent-1" };
    const sent = await sendManualMessage({ ...stage.deps, replies }, message);
    expect(sent.state).toBe("written");
    await expectDone("agent-1");
  });

  test("when a person closes the conversation", async () => {
    await actOnConversation(stage.db, ID, { type: "close" }, "agent-1", stage.now);
    await expectDone("agent-1");
  });

  test("when somebody says so", async () => {
    const [task] = await listOpenTasks(stage.db);
    await finishTask(stage.db, task?.id ?? "", "agent-1", stage.now);
    await expectDone("agent-1");
  });
});

describe("somebody says that it is done, and the conversation", () => {
  test("keeps what else was left to a person", async () => {
    await stage.put(`escrows/e1`, {
      status: "pending",
      clientId: USER,
      amount: 10,
      createdAt: at(NOON - 13 * HOUR_MS),
    });
    await stage.db.doc(`users/${USER}`).update({ preferredChannel: "whatsapp" });
    await stage.runOne("followup_pagamento");
    const tasks = await listOpenTasks(stage.db);
    expect(tasks.map(({ conversationId }) => conversationId)).toEqual([ID, ID]);
    const [first, second] = tasks;
    await finishTask(stage.db, first?.id ?? "", "agent-1", stage.now);
    expect(await conversation()).toMatchObject({ needsPerson: true, openTasks: [second?.id] });
    await finishTask(stage.db, second?.id ?? "", "agent-1", stage.now);
    expect(await conversation()).toMatchObject({ needsPerson: false, openTasks: [] });
  });

  test("still waits for a person when the customer has written since", async () => {
    await stage.db.doc(`conversations/${ID}`).update({ lastInboundAt: at(NOON + 1000) });
    const [task] = await listOpenTasks(stage.db);
    await finishTask(stage.db, task?.id ?? "", "agent-1", NOON + 2000);
    expect(await conversation()).toMatchObject({ needsPerson: true, followUp: null, openTasks: [] });
  });
});
