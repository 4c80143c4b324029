import type { ErrorRequestHandler, RequestHandler, Response } from "express";
import * as z from "zod";
import { currentTrace, type Log } from "../telemetry/log.ts";

/** Problem details (RFC 9457) with a stable code: what was wrong and how to mend it, never a stack, never a secret. */
const problemSchema = z.object({
  type: z.string().describe("Always `about:blank`: the code says which problem it is."),
  title: z.string(),
  status: z.int(),
  code: z.string().describe("Stable; programs decide by this."),
  detail: z.string().describe("What was seen and what to do, for people."),
  trace: z.string().optional().describe("Finds this request in the logs."),
});
export type Problem = z.output<typeof problemSchema>;

/** A problem among a route's documented answers. @param description its codes, and what mends them */
export function problem(description: string): { description: string; schema: typeof problemSchema } {
  return { description, schema: problemSchema };
}

export interface ProblemOptions {
  readonly status: number;
  readonly code: string;
  readonly title: string;
  readonly detail: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly cause?: unknown;
}

/** Thrown by a handler: becomes the answer as it is. */
export class HttpProblem extends Error {
  readonly status: number;
  readonly code: string;
  readonly title: string;
  readonly headers: Readonly<Record<string, string>>;

  constructor(options: ProblemOptions) {
    super(options.detail, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = "HttpProblem";
    this.status = options.status;
    this.code = options.code;
    this.title = options.title;
    this.headers = options.headers ?? {};
  }
}

/** Answers with a problem. */
export function sendProblem(response: Response, problem: HttpProblem): void {
  const trace = currentTrace();
  const body: Problem = {
    type: "about:blank",
    title: problem.title,
    status: problem.status,
    code: problem.code,
    detail: problem.message,
    ...(trace !== undefined && { trace }),
  };
  response.set(problem.headers).status(problem.status).type("application/problem+json").send(JSON.stringify(body));
}

/** For paths that nothing serves. */
export const notFound: RequestHandler = (request, response) => {
  const detail = `There is no ${request.method} ${request.path}. GET /openapi.json lists what there is.`;
  sendProblem(response, new HttpProblem({ status: 404, code: "not_found", title: "Not found", detail }));
};

/** The last handler: whatever was thrown becomes a problem; what nobody expected is logged with its stack. */
export function problemHandler(log: Log): ErrorRequestHandler {
  return (error: unknown, _request, response, next) => {
    const problem = problemOf(error);
    if (problem.status >= 500) log.error({ err: problem.cause ?? error, code: problem.code }, problem.message);
    if (response.headersSent) {
      // Half an answer cannot be taken back: Express closes the connection.
      next(error);
      return;
    }
    sendProblem(response, problem);
  };
}

/** What `express.json` and `express.raw` throw: http-errors with a type. */
const bodyError = z.object({ type: z.string(), status: z.int().min(400).max(499), limit: z.number().optional() });

/** Any thrown thing, as a problem. */
export function problemOf(error: unknown): HttpProblem {
  if (error instanceof HttpProblem) return error;
  if (error instanceof URIError) {
    return new HttpProblem({
      status: 400,
      code: "malformed_path",
      title: "Malformed path",
      detail: "The path holds a % that is not followed by two hexadecimal digits.",
    });
  }
  const body = bodyError.safeParse(error);
  if (body.success) return bodyProblem(body.data);
  return new HttpProblem({
    status: 500,
    code: "internal_error",
    title: "Internal error",
    detail: "Something failed on our side and was logged. Try again; if it stays, report the trace.",
    cause: error,
  });
}

function bodyProblem(error: z.output<typeof bodyError>): HttpProblem {
  if (error.type === "entity.too.large") {
    return new HttpProblem({
      status: 413,
      code: "payload_too_large",
      title: "Payload too large",
      detail: `The body is larger than the ${error.limit ?? "allowed"} bytes that this path takes.`,
    });
  }
  if (error.type === "entity.parse.failed") {
    return new HttpProblem({
      status: 400,
      code: "malformed_json",
      title: "Malformed JSON",
      detail: "The body is not JSON. Send one JSON object, encoded as UTF-8.",
    });
  }
  return new HttpProblem({
    status: error.status,
    code: "unreadable_body",
    title: "Unreadable body",
    detail: `The body could not be read (${error.type}). Send it uncompressed and whole.`,
  });
}

/** For input that does not fit its schema: names every field, never its value. */
export function invalidInput(where: "path" | "query" | "body", error: z.ZodError): HttpProblem {
  const issues = error.issues.map((issue) => `${[where, ...issue.path.map(String)].join(".")}: ${issue.message}`);
  return new HttpProblem({
    status: 400,
    code: "invalid_request",
    title: "Invalid request",
    detail: issues.join("; "),
  });
}
