import * as z from "zod";
import { type FetchDeps, fetchAttachments } from "../../attachments/index.ts";
import { answerJob, type ReplyDeps, reportOverdue, type SweepReport } from "../../conversations/index.ts";
import type { ScheduledReport } from "../../desk/index.ts";
import { adoptTrace } from "../../telemetry/log.ts";
import { HttpProblem, problem } from "../problem.ts";
import { defineRoute, type Reply, type Route } from "../route.ts";

/**
 * What Pub/Sub pushes. Unknown fields are let through: Google adds some.
 * https://cloud.google.com/pubsub/docs/push#receive_push
 */
const pushEnvelope = z.object({
  message: z.object({
    data: z.base64(),
    messageId: z.string().min(1),
    publishTime: z.string().optional(),
    attributes: z.record(z.string(), z.string()).optional(),
  }),
  subscription: z.string().optional(),
  deliveryAttempt: z.int().optional(),
});

const replyJob = z.object({
  conversationId: z
    .string()
    .min(1)
    .max(500)
    .regex(/^[^/]+$/),
  insist: z.boolean().optional(),
  trace: z.string().optional(),
});

const mediaJob = z.object({
  messageId: z
    .string()
    .min(1)
    .max(128)
    .regex(/^[\w-]+$/),
  trace: z.string().optional(),
});

/** A message may have 10 MB: Pub/Sub's own limit, plus base64. */
const PUSH_LIMIT = "14mb";

const refusals = {
  400: problem("`invalid_request`, `invalid_job`: goes to the dead letters after its attempts"),
  401: problem("`token_missing`, `invalid_service_token`"),
};

export interface TaskDeps {
  readonly replies: ReplyDeps;
  /** Fetches the files of messages. */
  readonly media: FetchDeps;
  /** Stores one event that the webhook could not. */
  readonly inbound: (data: unknown) => Promise<void>;
  readonly sweep: () => Promise<SweepReport & { readonly handedBack: number }>;
  /** Sends people's messages whose time has come. */
  readonly scheduled: () => Promise<ScheduledReport>;
}

export function taskRoutes(deps: TaskDeps): Route[] {
  return [repliesRoute(deps), inboundRoute(deps), sweepRoute(deps)];
}

function repliesRoute(deps: TaskDeps): Route {
  return defineRoute({
    method: "post",
    path: "/tasks/replies",
    access: "queue",
    summary: "Pub/Sub push: answer what waits in a conversation, or fetch the files of a message",
    body: pushEnvelope,
    limit: PUSH_LIMIT,
    answers: {
      204: { description: "Done, or somebody else's" },
      ...refusals,
      503: problem("`not_yet`: deliver again after Retry-After"),
    },
    handle: async ({ body }) => {
      const job = jobOf(body.message.data);
      const { trace } = job;
      if (trace !== undefined) adoptTrace(trace);
      if ("messageId" in job) {
        // What cannot be had now is tried again by the sweep: this queue's age tells how long customers wait for answers.
        await fetchAttachments(deps.media, job.messageId);
        return { status: 204 };
      }
      const request = {
        conversationId: job.conversationId,
        ...(job.insist && { insist: true }),
        ...(trace !== undefined && { trace }),
      };
      const result = await answerJob(deps.replies, request, body.message.messageId);
      if (result.state === "done") return { status: 204 };
      throw notYet(result.until - deps.replies.now());
    },
  });
}

function jobOf(data: string): z.output<typeof replyJob> | z.output<typeof mediaJob> {
  const job = z.union([replyJob, mediaJob]).safeParse(parseData(data));
  if (job.success) return job.data;
  throw invalidJob("The message is no job: {conversationId, trace?} or {messageId, trace?} as JSON.");
}

function inboundRoute(deps: TaskDeps): Route {
  return defineRoute({
    method: "post",
    path: "/tasks/inbound",
    access: "queue",
    summary: "Pub/Sub push: store an event that the webhook could not",
    body: pushEnvelope,
    limit: PUSH_LIMIT,
    answers: { 204: { description: "Stored, or known already" }, ...refusals },
    handle: async ({ body }) => {
      await deps.inbound(parseData(body.message.data));
      return { status: 204 };
    },
  });
}

function sweepRoute(deps: TaskDeps): Route {
  return defineRoute({
    method: "post",
    path: "/api/omni/sweep/run",
    access: "scheduler",
    summary:
      "Queues again what a crash left unanswered or unsent, hands back to the bot what nobody took, sends what was scheduled",
    answers: {
      200: {
        description: "What was found",
        schema: z.object({
          waiting: z.int(),
          unsent: z.int(),
          files: z.int(),
          published: z.int(),
          truncated: z.boolean(),
          handedBack: z.int(),
          overdue: z.int(),
          scheduled: z.object({ sent: z.int(), failed: z.int() }),
        }),
      },
      401: refusals[401],
    },
    handle: async (): Promise<Reply> => {
      const report = await deps.sweep();
      reportOverdue(deps.replies.log, report.overdue);
      return { status: 200, body: { ...report, overdue: report.overdue.length, scheduled: await deps.scheduled() } };
    },
  });
}

function parseData(data: string): unknown {
  try {
    return JSON.parse(Buffer.from(data, "base64").toString("utf8"));
  } catch (cause) {
    throw invalidJob("The message's data is not JSON.", cause);
  }
}

function invalidJob(detail: string, cause?: unknown): HttpProblem {
  return new HttpProblem({ status: 400, code: "invalid_job", title: "Invalid job", detail, cause });
}

function notYet(waitMs: number): HttpProblem {
  const seconds = Math.max(1, Math.ceil(waitMs / 1000));
  return new HttpProblem({
    status: 503,
    code: "not_yet",
    title: "Not yet",
    detail: `A send is still undecided or the channel asked for patience. Deliver again in ${seconds} s.`,
    headers: { "retry-after": String(seconds) },
  });
}
