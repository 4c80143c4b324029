import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import express from "express";
import { connect } from "./connect.ts";
import { controlRoutes } from "./control/routes.ts";
import { stateOf } from "./control/state.ts";
import { problemHandler, SimulatorError } from "./errors.ts";
import type { FaultHook, FaultTarget } from "./faults.ts";
import { geminiRoutes } from "./gemini/routes.ts";
import { graphRoutes } from "./graph/routes.ts";
import { guard } from "./guard.ts";
import { mediaRoutes } from "./media/routes.ts";
import { notificationRoutes } from "./notifications/routes.ts";
import { phoneRoutes } from "./phone/routes.ts";
import { sendGridRoutes } from "./sendgrid/routes.ts";
import { type Connection, createSimulation } from "./simulation.ts";
import { siteRoutes } from "./site/routes.ts";
import { slackRoutes } from "./slack/routes.ts";
import { type SimulatorUrls, simulatorUrls } from "./urls.ts";

export interface SimulatorOptions {
  /** 0 takes a free one. */
  readonly port: number;
  /** `127.0.0.1` */
  readonly host: string;
  /** Unix milliseconds. @default Date.now */
  readonly now?: () => number;
  /** Waits before each redelivery of a webhook, in milliseconds. @default deliveries.ts, about two minutes in all */
  readonly retryDelaysMs?: readonly number[];
}

/** The running simulators of Meta and Gemini. */
export interface Simulators extends SimulatorUrls {
  /** The phone page; the control API is below it at `/control`. */
  readonly url: string;
  /** Shakes hands with each webhook and from then on delivers to it. Call again after a new deployment. */
  connect(meta: Connection): Promise<void>;
  /** Lets faults of another target (`firestore`, `pubsub`, …) be asked for through the same control API. */
  registerFaultTarget(target: FaultTarget, hook: FaultHook): void;
  /** What `GET /control/state` answers. */
  state(): ReturnType<typeof stateOf>;
  /** Ends every connection, wait and redelivery. */
  close(): Promise<void>;
}

/**
 * Starts Meta's Graph API, Gemini, the control API and the phone page on one port.
 * @throws {SimulatorError} `port_taken` when something else listens there.
 */
export async function startSimulators(options: SimulatorOptions): Promise<Simulators> {
  const app = express().disable("x-powered-by").set("etag", false);
  const server = createServer(app);
  await listen(server, options);
  const { port } = server.address() as AddressInfo;
  const url = `http://${options.host}:${port}`;
  const closing = new AbortController();
  const simulation = createSimulation({
    url,
    now: options.now ?? Date.now,
    closing: closing.signal,
    ...(options.retryDelaysMs === undefined ? {} : { retryDelaysMs: options.retryDelaysMs }),
  });
  app.use(guard);
  app.use("/graph", graphRoutes(simulation));
  app.use("/gemini", geminiRoutes(simulation));
  app.use("/media", mediaRoutes(simulation));
  app.use("/sendgrid", sendGridRoutes(simulation));
  app.use("/slack", slackRoutes(simulation));
  app.use("/notifications", notificationRoutes(simulation));
  app.use("/control", controlRoutes(simulation));
  app.use("/site", siteRoutes(simulation));
  app.use(phoneRoutes());
  app.use((request) => {
    throw new SimulatorError(
      404,
      "route_unknown",
      `${request.path}: there is /, /site, /control, /graph, /gemini, /sendgrid, /slack and /notifications.`,
    );
  });
  app.use(problemHandler);
  return {
    url,
    ...simulatorUrls(url),
    connect: (meta) => connect(simulation, meta),
    registerFaultTarget: (target, hook) => simulation.faults.register(target, hook),
    state: () => stateOf(simulation),
    close: async () => {
      closing.abort();
      simulation.deliveries.close();
      await simulation.faults.clear();
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}

async function listen(server: ReturnType<typeof createServer>, options: SimulatorOptions): Promise<void> {
  server.listen(options.port, options.host);
  try {
    await once(server, "listening");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EADDRINUSE") throw error;
    const detail = `Port ${options.port} on ${options.host} is taken. Stop what listens there, or start with another --port.`;
    throw new SimulatorError(409, "port_taken", detail);
  }
}
