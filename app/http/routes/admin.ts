import { Readable } from "node:stream";
import type { Firestore } from "firebase-admin/firestore";
import * as z from "zod";
import {
  deleteCanned,
  erasePerson,
  exportPerson,
  type PersonData,
  personBehind,
  recordAudit,
  ShortcutTaken,
  type StaffDirectory,
  saveCanned,
} from "../../admin/index.ts";
import type { Bucket } from "../../attachments/index.ts";
import { personOf } from "../caller.ts";
import { HttpProblem, problem } from "../problem.ts";
import { defineRoute, type Route } from "../route.ts";
import { conversationIdSchema, noConversation, staffRefusals, unknownConversation } from "./conversations.ts";

/** Settings of the stack that are no secrets, by the name of their variable. */
export type ShownSettings = Readonly<Record<string, string>>;

export interface AdminRoutesDeps {
  readonly db: Firestore;
  readonly bucket: Bucket;
  readonly staff: StaffDirectory;
  readonly settings: ShownSettings;
  /** Unix milliseconds. */
  readonly now: () => number;
}

const refusals = { ...staffRefusals, 403: problem("`admin_only`") };

/** What only administrators do: who works here, what everybody may say, and what is kept of a person. */
export function adminRoutes(deps: AdminRoutesDeps): Route[] {
  return [
    staffRoute(deps),
    roleRoute(deps),
    saveCannedRoute(deps),
    deleteCannedRoute(deps),
    settingsRoute(deps),
    personRoute(deps),
    exportRoute(deps),
    eraseRoute(deps),
  ];
}

const role = z.enum(["agent", "admin"]);
const member = z.object({ uid: z.string(), email: z.string().optional(), name: z.string().optional(), role });

function staffRoute({ staff }: AdminRoutesDeps): Route {
  return defineRoute({
    method: "get",
    path: "/api/omni/admin/staff",
    access: "admin",
    summary: "Everybody who may sign in to the inbox",
    answers: { 200: { description: "People", schema: z.object({ staff: z.array(member) }) }, ...refusals },
    handle: async () => ({ status: 200, body: { staff: await staff.list() } }),
  });
}

function roleRoute({ db, staff, now }: AdminRoutesDeps): Route {
  return defineRoute({
    method: "post",
    path: "/api/omni/admin/staff",
    access: "admin",
    summary: "Gives somebody a role, or takes it away; makes the account where there is none",
    body: z.strictObject({
      email: z.email().max(254),
      name: z.string().trim().min(1).max(100).optional(),
      role: z.enum(["agent", "admin", "none"]),
    }),
    answers: {
      200: {
        description: "Done. A new account comes with the link with which its owner chooses a password",
        schema: z.object({ uid: z.string(), passwordLink: z.string().optional() }),
      },
      ...refusals,
      404: problem("`unknown_account`: a role cannot be taken from nobody"),
      409: problem("`own_role`: somebody else has to change yours"),
    },
    handle: async ({ body, caller }) => {
      const me = personOf(caller);
      const known = await staff.find(body.email);
      if (known === undefined && body.role === "none") throw unknownAccount(body.email);
      if (known?.uid === me.uid && body.role !== "admin") throw ownRole();
      const { uid } = known ?? (await staff.create(body.email, body.name));
      await staff.setRole(uid, body.role === "none" ? undefined : body.role);
      await recordAudit(db, { action: "role_changed", by: me.uid, about: uid, detail: { role: body.role } }, now());
      if (known !== undefined) return { status: 200, body: { uid } };
      return { status: 200, body: { uid, passwordLink: await staff.passwordLink(body.email) } };
    },
  });
}

const responseId = z
  .string()
  .min(1)
  .max(100)
  .regex(/^[\w-]+$/);
const canned = z.strictObject({
  id: responseId.describe("Chosen by the page: the same id again is the same answer"),
  shortcut: z
    .string()
    .trim()
    .toLowerCase()
    .regex(/^[\p{L}\d_-]{1,40}$/u, "one word of letters, digits, - and _"),
  text: z.string().trim().min(1).max(4096),
});

function saveCannedRoute({ db, now }: AdminRoutesDeps): Route {
  return defineRoute({
    method: "post",
    path: "/api/omni/admin/canned-responses",
    access: "admin",
    summary: "Keeps a ready answer, new or changed",
    body: canned,
    answers: {
      200: { description: "As it is kept", schema: canned },
      ...refusals,
      409: problem("`shortcut_taken`"),
    },
    handle: async ({ body, caller }) => {
      try {
        return { status: 200, body: await saveCanned(db, body, personOf(caller).uid, now()) };
      } catch (error) {
        if (!(error instanceof ShortcutTaken)) throw error;
        throw new HttpProblem({ status: 409, code: error.code, title: "Conflict", detail: error.message });
      }
    },
  });
}

