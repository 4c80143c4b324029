import * as z from "zod";
import { defineRoute, type Route } from "../route.ts";

/** What the inbox needs to know about where it runs. Public values only. */
export const inboxConfigSchema = z.object({
  projectId: z.string(),
  apiKey: z.string(),
  authDomain: z.string(),
  region: z.string().optional(),
  environment: z.string(),
  firestoreEmulatorHost: z.string().optional().describe("Only in a local stack: `127.0.0.1:4403`"),
  authEmulatorHost: z.string().optional(),
  runbooksUrl: z.string().optional().describe("Where the files of docs/runbooks can be read"),
  phoneUrl: z.string().optional().describe("Only in a local stack: the page that plays the customer"),
});
export type InboxConfig = z.output<typeof inboxConfigSchema>;

export function systemRoutes(config: InboxConfig, openapi: () => Promise<unknown>): Route[] {
  return [
    defineRoute({
      method: "get",
      path: "/healthz",
      access: "open",
      summary: "Answers once the instance can work: the store and the queue are connected before it listens",
      answers: { 200: { description: "Ready", schema: z.object({ status: z.literal("ok") }) } },
      handle: async () => ({ status: 200, body: { status: "ok" } }),
    }),
    defineRoute({
      method: "get",
      path: "/config.json",
      access: "open",
      summary: "Where the inbox runs: public values only",
      answers: { 200: { description: "Configuration of the web app", schema: inboxConfigSchema } },
      handle: async () => ({ status: 200, body: config }),
    }),
    defineRoute({
      method: "get",
      path: "/openapi.json",
      access: "open",
      summary: "This description",
      answers: { 200: { description: "OpenAPI 3.1" } },
      handle: async () => ({ status: 200, body: await openapi() }),
    }),
  ];
}
