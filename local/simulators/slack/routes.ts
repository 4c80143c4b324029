import express, { type ErrorRequestHandler, type Request, type Response, type Router } from "express";
import * as z from "zod";
import { type Fault, playFault } from "../faults.ts";
import type { Simulation } from "../simulation.ts";

/**
 * Slack's incoming webhooks, under `/slack`: `POST /services/T…/B…/{secret}`. Answers are plain words.
 * Source: https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks#handling_errors
 */
const STATUS_OF: Readonly<Record<string, number>> = {
  invalid_payload: 400,
  no_text: 400,
  user_not_found: 400,
  action_prohibited: 403,
  posting_to_general_channel_denied: 403,
  invalid_token: 403,
  no_service: 404,
  channel_not_found: 404,
  channel_is_archived: 410,
  rate_limited: 429,
  rollup_error: 500,
};
const WORD_OF: Readonly<Record<number, string>> = {
  400: "invalid_payload",
  403: "action_prohibited",
  404: "no_service",
  410: "channel_is_archived",
  429: "rate_limited",
  500: "rollup_error",
};

class SlackError extends Error {
  readonly status: number;
  constructor(word: string, status = STATUS_OF[word] ?? 500) {
    super(word);
    this.name = "SlackError";
    this.status = status;
  }
}

const MOST_BLOCKS = 50;
const MOST_TEXT = 40_000;
const payload = z.looseObject({
  text: z.string().max(MOST_TEXT).optional(),
  blocks: z
    .array(z.looseObject({ type: z.string() }))
    .max(MOST_BLOCKS)
    .optional(),
  attachments: z.array(z.unknown()).optional(),
});

export function slackRoutes(simulation: Simulation): Router {
  const router = express.Router();
  router.use(express.text({ type: () => true, limit: "1mb" }));
  router.post("/services/:team/:service/:secret", (request, response) => post(simulation, request, response));
  router.use(() => {
    throw new SlackError("no_service");
  });
  router.use(errorHandler(simulation));
  return router;
}

async function post(simulation: Simulation, request: Request, response: Response): Promise<void> {
  const fault = simulation.faults.take("slack");
  if (fault && !fault.processed && (await strike(fault, request, response))) return;
  if (request.params.secret === "invalid") throw new SlackError("invalid_token");
  const body = read(request);
  if (!body.text && !body.blocks?.length && !body.attachments?.length) throw new SlackError("no_text");
  const { team, service } = request.params;
  simulation.world.record({
    id: `${team}-${service}-${simulation.world.sent.length}`,
    channel: "slack",
    account: String(team),
    to: String(service),
    kind: "message",
    text: body.text ?? "",
    at: simulation.world.now(),
    body,
  });
  simulation.world.note({ about: "slack", ok: true, text: body.text ?? "" });
  if (fault?.processed && (await strike(fault, request, response))) return;
  response.type("text/plain").send("ok");
}

/** JSON, or a form with one field `payload`. */
function read(request: Request): z.output<typeof payload> {
  const raw = typeof request.body === "string" ? request.body : "";
  const form = request.is("application/x-www-form-urlencoded") ? new URLSearchParams(raw).get("payload") : raw;
  try {
    return payload.parse(JSON.parse(form ?? ""));
  } catch {
    // Slack says no more than this, whatever is wrong.
    throw new SlackError("invalid_payload");
  }
}

async function strike(fault: Fault, request: Request, response: Response): Promise<boolean> {
  if (await playFault(fault, request, response)) return true;
  if (fault.mode !== "error") return false;
  const named = typeof fault.code === "string" ? fault.code : undefined;
  throw new SlackError(named ?? WORD_OF[fault.status ?? 500] ?? "rollup_error", fault.status ?? STATUS_OF[named ?? ""]);
}

function errorHandler(simulation: Simulation): ErrorRequestHandler {
  return (error, _request, response, next) => {
    if (response.headersSent) return next(error);
    const refusal = error instanceof SlackError ? error : new SlackError("invalid_payload");
    simulation.world.count(`slack.error.${refusal.status}`);
    simulation.world.note({ about: "slack", ok: false, text: `${refusal.status} ${refusal.message}` });
    if (refusal.status === 429) response.set("retry-after", "30");
    response.status(refusal.status).type("text/plain").send(refusal.message);
  };
}