function deleteCannedRoute({ db }: AdminRoutesDeps): Route {
  return defineRoute({
    method: "post",
    path: "/api/omni/admin/canned-responses/:id/delete",
    access: "admin",
    summary: "Removes a ready answer",
    params: z.object({ id: responseId }),
    body: z.strictObject({}),
    answers: { 204: { description: "It is gone" }, ...refusals },
    handle: async ({ params: { id } }) => {
      await deleteCanned(db, id);
      return { status: 204 };
    },
  });
}

function settingsRoute({ settings }: AdminRoutesDeps): Route {
  return defineRoute({
    method: "get",
    path: "/api/omni/admin/settings",
    access: "admin",
    summary: "How this environment is set up, without its secrets; changed in the stack's file, not here",
    answers: {
      200: { description: "By variable", schema: z.object({ settings: z.record(z.string(), z.string()) }) },
      ...refusals,
    },
    handle: async () => ({ status: 200, body: { settings } }),
  });
}

const params = z.object({ id: conversationIdSchema });
const counts = z.record(z.string(), z.int());

function personRoute({ db }: AdminRoutesDeps): Route {
  return defineRoute({
    method: "get",
    path: "/api/omni/admin/people/:id",
    access: "admin",
    summary: "How much is kept of the person of a conversation, over all channels",
    params,
    answers: {
      200: {
        description: "What an export holds and a removal removes",
        schema: z.object({ conversations: z.array(z.string()), counts }),
      },
      ...refusals,
      404: unknownConversation,
    },
    handle: async ({ params: { id } }) => ({ status: 200, body: await personOrNone(db, id) }),
  });
}

function exportRoute({ db, now }: AdminRoutesDeps): Route {
  return defineRoute({
    method: "get",
    path: "/api/omni/admin/people/:id/export",
    access: "admin",
    summary: "Everything that is kept of the person, as JSON lines",
    params,
    answers: {
      200: { description: "`application/x-ndjson`: a document a line" },
      ...refusals,
      404: unknownConversation,
    },
    handle: async ({ params: { id }, caller }) => {
      const person = await personOrNone(db, id);
      const entry = { action: "person_exported", by: personOf(caller).uid, about: id, detail: person.counts } as const;
      await recordAudit(db, entry, now());
      const headers = {
        "content-type": "application/x-ndjson; charset=utf-8",
        "content-disposition": 'attachment; filename="servio-person.ndjson"',
      };
      return { status: 200, stream: Readable.from(linesOf(db, person)), headers };
    },
  });
}

async function* linesOf(db: Firestore, person: PersonData): AsyncGenerator<string> {
  for await (const document of exportPerson(db, person)) yield `${JSON.stringify(document)}\n`;
}

function eraseRoute({ db, bucket, now }: AdminRoutesDeps): Route {
  return defineRoute({
    method: "post",
    path: "/api/omni/admin/people/:id/erase",
    access: "admin",
    summary: "Removes everything that is kept of the person, for good",
    params,
    body: z.strictObject({ confirm: z.string().describe("The conversation's id once more") }),
    answers: {
      200: { description: "Documents removed, by collection", schema: z.object({ removed: counts }) },
      ...refusals,
      404: unknownConversation,
      422: problem("`not_confirmed`"),
    },
    handle: async ({ params: { id }, body, caller }) => {
      if (body.confirm !== id) throw notConfirmed(id);
      const person = await personOrNone(db, id);
      const removed = await erasePerson(db, bucket, person);
      const entry = { action: "person_erased", by: personOf(caller).uid, about: id, detail: removed } as const;
      await recordAudit(db, entry, now());
      return { status: 200, body: { removed } };
    },
  });
}

async function personOrNone(db: Firestore, id: string): Promise<PersonData> {
  const person = await personBehind(db, id);
  if (person === undefined) throw noConversation(id);
  return person;
}

function unknownAccount(email: string): HttpProblem {
  const detail = `Nobody signs in as ${email}, so there is no role to take away.`;
  return new HttpProblem({ status: 404, code: "unknown_account", title: "Not found", detail });
}

function ownRole(): HttpProblem {
  const detail = "You would lose the right that you are using. Ask another administrator to change your role.";
  return new HttpProblem({ status: 409, code: "own_role", title: "Conflict", detail });
}

function notConfirmed(id: string): HttpProblem {
  const detail = `Nothing was removed. To remove it, send confirm: "${id}".`;
  return new HttpProblem({ status: 422, code: "not_confirmed", title: "Unprocessable content", detail });
}
