import express, { type Express } from "express";
import type { Log } from "../telemetry/log.ts";
import type { Doorkeepers } from "./caller.ts";
import { notFound, problemHandler } from "./problem.ts";
import { REQUESTS_PER_SECOND, rateLimit, tokenBucket } from "./rate-limit.ts";
import { requestLog, traceContext } from "./request-log.ts";
import { type Route, serve } from "./route.ts";
import { type InboxConfig, systemRoutes } from "./routes/system.ts";
import { serveWebhooks, WEBHOOK_PATHS, type WebhookHandlers } from "./routes/webhook.ts";
import { securityHeaders } from "./security.ts";
import { readStaticFiles, serveStatic } from "./static.ts";
import { webchatGate, widgetHeaders } from "./webchat-gate.ts";

export interface AppDeps {
  readonly log: Log;
  readonly keepers: Doorkeepers;
  readonly webhooks: WebhookHandlers;
  /** Everything but the webhooks and what describes the app itself. */
  readonly routes: readonly Route[];
  readonly config: InboxConfig;
  /** The built inbox. Absent or empty: the API alone. */
  readonly publicDir?: string;
  /** @default 100, the specification's */
  readonly requestsPerSecond?: number;
  readonly webchat: {
    /** Websites that may embed the chat. */
    readonly allowedOrigins: readonly string[];
    /** Proxies of Google's before us, each of which adds to X-Forwarded-For. */
    readonly trustedProxies: number;
  };
  /** Milliseconds that only rise. @default performance.now */
  readonly monotonic?: () => number;
}

/** The whole HTTP side of Cloud Run: webhooks, tasks, API and the inbox. */
export function createApp(deps: AppDeps): Express {
  const monotonic = deps.monotonic ?? (() => performance.now());
  const bucket = tokenBucket(deps.requestsPerSecond ?? REQUESTS_PER_SECOND, monotonic);
  const { firestoreEmulatorHost, authEmulatorHost } = deps.config;

  const app = express();
  app.disable("x-powered-by").disable("etag").set("query parser", "simple");
  app.set("trust proxy", deps.webchat.trustedProxies);
  app.use(traceContext, requestLog(deps.log, monotonic));
  app.use(
    securityHeaders({
      ...(firestoreEmulatorHost !== undefined && { firestoreEmulator: firestoreEmulatorHost }),
      ...(authEmulatorHost !== undefined && { authEmulator: authEmulatorHost }),
    }),
  );
  app.use(widgetHeaders(deps.webchat.allowedOrigins));
  // Before the bucket of all: one address alone must not empty it.
  app.use(webchatGate({ allowedOrigins: deps.webchat.allowedOrigins, now: monotonic }));
  app.use(rateLimit(bucket));
  serveWebhooks(app, deps.webhooks);
  for (const route of allRoutes(deps)) serve(app, route, deps.keepers);
  if (deps.publicDir !== undefined) app.use(serveStatic(readStaticFiles(deps.publicDir)));
  app.use(notFound, problemHandler(deps.log));
  return app;
}

/** Every route that `/openapi.json` lists, itself among them. */
function allRoutes(deps: AppDeps): Route[] {
  // Written when somebody first asks, not at every start.
  const openapi = async () => (await import("./openapi.ts")).describeApi(routes, WEBHOOK_PATHS);
  const routes: Route[] = [...deps.routes, ...systemRoutes(deps.config, openapi)];
  return routes;
}
