import express, { type Request, type Router } from "express";
import { parseInput, problemHandler, SimulatorError } from "../errors.ts";
import { faultInput } from "../faults.ts";
import { customerReads } from "../graph/receipts.ts";
import { toCustomerId } from "../ids.ts";
import { messageInput } from "../inbound/input.ts";
import { receive } from "../inbound/receive.ts";
import { observe } from "../observe.ts";
import { settingsInput } from "../settings.ts";
import { toWire } from "../sign.ts";
import type { Simulation } from "../simulation.ts";
import { streamEvents } from "./events.ts";
import {
  batchInput,
  customerInput,
  faultsQuery,
  readInput,
  sentQuery,
  subscriptionInput,
  webhookInput,
} from "./inputs.ts";
import { findSent } from "./sent.ts";
import { stateOf } from "./state.ts";

/** The one control API of the simulators, under `/control`: for the phone page, drills, tests and load. */
export function controlRoutes(simulation: Simulation): Router {
  const router = express.Router();
  const { world, faults } = simulation;
  router.use(express.json({ limit: "40mb" }));

  router.post("/messages", async (request, response) => {
    const { ids, ...answer } = await receive(simulation, [parseInput(messageInput, request.body, "The message")]);
    response.json({ id: ids[0], ...answer });
  });
  router.post("/batches", async (request, response) => {
    const { messages, times } = parseInput(batchInput, request.body, "The batch");
    response.json(await receive(simulation, messages, times));
  });
  router.post("/webhooks", async (request, response) => {
    response.json(await deliverRaw(simulation, request));
  });
  router.get("/sent", async (request, response) => {
    response.json({ sent: await findSent(simulation, parseInput(sentQuery, request.query, "The query")) });
  });
  router.post("/faults", async (request, response) => {
    response.status(201).json(await faults.add(parseInput(faultInput, request.body, "The fault")));
  });
  router.get("/faults", (_request, response) => {
    response.json({ faults: faults.list() });
  });
  router.delete("/faults", async (request, response) => {
    const { target } = parseInput(faultsQuery, request.query, "The query");
    response.json({ ended: await faults.clear(target) });
  });
  router.put("/settings", (request, response) => {
    Object.assign(simulation.settings, parseInput(settingsInput, request.body, "The settings"));
    world.events.emit("state");
    response.json(simulation.settings);
  });
  router.post("/customers", (request, response) => {
    const { channel, id, name } = parseInput(customerInput, request.body, "The customer");
    response.status(201).json(world.open(channel, toCustomerId(channel, id), name));
  });
  router.post("/read", async (request, response) => {
    const { channel, customer } = parseInput(readInput, request.body, "The request");
    const unread = world.find(channel, toCustomerId(channel, customer))?.bubbles.filter(isUnread) ?? [];
    await customerReads(simulation, unread);
    response.json({ read: unread.length });
  });
  router.post("/subscriptions", (request, response) => {
    const { channel, subscribed } = parseInput(subscriptionInput, request.body, "The request");
    if (subscribed) simulation.subscribed.add(channel);
    else simulation.subscribed.delete(channel);
    world.events.emit("state");
    response.json({ subscribed: [...simulation.subscribed].sort() });
  });
  router.get("/state", (_request, response) => {
    response.json(stateOf(simulation));
  });
  router.get("/events", (request, response) => streamEvents(simulation, request, response));

  router.use((request) => {
    const known = "messages, batches, webhooks, sent, faults, settings, customers, read, subscriptions, state, events";
    throw new SimulatorError(404, "route_unknown", `${request.method} /control${request.path}: there is ${known}.`);
  });
  router.use(problemHandler);
  return router;
}

function isUnread(bubble: { author: string; status: string }): boolean {
  return bubble.author === "business" && bubble.status === "delivered";
}

async function deliverRaw(simulation: Simulation, request: Request) {
  const input = parseInput(webhookInput, request.body, "The webhook");
  const raw = typeof input.body === "string" ? input.body : toWire(input.body);
  // Only what Meta itself signs is something that happened.
  if (typeof input.body !== "string" && input.signature !== "wrong" && input.signature !== "none") {
    observe(simulation.world, input.channel, input.body);
  }
  const attempts = await Promise.all(
    Array.from({ length: input.times }, (_, index) =>
      simulation.deliveries.deliver(input.channel, raw, {
        what: "raw",
        retry: input.retry && index === 0,
        ...(input.signature === undefined ? {} : { signature: input.signature }),
      }),
    ),
  );
  const [first] = attempts;
  return { ...first, statuses: attempts.map((attempt) => attempt.status) };
}
