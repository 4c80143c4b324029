import { join } from "node:path";
import express, { type Router } from "express";
import { SimulatorError } from "../errors.ts";
import type { Simulation } from "../simulation.ts";
import { sitePage, WIDGET_OPTIONS } from "./html.ts";
import { signIdentity } from "./identity.ts";

/** Whom the example's website knows: the user of the platform with this id. */
const USER = { id: "cliente@example.com", name: "Cliente de exemplo" } as const;

/** A website on another origin than the chat's, which embeds it as a customer's would. */
export function siteRoutes(simulation: Simulation): Router {
  const router = express.Router();
  router.get("/", (request, response) => {
    const site = simulation.connection?.site;
    if (!site) throw new SimulatorError(503, "not_connected", "The stack has not told where its widget is. Try again.");
    const { origin } = new URL(site.widgetUrl);
    const signedIn = request.query.user !== undefined;
    const options = Object.fromEntries(
      WIDGET_OPTIONS.flatMap((name) => {
        const value = request.query[name];
        return typeof value === "string" ? [[name, value.slice(0, 500)]] : [];
      }),
    );
    const identity = signedIn ? { identity: signIdentity(USER, site.identitySecret, simulation.world.now()) } : {};
    response
      // As strict as a careful website's: the widget needs a script and a frame of its own origin, and nothing else.
      .set(
        "content-security-policy",
        `default-src 'none'; script-src ${origin}; frame-src ${origin}; style-src 'self'; img-src 'self'; base-uri 'none'`,
      )
      .type("html")
      .send(
        sitePage({
          widgetUrl: site.widgetUrl,
          options: { ...options, ...identity },
          address: request.originalUrl,
          ...(signedIn && { user: USER.name }),
        }),
      );
  });
  router.get("/site.css", (_request, response) => response.sendFile(join(import.meta.dirname, "page/site.css")));
  return router;
}
