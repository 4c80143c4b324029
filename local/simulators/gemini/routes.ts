import express, { type ErrorRequestHandler, type Request, type Response, type Router } from "express";
import { playFault } from "../faults.ts";
import type { Simulation } from "../simulation.ts";
import { errorFor, failureOf, GeminiError, keyInvalid, modelUnknown } from "./failures.ts";
import { generate } from "./generate.ts";
import { generateRequest } from "./reading.ts";

/** Models that answer (Gemini API, deprecations page, November 2026). */
const MODELS: ReadonlySet<string> = new Set([
  "gemini-2.5-flash",
  "gemini-2.5-flash-lite",
  "gemini-3.1-flash-lite",
  "gemini-3.5-flash",
  "gemini-3.5-flash-lite",
  "gemini-3.6-flash",
  "gemini-3.7-flash",
  "gemini-3.8-flash",
]);

/** The part of the Gemini API that the app uses, under `/gemini`; both `/v1beta` and `/v1`. */
export function geminiRoutes(simulation: Simulation): Router {
  const router = express.Router();
  router.use(express.json({ limit: "4mb" }));
  router.use((request, _response, next) => {
    checkKey(request);
    next();
  });
  router.get("/:version/models", (_request, response) => {
    response.json({ models: [...MODELS].map(describe) });
  });
  router.get("/:version/models/:model", (request, response) => readModel(simulation, request, response));
  router.post("/:version/models/:call", (request, response) => generateContent(simulation, request, response));
  router.use((request) => {
    throw new GeminiError(404, "NOT_FOUND", `${request.method} ${request.path} is not simulated`);
  });
  router.use(geminiErrorHandler(simulation));
  return router;
}

async function generateContent(simulation: Simulation, request: Request, response: Response): Promise<void> {
  const { world, faults } = simulation;
  const [model = "", method = ""] = String(request.params.call).split(":");
  const version = checkVersion(request);
  world.count("gemini.calls");
  const fault = faults.take("gemini");
  if (fault && (await playFault(fault, request, response))) return;
  if (method !== "generateContent") {
    throw new GeminiError(404, "NOT_FOUND", `Method ${method} is not simulated; generateContent is`);
  }
  if (!MODELS.has(model)) throw modelUnknown(model, version);
  const failure = fault?.mode === "error" ? failureOf(fault) : undefined;
  const refusal = failure && errorFor(failure, model);
  if (refusal) throw refusal;
  const parsed = generateRequest.safeParse(request.body);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    throw new GeminiError(400, "INVALID_ARGUMENT", `Invalid value at '${issue?.path.join(".")}': ${issue?.message}`);
  }
  world.count(`gemini.answer.${failure ?? "ok"}`);
  world.note({ about: "gemini", ok: failure === undefined, text: failure ?? "ok" });
  response.json(generate(parsed.data, model, failure));
}

async function readModel(simulation: Simulation, request: Request, response: Response): Promise<void> {
  const model = String(request.params.model);
  const version = checkVersion(request);
  const fault = simulation.faults.take("gemini");
  if (fault && (await playFault(fault, request, response))) return;
  const refusal = fault?.mode === "error" ? errorFor(failureOf(fault), model) : undefined;
  if (refusal) throw refusal;
  if (!MODELS.has(model)) throw modelUnknown(model, version);
  response.json(describe(model));
}

function describe(model: string) {
  return {
    name: `models/${model}`,
    version: "001",
    displayName: model,
    inputTokenLimit: 1_048_576,
    outputTokenLimit: 65_536,
    supportedGenerationMethods: ["generateContent", "countTokens"],
  };
}

function checkVersion(request: Request): string {
  const version = String(request.params.version);
  if (version === "v1" || version === "v1beta") return version;
  throw new GeminiError(404, "NOT_FOUND", `API version ${version} does not exist; use v1beta or v1`);
}

function checkKey(request: Request): void {
  const key = request.headers["x-goog-api-key"] ?? request.query.key;
  if (typeof key !== "string" || key === "") {
    const message =
      "Method doesn't allow unregistered callers. Please use API Key or other form of API consumer identity.";
    throw new GeminiError(403, "PERMISSION_DENIED", message);
  }
  if (key === "invalid") throw keyInvalid();
}

function geminiErrorHandler(simulation: Simulation): ErrorRequestHandler {
  return (error, _request, response, next) => {
    if (response.headersSent) return next(error);
    const refusal =
      error instanceof GeminiError
        ? error
        : new GeminiError(400, "INVALID_ARGUMENT", error instanceof Error ? error.message : String(error));
    simulation.world.count(`gemini.error.${refusal.status}`);
    simulation.world.note({ about: "gemini", ok: false, text: `${refusal.status} ${refusal.reason}` });
    response.status(refusal.status).json(refusal.toBody());
  };
}
