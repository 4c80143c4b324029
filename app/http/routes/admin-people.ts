import { Readable } from "node:stream";
import type { Firestore } from "firebase-admin/firestore";
import * as z from "zod";
import { erasePerson, exportPerson, type PersonData, personBehind, recordAudit } from "../../admin/index.ts";
import type { Bucket } from "../../attachments/index.ts";
import { personOf } from "../caller.ts";
import { HttpProblem, problem } from "../problem.ts";
import { defineRoute, type Route } from "../route.ts";
import { adminRefusals, conversationIdSchema, noConversation, unknownConversation } from "./conversations.ts";

export interface PeopleRoutesDeps {
  readonly db: Firestore;
  readonly bucket: Bucket;
  /** Unix milliseconds. */
  readonly now: () => number;
}

/** What an administrator does with all that is kept of one person: count it, take it out, remove it. */
export function peopleRoutes(deps: PeopleRoutesDeps): Route[] {
  return [personRoute(deps), exportRoute(deps), eraseRoute(deps)];
}

const params = z.object({ id: conversationIdSchema });
const counts = z.record(z.string(), z.int());

function personRoute({ db }: PeopleRoutesDeps): Route {
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
      ...adminRefusals,
      404: unknownConversation,
    },
    handle: async ({ params: { id } }) => ({ status: 200, body: await personOrNone(db, id) }),
  });
}

function exportRoute({ db, now }: PeopleRoutesDeps): Route {
  return defineRoute({
    method: "get",
    path: "/api/omni/admin/people/:id/export",
    access: "admin",
    summary: "Everything that is kept of the person, as JSON lines",
    params,
    answers: {
      200: { description: "`application/x-ndjson`: a document a line" },
      ...adminRefusals,
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

function eraseRoute({ db, bucket, now }: PeopleRoutesDeps): Route {
  return defineRoute({
    method: "post",
    path: "/api/omni/admin/people/:id/erase",
    access: "admin",
    summary: "Removes everything that is kept of the person, for good",
    params,
    body: z.strictObject({ confirm: z.string().describe("The conversation's id once more") }),
    answers: {
      200: { description: "Documents removed, by collection", schema: z.object({ removed: counts }) },
      ...adminRefusals,
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

function notConfirmed(id: string): HttpProblem {
  const detail = `Nothing was removed. To remove it, send confirm: "${id}".`;
  return new HttpProblem({ status: 422, code: "not_confirmed", title: "Unprocessable content", detail });
}
