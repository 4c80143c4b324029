import { randomBytes } from "node:crypto";
import express, { type ErrorRequestHandler, type Request, type Response, type Router } from "express";
import { playFault } from "../faults.ts";
import type { Simulation } from "../simulation.ts";
import { SendGridError, sendGridFault } from "./errors.ts";
import { readMail, textOf } from "./mail.ts";

/** The part of SendGrid's API that the app uses, under `/sendgrid`. */
export function sendGridRoutes(simulation: Simulation): Router {
  const router = express.Router();
  router.use(express.json({ limit: "30mb" }));
  router.use((request, _response, next) => {
    checkKey(request);
    next();
  });
  router.post("/v3/mail/send", (request, response) => send(simulation, request, response));
  router.get("/v3/scopes", async (request, response) => {
    if (await struck(simulation, request, response)) return;
    response.json({ scopes: ["mail.send", "2fa_required", "sender_verification_eligible"] });
  });
  router.use((request) => {
    throw new SendGridError(404, `${request.method} ${request.path} is not simulated`);
  });
  router.use(errorHandler(simulation));
  return router;
}

async function send(simulation: Simulation, request: Request, response: Response): Promise<void> {
  const fault = simulation.faults.take("sendgrid");
  const early = fault !== undefined && fault.processed !== true;
  if (early && (await playFault(fault, request, response))) return;
  if (early && fault.mode === "error") throw sendGridFault(fault);
  const mail = readMail(request.body);
  const id = randomBytes(16).toString("base64url");
  for (const { email } of mail.personalizations.flatMap(({ to }) => to)) {
    const correlation = mail.custom_args?.message_id;
    simulation.world.record({
      id,
      channel: "sendgrid",
      account: mail.from.email,
      to: email,
      kind: "email",
      text: `${mail.subject}\n\n${textOf(mail)}`,
      at: simulation.world.now(),
      ...(correlation === undefined ? {} : { correlation }),
      body: request.body,
    });
  }
  simulation.world.note({ about: "sendgrid", ok: true, text: mail.subject });
  if (fault?.processed && (await playFault(fault, request, response))) return;
  if (fault?.processed && fault.mode === "error") throw sendGridFault(fault);
  response.set("x-message-id", id).status(202).end();
}

/** Plays a fault of a call that changes nothing. @throws {SendGridError} for mode `error` */
async function struck(simulation: Simulation, request: Request, response: Response): Promise<boolean> {
  const fault = simulation.faults.take("sendgrid");
  if (!fault) return false;
  if (await playFault(fault, request, response)) return true;
  if (fault.mode === "error") throw sendGridFault(fault);
  return false;
}

function checkKey(request: Request): void {
  const key = /^Bearer (\S+)$/.exec(request.headers.authorization ?? "")?.[1];
  if (key === undefined) throw new SendGridError(401, "Permission denied, wrong credentials");
  if (!key.startsWith("SG.") || key === "SG.invalid") {
    throw new SendGridError(401, "The provided authorization grant is invalid, expired, or revoked");
  }
}

function errorHandler(simulation: Simulation): ErrorRequestHandler {
  return (error, _request, response, next) => {
    if (response.headersSent) return next(error);
    const refusal = error instanceof SendGridError ? error : new SendGridError(400, "Bad Request");
    simulation.world.count(`sendgrid.error.${refusal.status}`);
    simulation.world.note({ about: "sendgrid", ok: false, text: `${refusal.status} ${refusal.message}` });
    if (refusal.status === 429) {
      const reset = Math.ceil(simulation.world.now() / 1000) + 1;
      response.set({ "x-ratelimit-limit": "600", "x-ratelimit-remaining": "0", "x-ratelimit-reset": String(reset) });
    }
    response.status(refusal.status).json(refusal.toBody());
  };
}
