import * as z from "zod";
import { deleteCanned, recordAudit, ShortcutTaken, type StaffDirectory, saveCanned } from "../../admin/index.ts";
import { recordLeft } from "../../desk/index.ts";
import { personOf } from "../caller.ts";
import { HttpProblem, problem } from "../problem.ts";
import { defineRoute, type Route } from "../route.ts";
import { type PeopleRoutesDeps, peopleRoutes } from "./admin-people.ts";
import { adminRefusals } from "./conversations.ts";

/** Settings of the stack that are no secrets, by the name of their variable. */
export type ShownSettings = Readonly<Record<string, string>>;

export interface AdminRoutesDeps extends PeopleRoutesDeps {
  readonly staff: StaffDirectory;
  readonly settings: ShownSettings;
}

/** What only administrators do: who works here, what everybody may say, and what is kept of a person. */
export function adminRoutes(deps: AdminRoutesDeps): Route[] {
  return [
    staffRoute(deps),
    roleRoute(deps),
    saveCannedRoute(deps),
    deleteCannedRoute(deps),
    settingsRoute(deps),
    ...peopleRoutes(deps),
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
    answers: { 200: { description: "People", schema: z.object({ staff: z.array(member) }) }, ...adminRefusals },
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
      ...adminRefusals,
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
      if (body.role === "none") await recordLeft(db, uid, now());
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
      ...adminRefusals,
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
    answers: { 204: { description: "It is gone" }, ...adminRefusals },
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
      ...adminRefusals,
    },
    handle: async () => ({ status: 200, body: { settings } }),
  });
}

function unknownAccount(email: string): HttpProblem {
  const detail = `Nobody signs in as ${email}, so there is no role to take away.`;
  return new HttpProblem({ status: 404, code: "unknown_account", title: "Not found", detail });
}

function ownRole(): HttpProblem {
  const detail = "You would lose the right that you are using. Ask another administrator to change your role.";
  return new HttpProblem({ status: 409, code: "own_role", title: "Conflict", detail });
}
