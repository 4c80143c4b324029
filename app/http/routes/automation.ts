import * as z from "zod";
import {
  type AutomationDeps,
  type AutomationSettings,
  finishTask,
  type InboxTask,
  listOpenTasks,
  readUnsubscribeToken,
  runAutomations,
  setOptOut,
  TRIGGERS,
} from "../../automation/index.ts";
import { personOf } from "../caller.ts";
import { HttpProblem, problem } from "../problem.ts";
import { defineRoute, type Reply, type Route } from "../route.ts";
import { staffRefusals } from "./conversations.ts";

const counts = z.record(z.string(), z.int());
const triggerSummary = z.object({
  due: z.int().describe("Customers taken up in this run"),
  sent: z.int(),
  skipped: counts.describe("For good, by reason"),
  deferred: counts.describe("Until the reason is over"),
  tasks: counts.describe("Left to a person, by why no way was open"),
  failed: z.int(),
  failures: counts,
  detours: counts.describe("Sent another way than the preferred one, by why"),
  scanned: z.int().describe("Documents that the queries returned"),
});
const runSummary = z.object({
  dryRun: z.boolean(),
  complete: z.boolean().describe("False: the time budget ended first; the next run goes on"),
  triggers: z.record(z.string(), triggerSummary),
});

/** The follow-ups, and the way out of them. */
export function automationRoutes(deps: AutomationDeps, settings: AutomationSettings): Route[] {
  return [runRoute(deps, settings), leaveRoute(deps, "get"), leaveRoute(deps, "post"), ...inboxTaskRoutes(deps)];
}

function runRoute(deps: AutomationDeps, settings: AutomationSettings): Route {
  return defineRoute({
    method: "post",
    path: "/api/omni/automation/run",
    access: "scheduler",
    summary: "Sends the follow-ups that are due; safe to repeat and to run twice at once",
    query: z.object({
      dryRun: z.enum(["true", "false"]).default("false").describe("`true` says what would be sent, and sends nothing"),
    }),
    answers: {
      200: { description: "What was done, by trigger", schema: runSummary },
      401: problem("`token_missing`, `invalid_service_token`"),
    },
    handle: async ({ query }): Promise<Reply> => {
      const dryRun = query.dryRun === "true";
      return { status: 200, body: await runAutomations(deps, { settings, triggers: TRIGGERS, dryRun }) };
    },
  });
}

const taskView = z.object({
  id: z.string(),
  status: z.enum(["open", "done"]),
  trigger: z.string(),
  reason: z.string().describe("Why the automation had no way of its own"),
  text: z.string().describe("What it wanted to say"),
  conversationId: z.string().optional().describe("Absent: the customer has none yet"),
  userId: z.string().optional().describe("The user's document id, which is an e-mail address"),
  createdAt: z.iso.datetime(),
  doneBy: z.string().optional(),
});

function viewTask(task: InboxTask): z.output<typeof taskView> {
  const { id, status, trigger, reason, text, conversationId, userId, doneBy } = task;
  return {
    ...{ id, status, trigger, reason, text, createdAt: task.createdAt.toDate().toISOString() },
    ...(conversationId !== undefined && { conversationId }),
    ...(userId !== undefined && { userId }),
    ...(doneBy !== undefined && { doneBy }),
  };
}

/** What the automations left to people, also where there is no conversation to show it in. */
function inboxTaskRoutes(deps: AutomationDeps): Route[] {
  return [
    defineRoute({
      method: "get",
      path: "/api/omni/tasks",
      access: "staff",
      summary: "Follow-ups that are left to a person, the oldest first",
      answers: {
        200: { description: "The open ones", schema: z.object({ tasks: z.array(taskView) }) },
        ...staffRefusals,
      },
      handle: async () => ({ status: 200, body: { tasks: (await listOpenTasks(deps.db)).map(viewTask) } }),
    }),
    defineRoute({
      method: "post",
      path: "/api/omni/tasks/:id/done",
      access: "staff",
      summary: "Takes a task off the list; again is the same",
      params: z.object({ id: z.string().min(1).max(1500) }),
      answers: {
        200: { description: "The task afterwards", schema: taskView },
        ...staffRefusals,
        404: problem("`unknown_task`"),
      },
      handle: async ({ params, caller }) => {
        const task = await finishTask(deps.db, params.id, personOf(caller).uid, deps.now());
        if (task) return { status: 200, body: viewTask(task) };
        throw new HttpProblem({
          status: 404,
          code: "unknown_task",
          title: "Unknown task",
          detail: "There is no task of this id. GET /api/omni/tasks lists the open ones.",
        });
      },
    }),
  ];
}

/** The link of an e-mail (GET), and the mail program's own button (POST, RFC 8058). */
function leaveRoute(deps: AutomationDeps, method: "get" | "post"): Route {
  return defineRoute({
    method,
    path: "/api/omni/unsubscribe",
    access: "open",
    summary: "Ends automatic messages for whom the signed token names; no sign-in",
    query: z.object({ token: z.string().min(1).max(4000), again: z.enum(["true"]).optional() }),
    answers: { 200: { description: "A page that says so" }, 400: problem("`invalid_link`") },
    handle: async ({ query }): Promise<Reply> => {
      const userId = readUnsubscribeToken(query.token, deps.secrets);
      if (userId === undefined) {
        throw new HttpProblem({
          status: 400,
          code: "invalid_link",
          title: "Invalid link",
          detail: "This link is not complete or too old. Use the one of the latest e-mail.",
        });
      }
      const optOut = query.again !== "true";
      await setOptOut(deps.db, userId, optOut);
      deps.log.info({ optOut, event: "opt_out" }, optOut ? "[Automação] Saída por link" : "[Automação] Volta por link");
      return { status: 200, html: page(optOut, query.token) };
    },
  });
}

/** No style of its own: the page must work under any policy. */
function page(optOut: boolean, token: string): string {
  const [title, text] = optOut
    ? ["Pronto", "Você não vai mais receber mensagens automáticas da Servio.AI."]
    : ["Bem-vindo de volta", "Você vai receber de novo as mensagens automáticas da Servio.AI."];
  // A token is base64url and a dot: nothing in it needs escaping.
  const back = `<form method="post" action="?token=${token}&amp;again=true"><button>Quero receber de novo</button></form>`;
  return `<!doctype html>
<html lang="pt-BR">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${title} · Servio.AI</title></head>
<body><main><h1>${title}</h1><p>${text}</p>${optOut ? back : ""}</main></body>
</html>`;
}
