import express, { type ErrorRequestHandler, type Request, type Response, type Router } from "express";
import type { MetaChannelName } from "../../../app/channels/channel.ts";
import { type Fault, playFault } from "../faults.ts";
import { WABA_ID } from "../ids.ts";
import { accountOf, type Simulation } from "../simulation.ts";
import { GraphError, graphFault } from "./errors.ts";
import { sendMessenger } from "./messenger.ts";
import type { Accepted } from "./outgoing.ts";
import { readNode, readToken, subscribedApps } from "./reads.ts";
import { follow } from "./receipts.ts";
import { UPLOAD_LIMIT, uploadMedia } from "./uploads.ts";
import { checkVersion } from "./versions.ts";
import { sendWhatsApp } from "./whatsapp.ts";

/** The part of the Graph API that the app uses, under `/graph`. */
export function graphRoutes(simulation: Simulation): Router {
  const router = express.Router();
  router.use(
    express.json({ limit: "1mb" }),
    express.urlencoded({ extended: true }),
    express.raw({ type: "multipart/form-data", limit: UPLOAD_LIMIT }),
  );
  router.use("/:version", (request: Request<{ version: string }>, _response, next) => {
    simulation.world.count("graph.calls");
    checkVersion(request.params.version, simulation.world.now());
    checkToken(request);
    next();
  });
  router.post("/:version/:id/messages", (request, response) => send(simulation, request, response));
  router.post(
    "/:version/:id/media",
    guarded(simulation, (request) => uploadMedia(simulation, request)),
  );
  router.get(
    "/:version/debug_token",
    guarded(simulation, (request) => readToken(simulation, request)),
  );
  router.all(
    "/:version/:id/subscribed_apps",
    guarded(simulation, (request) => subscribedApps(simulation, request)),
  );
  router.get(
    "/:version/:id{/:edge}",
    guarded(simulation, (request) => readNode(simulation, request)),
  );
  router.use((request) => {
    throw new GraphError(2500, { details: `${request.method} ${request.path} is not simulated` });
  });
  router.use(graphErrorHandler(simulation));
  return router;
}

async function send(simulation: Simulation, request: Request, response: Response): Promise<void> {
  const { channel, account } = addressee(simulation, request);
  response.locals.channel = channel;
  const fault = simulation.faults.take("graph", { channel, reported: isMessage(request.body) });
  if (fault && !fault.processed && (await strike(fault, channel, request, response))) return;
  const accepted = await accept(simulation, channel, account, request.body);
  const failure = fault?.mode === "error" && fault.via === "status" ? graphFault(fault, channel) : accepted.failure;
  const outcome = failure === undefined ? accepted : { ...accepted, failure };
  // The webhooks that follow may come before or after the answer, as with Meta; a faulty webhook is its own log line.
  setImmediate(() => void follow(simulation, outcome).catch((error: unknown) => complain(simulation, error)));
  if (fault?.processed && (await strike(fault, channel, request, response))) return;
  response.set("x-app-usage", '{"call_count":1,"total_time":1,"total_cputime":1}').json(accepted.answer);
}

/** And not "typing" or "read", which go the same way. */
function isMessage(body: unknown): boolean {
  return typeof body === "object" && body !== null && !("status" in body) && !("sender_action" in body);
}

async function accept(
  simulation: Simulation,
  channel: MetaChannelName,
  account: string,
  body: unknown,
): Promise<Accepted> {
  if (channel === "whatsapp") return sendWhatsApp(simulation, account, body);
  return sendMessenger(simulation, channel, account, body);
}

/** Whose number, Page or Instagram account the path names. One Page token serves Messenger and Instagram. */
function addressee(simulation: Simulation, request: Request): { channel: MetaChannelName; account: string } {
  const id = String(request.params.id);
  const { world } = simulation;
  const named = id === "me" ? "facebook" : world.accounts.get(id);
  if (named === undefined) {
    throw new GraphError(100, { subcode: 33, details: `Object with ID '${id}' does not exist or cannot be loaded` });
  }
  if (named === "whatsapp") return { channel: named, account: id };
  const customer = String((request.body as { recipient?: { id?: unknown } } | undefined)?.recipient?.id ?? "");
  const other = id === "me" || named === "facebook" ? "instagram" : "facebook";
  const first = id === "me" ? other : named;
  const second = id === "me" ? named : other;
  const channel = !world.find(first, customer) && world.find(second, customer) ? second : first;
  return { channel, account: id === "me" || channel !== named ? accountOf(simulation, channel) : id };
}

/** Plays a fault. @returns true when the call is over. @throws {GraphError} for a fault of mode `error`. */
async function strike(fault: Fault, channel: MetaChannelName, request: Request, response: Response): Promise<boolean> {
  if (await playFault(fault, request, response)) return true;
  if (fault.mode === "error" && fault.via !== "status") throw graphFault(fault, channel);
  return false;
}

function guarded(simulation: Simulation, answer: (request: Request) => unknown) {
  return async (request: Request, response: Response): Promise<void> => {
    const id = String(request.params.id);
    const known = id === WABA_ID ? "whatsapp" : simulation.world.accounts.get(id);
    const channel = known ?? "facebook";
    response.locals.channel = channel;
    // What is about no account (a token) belongs to no channel, and only a fault of all of Graph hits it.
    const fault = simulation.faults.take("graph", request.params.id === undefined ? {} : { channel });
    if (fault && (await strike(fault, channel, request, response))) return;
    response.json(await answer(request));
  };
}

function checkToken(request: Request): void {
  const bearer = /^Bearer\s+(\S+)$/i.exec(request.headers.authorization ?? "")?.[1];
  const token = bearer ?? request.query.access_token;
  if (typeof token !== "string" || token === "") {
    throw new GraphError(190, { details: "An access token is required: Authorization: Bearer <token>" });
  }
  if (token === "expired") throw new GraphError(190, { subcode: 463 });
}

function graphErrorHandler(simulation: Simulation): ErrorRequestHandler {
  return (error, _request, response, next) => {
    if (response.headersSent) return next(error);
    const isUnreadable = error instanceof SyntaxError || (error instanceof Error && "type" in error);
    const refusal =
      error instanceof GraphError
        ? error
        : new GraphError(isUnreadable ? 100 : 1, { details: error instanceof Error ? error.message : String(error) });
    const channel: unknown = response.locals.channel;
    simulation.world.count(`graph.error.${refusal.code}`);
    simulation.world.note({ about: "graph", ok: false, text: `${refusal.code} ${refusal.details ?? refusal.message}` });
    if (refusal.code === 130429 || refusal.code === 613) response.set("retry-after", "1");
    response.status(refusal.status).json(refusal.toBody(channel === "whatsapp" ? "whatsapp" : "page"));
  };
}

function complain(simulation: Simulation, error: unknown): void {
  simulation.world.note({ about: "webhook", ok: false, text: `receipts: ${error}` });
}
