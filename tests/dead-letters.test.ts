import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { PubSub } from "@google-cloud/pubsub";
import { expect, test } from "vitest";
import { newCustomer, outputs, readMessages, until } from "./support/stack.ts";

/** `npm run dlq` against the local stack's own Pub/Sub. */

process.env.PUBSUB_EMULATOR_HOST = outputs.pubsubHost;

async function dlq(...args: string[]): Promise<string> {
  const env = { ...process.env, PUBSUB_EMULATOR_HOST: outputs.pubsubHost };
  const program = ["app/dead-letters/cli.ts", ...args, "--project", outputs.project];
  return (await promisify(execFile)(process.execPath, program, { env, timeout: 60_000 })).stdout;
}

/** An event that the webhook could only queue, and that died in the queue. */
function deadEvent(from: string) {
  const event = {
    type: "message",
    channel: "whatsapp",
    account: "100000000000001",
    at: Date.now(),
    direction: "in",
    providerId: `wamid.dead-${from}`,
    customer: from,
    kind: "text",
    text: "Isto quase se perdeu",
    attachments: [],
  };
  return { event, trace: "0".repeat(32) };
}

test("a dead letter is listed, shown, replayed into its conversation once, and gone", async () => {
  const pubsub = new PubSub({ projectId: outputs.project });
  const from = newCustomer();
  await pubsub.topic("servio-dead-letters").publishMessage({ json: deadEvent(from) });
  await pubsub.topic("servio-dead-letters").publishMessage({ json: deadEvent(from) });

  const subject = `whatsapp_${from}`;
  const listed = await until(
    "both letters in the list",
    async () => {
      const rows = (await dlq("list", "--json")).trim().split("\n").filter(Boolean);
      const mine = rows
        .map((row) => JSON.parse(row) as Record<string, string>)
        .filter((row) => row.subject === subject);
      return mine.length === 2 ? mine : undefined;
    },
    90_000,
  );
  expect(listed[0]).toMatchObject({ queue: "inbound-fallback", what: "message", done: "seen" });
  const ids = listed.map(({ id }) => id ?? "");
  expect(await dlq("list")).not.toContain("quase se perdeu");
  expect(await dlq("show", ids[0] ?? "")).toContain("quase se perdeu");
  expect(await dlq("replay", ...ids, "--dry-run")).toContain("Nothing was changed");
  expect(await dlq("replay", ...ids)).toContain("2 letters replayed");

  const [message, ...others] = await until(
    "the message in its conversation",
    async () => {
      const messages = (await readMessages(from)).filter(({ sender }) => sender === from);
      return messages.length > 0 ? messages : undefined;
    },
    60_000,
  );
  expect(message).toMatchObject({ text: "Isto quase se perdeu" });
  expect(others).toEqual([]);
  expect(await dlq("list", "--json")).not.toContain(subject);
  await pubsub.close();
}, 240_000);
