import { randomInt } from "node:crypto";
import type { MetaChannelName } from "../../app/channels/channel.ts";
import { SimulatorError } from "./errors.ts";
import type { Connection, Simulation } from "./simulation.ts";

const CHANNELS = ["whatsapp", "instagram", "facebook"] as const satisfies readonly MetaChannelName[];
/** A cold webhook may take a while to answer for the first time. */
const HANDSHAKE_TIMEOUT_MS = 15_000;

/**
 * Subscribes the app as Meta does: each webhook must answer the handshake before it gets its first event.
 * @throws {SimulatorError} `handshake_failed`, saying which webhook answered what, and what would have been right.
 */
export async function connect(simulation: Simulation, connection: Connection): Promise<void> {
  await Promise.all(CHANNELS.map((channel) => shakeHands(connection, channel)));
  simulation.connection = connection;
  for (const channel of CHANNELS) {
    simulation.world.accounts.set(connection.accounts[channel], channel);
    simulation.subscribed.add(channel);
  }
  simulation.world.note({ about: "stack", ok: true, text: "webhooks subscribed" });
  simulation.world.events.emit("state");
}

/** Getting started with webhooks: GET with `hub.*`; the answer is 200 and the challenge, nothing else. */
async function shakeHands(connection: Connection, channel: MetaChannelName): Promise<void> {
  const challenge = String(randomInt(1_000_000_000, 2_000_000_000));
  const url = new URL(connection.webhookUrls[channel]);
  url.searchParams.set("hub.mode", "subscribe");
  url.searchParams.set("hub.verify_token", connection.verifyToken);
  url.searchParams.set("hub.challenge", challenge);
  const seen = await ask(url);
  if (seen.status === 200 && seen.text === challenge) return;
  const answered = seen.status === 0 ? `did not answer (${seen.text})` : `answered ${seen.status} "${seen.text}"`;
  throw new SimulatorError(
    502,
    "handshake_failed",
    `The ${channel} webhook ${url.origin}${url.pathname} ${answered} to Meta's handshake; ` +
      `it must answer 200 with the challenge ${challenge} as plain text. ` +
      (seen.status === 403
        ? "Check that the verify token given to connect() is the webhook's OMNI_WEBHOOK_SECRET."
        : "Check that the webhook is running at this URL and serves GET."),
  );
}

async function ask(url: URL): Promise<{ status: number; text: string }> {
  try {
    const response = await fetch(url, { redirect: "manual", signal: AbortSignal.timeout(HANDSHAKE_TIMEOUT_MS) });
    return { status: response.status, text: (await response.text()).slice(0, 200) };
  } catch (error) {
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause.message : String(error);
    return { status: 0, text: cause };
  }
}
