import type { MetaChannelName } from "../../../app/channels/channel.ts";
import { newTraceId } from "../ids.ts";

/**
 * What Graph says when it refuses. Codes, statuses and titles: WhatsApp "Cloud API error codes" and Messenger Platform
 * "Error codes" of Meta's developer documentation.
 */

type Row = readonly [status: number, title: string];

const COMMON: Readonly<Record<number, Row>> = {
  0: [401, "AuthException"],
  1: [500, "An unknown error occurred"],
  2: [503, "Service temporarily unavailable"],
  3: [403, "Application does not have the capability to make this API call"],
  4: [400, "Application request limit reached"],
  10: [403, "Application does not have permission for this action"],
  17: [400, "User request limit reached"],
  32: [400, "Page request limit reached"],
  33: [400, "Parameter value is not valid"],
  100: [400, "Invalid parameter"],
  190: [401, "Error validating access token: Session has expired"],
  200: [403, "Permissions error"],
  230: [400, "Requires user consent"],
  368: [403, "Temporarily blocked for policies violations"],
  551: [400, "This person isn't available right now"],
  613: [400, "Calls to this api have exceeded the rate limit"],
  1200: [500, "Temporary send message failure. Please try again later"],
  2500: [400, "Unknown path components"],
  80001: [400, "There have been too many calls to this Page account"],
  80006: [400, "There have been too many calls to this Messenger account"],
};

const WHATSAPP: Readonly<Record<number, Row>> = {
  80007: [400, "Rate limit issues"],
  130429: [400, "Rate limit hit"],
  130472: [400, "User's number is part of an experiment"],
  130497: [403, "Business account is restricted from messaging users in this country"],
  131000: [500, "Something went wrong"],
  131005: [403, "Access denied"],
  131008: [400, "Required parameter is missing"],
  131009: [400, "Parameter value is not valid"],
  131016: [500, "Service unavailable"],
  131021: [400, "Recipient cannot be sender"],
  131026: [400, "Message undeliverable"],
  131031: [403, "Account has been locked"],
  131037: [400, "Display name approval needed"],
  131042: [400, "Business eligibility payment issue"],
  131045: [500, "Incorrect certificate"],
  131047: [400, "Re-engagement message"],
  131048: [400, "Spam rate limit hit"],
  131049: [400, "This message was not delivered to maintain healthy ecosystem engagement"],
  131050: [400, "User has stopped marketing messages"],
  131051: [400, "Unsupported message type"],
  131052: [400, "Media download error"],
  131053: [400, "Media upload error"],
  131056: [400, "(Business Account, Consumer Account) pair rate limit hit"],
  131057: [500, "Account in maintenance mode"],
  131062: [400, "Business-scoped user ids are not possible for this message"],
  132000: [400, "Template param count mismatch"],
  132001: [404, "Template does not exist"],
  132005: [400, "Template hydrated text too long"],
  132007: [400, "Template format character policy violated"],
  132012: [400, "Template parameter format mismatch"],
  132015: [400, "Template is paused"],
  132016: [400, "Template is disabled"],
  133004: [503, "Server temporarily unavailable"],
  133010: [400, "Phone number not registered"],
  135000: [400, "Generic user error"],
};

const TRANSIENT: ReadonlySet<number> = new Set([1, 2, 4, 17, 32, 613, 1200]);

/** Codes that an HTTP status stands for when a fault names only the status. */
const BY_STATUS = {
  whatsapp: { 401: 190, 403: 10, 429: 130429, 500: 131000, 503: 131016 },
  page: { 401: 190, 403: 10, 429: 613, 500: 1, 503: 2 },
} as const satisfies Record<string, Record<number, number>>;

/** A refusal by Graph, thrown inside the simulator and answered by its edge. */
export class GraphError extends Error {
  readonly status: number;
  readonly code: number;
  readonly subcode: number | undefined;
  readonly details: string | undefined;

  constructor(code: number, options: { details?: string; subcode?: number; status?: number } = {}) {
    const [status, title] = WHATSAPP[code] ?? COMMON[code] ?? [400, "An error occurred"];
    super(title);
    this.name = "GraphError";
    this.status = options.status ?? status;
    this.code = code;
    this.subcode = options.subcode;
    this.details = options.details;
  }

  /** The answer's body; WhatsApp carries the details apart, the others in the message. */
  toBody(product: "whatsapp" | "page"): { error: Record<string, unknown> } {
    const details = this.details ?? this.message;
    const suffix = product === "page" && this.details !== undefined ? `: ${this.details}` : "";
    return {
      error: {
        message: `(#${this.code}) ${this.message}${suffix}`,
        type: "OAuthException",
        code: this.code,
        ...(this.subcode === undefined ? {} : { error_subcode: this.subcode }),
        ...(product === "whatsapp" ? { error_data: { messaging_product: "whatsapp", details } } : {}),
        ...(TRANSIENT.has(this.code) ? { is_transient: true } : {}),
        fbtrace_id: newTraceId(),
      },
    };
  }

  /** One element of `statuses[].errors` in a webhook. */
  toWebhook(): Record<string, unknown> {
    return {
      code: this.code,
      title: this.message,
      message: this.message,
      error_data: { details: this.details ?? this.message },
      href: "https://developers.facebook.com/docs/whatsapp/cloud-api/support/error-codes/",
    };
  }
}

/** The refusal that a fault asks for: its code, else what its status stands for, else a server error. */
export function graphFault(
  fault: {
    readonly status?: number | undefined;
    readonly code?: number | string | undefined;
    subcode?: number | undefined;
  },
  channel: MetaChannelName,
): GraphError {
  const byStatus: Readonly<Record<number, number>> = BY_STATUS[channel === "whatsapp" ? "whatsapp" : "page"];
  const code = Number(fault.code ?? byStatus[fault.status ?? 500] ?? 1);
  return new GraphError(Number.isInteger(code) ? code : 1, {
    details: "Simulated fault",
    ...(fault.status === undefined ? {} : { status: fault.status }),
    ...(fault.subcode === undefined ? {} : { subcode: fault.subcode }),
  });
}
