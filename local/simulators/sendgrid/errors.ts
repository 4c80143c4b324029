import type { Fault } from "../faults.ts";

/**
 * What SendGrid says when it refuses: a status and a list of messages, without codes.
 * Source: https://www.twilio.com/docs/sendgrid/api-reference/how-to-use-the-sendgrid-v3-api/responses
 */
export class SendGridError extends Error {
  readonly status: number;
  readonly field: string | null;

  constructor(status: number, message: string, field: string | null = null) {
    super(message);
    this.name = "SendGridError";
    this.status = status;
    this.field = field;
  }

  toBody() {
    return { errors: [{ message: this.message, field: this.field, help: null }] };
  }
}

const BY_STATUS: Readonly<Record<number, string>> = {
  400: "Bad Request",
  401: "The provided authorization grant is invalid, expired, or revoked",
  403: "The from address does not match a verified Sender Identity. Mail cannot be sent until this error is resolved.",
  413: "The JSON payload you have included in your request is too large.",
  429: "too many requests",
  500: "An error occurred on a SendGrid server.",
  503: "The SendGrid v3 Web API is not available.",
};

/** The refusal that a fault of mode `error` asks for; a server error unless it names a status. */
export function sendGridFault(fault: Pick<Fault, "status">): SendGridError {
  const status = fault.status ?? 500;
  return new SendGridError(status, BY_STATUS[status] ?? "Simulated fault");
}
