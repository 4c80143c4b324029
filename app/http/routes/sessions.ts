import type { Firestore } from "firebase-admin/firestore";
import * as z from "zod";
import type { StaffDirectory } from "../../admin/index.ts";
import { recordSignedOut } from "../../desk/index.ts";
import { personOf } from "../caller.ts";
import { defineRoute, type Route } from "../route.ts";
import { staffRefusals } from "./conversations.ts";

export interface SessionRoutesDeps {
  readonly db: Firestore;
  readonly staff: StaffDirectory;
  /** Unix milliseconds. */
  readonly now: () => number;
}

/** What somebody at the inbox does with their own sign-in. */
export function sessionRoutes({ db, staff, now }: SessionRoutesDeps): Route[] {
  return [
    defineRoute({
      method: "post",
      path: "/api/omni/agents/me/sign-out",
      access: "staff",
      summary: "Ends the caller's sessions on every machine: open inboxes at once, anything else within the hour",
      body: z.strictObject({}),
      answers: { 204: { description: "No session is renewed any more" }, ...staffRefusals },
      handle: async ({ caller }) => {
        const { uid } = personOf(caller);
        await staff.endSessions(uid);
        await recordSignedOut(db, uid, now());
        return { status: 204 };
      },
    }),
  ];
}
