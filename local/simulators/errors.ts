import type { ErrorRequestHandler, Response } from "express";
import * as z from "zod";

/** What a caller of the control API or of `connect` can mend. `status` is an HTTP status. */
export class SimulatorError extends Error {
  readonly status: number;
  readonly code: string;

  constructor(status: number, code: string, message: string) {
    super(message);
    this.name = "SimulatorError";
    this.status = status;
    this.code = code;
  }
}

/** Answers with `application/problem+json` (RFC 9457). */
export function sendProblem(response: Response, problem: { status: number; code: string; detail: string }): void {
  response
    .status(problem.status)
    .type("application/problem+json")
    .send(
      JSON.stringify({
        type: `urn:servio:simulators:${problem.code}`,
        title: problem.code.replaceAll("_", " "),
        status: problem.status,
        code: problem.code,
        detail: problem.detail,
      }),
    );
}

/** Reads `value` with `schema`. @throws {SimulatorError} 400 that names every wrong field and what it should be. */
export function parseInput<T>(schema: z.ZodType<T>, value: unknown, what: string): T {
  const parsed = schema.safeParse(value ?? {});
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map((issue) => `${issue.path.join(".") || "body"}: ${issue.message}`);
  throw new SimulatorError(400, "input_invalid", `${what} is not as it should be: ${problems.join("; ")}.`);
}

const httpError = z.object({ status: z.int().min(400).max(599), message: z.string() });

/** The last handler of the control API: whatever went wrong becomes a problem document. */
export const problemHandler: ErrorRequestHandler = (error, _request, response, next) => {
  if (response.headersSent) return next(error);
  if (error instanceof SimulatorError) {
    return sendProblem(response, { status: error.status, code: error.code, detail: error.message });
  }
  const http = httpError.safeParse(error);
  if (http.success) {
    const detail = `${http.data.message}. Send a JSON object with content-type application/json.`;
    return sendProblem(response, { status: http.data.status, code: "request_unreadable", detail });
  }
  const detail = error instanceof Error ? error.message : String(error);
  sendProblem(response, { status: 500, code: "simulator_fault", detail });
};
