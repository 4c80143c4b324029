import * as z from "zod";
import type { Access } from "./caller.ts";
import type { Answer, Route } from "./route.ts";

/** Which proof a route wants, in OpenAPI's terms. */
const SECURITY: Readonly<Record<Access, readonly Record<string, readonly string[]>[]>> = {
  open: [],
  signed_in: [{ firebase: [] }],
  staff: [{ firebase: [] }],
  admin: [{ firebase: [] }],
  visitor: [{ visitor: [] }],
  queue: [{ google: [] }],
  scheduler: [{ google: [] }, { automation: [] }],
};

const SCHEMES = {
  firebase: { type: "http", scheme: "bearer", bearerFormat: "JWT", description: "Firebase ID token" },
  google: {
    type: "http",
    scheme: "bearer",
    bearerFormat: "JWT",
    description: "OIDC token of the tasks' service account",
  },
  visitor: {
    type: "http",
    scheme: "bearer",
    bearerFormat: "JWT",
    description: "Session of the web chat, from POST /api/omni/web/session",
  },
  automation: { type: "http", scheme: "bearer", description: "OMNI_AUTOMATION_SECRET" },
  meta: { type: "apiKey", in: "header", name: "X-Hub-Signature-256", description: "HMAC-SHA256 of the raw body" },
};

/** What Meta calls: the signature over the raw bytes is the proof, and the payload is Meta's own. */
const WEBHOOK = {
  get: {
    summary: "Meta's handshake",
    security: [],
    parameters: ["hub.mode", "hub.verify_token", "hub.challenge"].map((name) => ({
      name,
      in: "query",
      required: true,
      schema: { type: "string" },
    })),
    responses: { 200: { description: "The challenge, as plain text" }, 403: { description: "Another verify token" } },
  },
  post: {
    summary: "Meta's deliveries: stored before they are acknowledged",
    security: [{ meta: [] }],
    responses: {
      200: { description: "Every event is durably stored, or queued to be" },
      401: { description: "No valid signature" },
      413: { description: "More than 4 MB" },
      503: { description: "Neither store nor queue took it: deliver again" },
    },
  },
};

/** The API's description, from the very schemas that check its requests. */
export function describeApi(routes: readonly Route[], webhooks: readonly string[]): unknown {
  const paths: Record<string, Record<string, unknown>> = {};
  for (const path of webhooks) paths[path] = WEBHOOK;
  for (const route of routes) {
    const path = route.path.replace(/:(\w+)/g, "{$1}");
    paths[path] = { ...paths[path], [route.method]: operation(route) };
  }
  return {
    openapi: "3.1.0",
    info: { title: "Servio.AI Omnichannel", version: "1" },
    paths,
    components: { securitySchemes: SCHEMES },
  };
}

function operation(route: Route): unknown {
  return {
    summary: route.summary,
    security: SECURITY[route.access],
    parameters: [...parameters("path", route.params), ...parameters("query", route.query)],
    ...(route.body && {
      requestBody: { required: true, content: { "application/json": { schema: asJson(route.body) } } },
    }),
    responses: Object.fromEntries(
      Object.entries(route.answers).map(([status, one]) => [status, response(status, one)]),
    ),
  };
}

function response(status: string, answer: Answer): unknown {
  if (!answer.schema) return { description: answer.description };
  const type = Number(status) >= 400 ? "application/problem+json" : "application/json";
  return { description: answer.description, content: { [type]: { schema: asJson(answer.schema, "output") } } };
}

function parameters(where: "path" | "query", schema: z.ZodType | undefined): unknown[] {
  if (!schema) return [];
  const { properties = {}, required = [] } = asJson(schema);
  return Object.entries(properties).map(([name, property]) => ({
    name,
    in: where,
    required: required.includes(name),
    schema: property,
  }));
}

function asJson(schema: z.ZodType, io: "input" | "output" = "input") {
  const { $schema: _dialect, ...rest } = z.toJSONSchema(schema, { io, unrepresentable: "any" });
  return rest;
}
