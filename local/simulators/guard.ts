import type { NextFunction, Request, Response } from "express";
import { sendProblem } from "./errors.ts";

/** Only pages of this very server: no inline code, nothing from elsewhere. */
const CONTENT_SECURITY_POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; media-src 'self'; " +
  "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

const LOCAL_NAMES: ReadonlySet<string> = new Set(["127.0.0.1", "localhost", "[::1]"]);

/**
 * Keeps the web out: a page elsewhere that a developer has open must not reach these simulators, neither by a
 * cross-site request nor by a host name of its own that points to 127.0.0.1.
 */
export function guard(request: Request, response: Response, next: NextFunction): void {
  response.set({
    "content-security-policy": CONTENT_SECURITY_POLICY,
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cache-control": "no-store",
  });
  const host = request.headers.host ?? "";
  const { origin } = request.headers;
  const isLocal = LOCAL_NAMES.has(host.replace(/:\d+$/, ""));
  if (isLocal && (origin === undefined || origin === `http://${host}`)) {
    next();
    return;
  }
  sendProblem(response, {
    status: 403,
    code: "not_local",
    detail: `Asked as ${host}${origin ? ` by a page of ${origin}` : ""}. Use http://127.0.0.1 from this machine.`,
  });
}
