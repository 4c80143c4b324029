import express, { type Router } from "express";
import * as z from "zod";
import { parseInput, problemHandler } from "../errors.ts";
import type { Simulation } from "../simulation.ts";

/**
 * Where Cloud Monitoring's notifications end, under `/notifications/{type}`: the webhook of somebody on duty, and the e-mail
 * box, Slack workspace and pager that Google would reach by itself. The body is that of Google's webhooks.
 * Source: https://cloud.google.com/monitoring/support/notification-options#webhooks
 */
const incidentInput = z.looseObject({
  version: z.literal("1.2"),
  incident: z.looseObject({
    incident_id: z.string().min(1),
    state: z.enum(["open", "closed"]),
    policy_name: z.string().min(1),
    summary: z.string(),
  }),
});
const addressInput = z.looseObject({ to: z.string().optional() });

export function notificationRoutes(simulation: Simulation): Router {
  const router = express.Router();
  const { world } = simulation;
  router.use(express.json({ limit: "1mb" }));
  router.post("/:type", (request, response) => {
    const body = parseInput(incidentInput, request.body, "The notification");
    const { to } = parseInput(addressInput, request.query, "The query");
    const { incident } = body;
    const { type } = request.params;
    world.record({
      id: `${incident.incident_id}-${incident.state}-${type}`,
      channel: "alerts",
      account: type,
      to: to ?? type,
      kind: incident.state,
      text: `${incident.policy_name}: ${incident.summary}`,
      at: world.now(),
      body,
    });
    world.note({ about: "alerts", ok: incident.state === "closed", text: `${type}: ${incident.summary}` });
    response.status(200).end();
  });
  router.use(problemHandler);
  return router;
}
