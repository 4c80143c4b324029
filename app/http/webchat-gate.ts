import type { RequestHandler } from "express";
import { isAllowedOrigin } from "../webchat/index.ts";
import { HttpProblem } from "./problem.ts";
import { type Allowance, bucketPerCaller, takeOrRefuse } from "./rate-limit.ts";

/** The chat's own page, which websites show in a frame. */
export const CHAT_PAGE = "/widget/chat.html";
/** The script that websites embed. */
export const WIDGET_SCRIPT = "/widget.js";
export const WEBCHAT_API = "/api/omni/web/";

/** An office shares one address; a script that makes visitors up does not need as much. */
const PER_ADDRESS: Allowance = { perSecond: 10, holds: 100 };

export interface WebchatGateOptions {
  readonly allowedOrigins: readonly string[];
  /** @default {@link PER_ADDRESS} */
  readonly perAddress?: Allowance;
  /** Milliseconds, monotonic. */
  readonly now: () => number;
}

/**
 * Stands before the chat's API: a browser that comes from a website that may not embed the chat is refused before
 * anything is read, and so is an address that asks for too much. The chat itself runs on our own origin; a website that
 * is allowed may also call the API from a page of its own.
 */
export function webchatGate(options: WebchatGateOptions): RequestHandler {
  const addresses = bucketPerCaller(options.perAddress ?? PER_ADDRESS, options.now);
  return (request, response, next) => {
    if (!request.path.startsWith(WEBCHAT_API)) {
      next();
      return;
    }
    const origin = request.get("origin");
    if (origin !== undefined && !isOwn(origin, request.get("host"))) {
      response.vary("origin");
      if (!isAllowedOrigin(origin, options.allowedOrigins)) throw notAllowed(origin);
      response.set("access-control-allow-origin", origin);
      if (request.method === "OPTIONS") {
        response
          .set({
            "access-control-allow-methods": "GET, POST",
            "access-control-allow-headers": "authorization, content-type, last-event-id",
            "access-control-max-age": "600",
          })
          .sendStatus(204);
        return;
      }
    }
    takeOrRefuse(addresses, request.ip ?? "");
    next();
  };
}

function isOwn(origin: string, host: string | undefined): boolean {
  return host !== undefined && URL.parse(origin)?.host === host;
}

function notAllowed(origin: string): HttpProblem {
  return new HttpProblem({
    status: 403,
    code: "origin_not_allowed",
    title: "Forbidden",
    detail: `${origin.slice(0, 200)} may not use this chat. Add it to the stack's webchatAllowedOrigins, then run pulumi up.`,
  });
}

/** Lets websites load the script and show the chat's page, which no other page of ours may be. */
export function widgetHeaders(allowedOrigins: readonly string[]): RequestHandler {
  const policy = [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' blob:",
    "connect-src 'self'",
    `frame-ancestors ${["'self'", ...allowedOrigins].join(" ")}`,
    "base-uri 'none'",
    "form-action 'none'",
    "require-trusted-types-for 'script'",
  ].join("; ");
  return (request, response, next) => {
    if (request.path === WIDGET_SCRIPT || request.path === CHAT_PAGE) {
      response.set("cross-origin-resource-policy", "cross-origin");
    }
    if (request.path === CHAT_PAGE) {
      response.set("content-security-policy", policy);
      // Older than frame-ancestors, and unable to name more than one.
      response.removeHeader("x-frame-options");
    }
    next();
  };
}
