import * as z from "zod";
import { dueMoment, optional, reference, stillMatches, words } from "../read.ts";
import { type DueQuery, type Examined, HOUR_MS, type Trigger } from "../trigger.ts";

const due: DueQuery = {
  collection: "proposals",
  where: { status: "enviada" },
  timeField: "createdAt",
  timeKinds: ["timestamp", "text", "number"],
  ageMs: 24 * HOUR_MS,
};

const proposal = z.object({ jobId: reference, clientId: optional(reference) });
const job = z.object({ title: words, clientId: optional(reference) });

/** A proposal has been waiting for the client's answer for 24 hours. */
export const followupProposta: Trigger = {
  name: "followup_proposta",
  due,
  channel: { preferred: "webchat" },
  related: (data) => {
    const id = reference.safeParse(data.jobId).data;
    return id === undefined ? undefined : { collection: "jobs", id };
  },
  examine: (entity, look): Examined => {
    if (!stillMatches(due, entity.data)) return { skip: "changed" };
    const moment = dueMoment(due, entity.data.createdAt, look);
    if ("skip" in moment) return moment;
    const read = proposal.safeParse(entity.data);
    if (!read.success) return { skip: "incomplete" };
    if (entity.related === undefined) return { skip: "gone" };
    const its = job.safeParse(entity.related);
    const clientId = its.data?.clientId ?? read.data.clientId;
    if (!its.success || clientId === undefined) return { skip: "incomplete" };
    const { title } = its.data;
    const text = `Olá! Vi que você recebeu uma proposta para "${title}". Gostaria de revisar? 📋`;
    return {
      case: {
        dueAt: moment.dueAt,
        userId: clientId,
        userRequired: true,
        message: {
          text,
          values: { titulo: title },
          email: {
            subject: `Você recebeu uma proposta para "${title}"`,
            paragraphs: [text],
            callToAction: { label: "Revisar a proposta", path: "/" },
          },
        },
      },
    };
  },
};
