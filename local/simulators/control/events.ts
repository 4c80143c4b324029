import type { Request, Response } from "express";
import type { Simulation } from "../simulation.ts";
import type { Conversation } from "../world.ts";
import { stateOf } from "./state.ts";

/** The page shows the newest conversations; the others are still there, for the tests. */
const SHOWN_CONVERSATIONS = 40;
const SHOWN_LOG = 60;
const HEARTBEAT_MS = 20_000;
const STATE_EVERY_MS = 250;

/**
 * `GET /control/events`: server-sent events. First a `snapshot`, then `conversation`, `bubble`, `typing`, `log` and `state`
 * as they happen; a reader that reconnects starts again with a snapshot.
 */
export function streamEvents(simulation: Simulation, request: Request, response: Response): void {
  const { events } = simulation.world;
  response.writeHead(200, { "content-type": "text/event-stream; charset=utf-8", "cache-control": "no-store" });
  const send = (name: string, data: unknown) => response.write(`event: ${name}\ndata: ${JSON.stringify(data)}\n\n`);
  send("snapshot", snapshot(simulation));
  const forward = (["conversation", "bubble", "typing", "log"] as const).map((name) => {
    const listener = (data: unknown) => send(name, data);
    events.on(name, listener);
    return () => events.off(name, listener);
  });
  let stale = false;
  const onState = () => {
    stale = true;
  };
  events.on("state", onState).on("log", onState);
  // Under load the state changes with every call: sent at most four times a second.
  const state = setInterval(() => {
    if (stale) send("state", stateOf(simulation));
    stale = false;
  }, STATE_EVERY_MS);
  const heartbeat = setInterval(() => response.write(": still here\n\n"), HEARTBEAT_MS);
  request.on("close", () => {
    for (const stop of forward) stop();
    events.off("state", onState).off("log", onState);
    clearInterval(state);
    clearInterval(heartbeat);
  });
}

/** A customer just made has said nothing yet, and is the one that somebody is about to play. */
const movedAt = ({ bubbles, madeAt }: Conversation) => bubbles.at(-1)?.at ?? madeAt;

function snapshot(simulation: Simulation) {
  const { world } = simulation;
  const newest = [...world.conversations.values()]
    .sort((a, b) => movedAt(b) - movedAt(a))
    .slice(0, SHOWN_CONVERSATIONS);
  return { conversations: newest, log: world.log.slice(-SHOWN_LOG), state: stateOf(simulation) };
}
