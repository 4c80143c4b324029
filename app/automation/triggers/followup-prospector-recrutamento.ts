import * as z from "zod";
import { dueMoment, email, optional, stillMatches, words } from "../read.ts";
import { type DueQuery, type Examined, HOUR_MS, type Trigger } from "../trigger.ts";

const due: DueQuery = {
  collection: "prospects",
  where: { status: "contatado" },
  timeField: "lastContactAt",
  timeKinds: ["timestamp", "text", "number"],
  ageMs: 72 * HOUR_MS,
};

const prospect = z.object({
  email: z.string().trim().toLowerCase().pipe(email),
  name: optional(words),
  phone: optional(z.string()),
  timeZone: optional(z.string()),
});

/** A lead was contacted 72 hours ago and has not moved on since: an invitation by e-mail. */
export const followupProspectorRecrutamento: Trigger = {
  name: "followup_prospector_recrutamento",
  due,
  channel: "email",
  examine: (entity, look): Examined => {
    if (!stillMatches(due, entity.data)) return { skip: "changed" };
    const moment = dueMoment(due, entity.data.lastContactAt, look);
    if ("skip" in moment) return moment;
    const read = prospect.safeParse(entity.data);
    if (!read.success) return { skip: "incomplete" };
    const { name, phone, timeZone } = read.data;
    const greeting = name ? `Olá, ${name}!` : "Olá!";
    const invitation =
      "Falamos há alguns dias sobre trabalhar com a Servio.AI. Há clientes na sua região procurando profissionais como você, e o cadastro leva poucos minutos.";
    return {
      case: {
        dueAt: moment.dueAt,
        userId: read.data.email,
        userRequired: false,
        ...(name && { name }),
        ...(phone && { phone }),
        ...(timeZone && { timeZone }),
        message: {
          text: `${greeting} ${invitation}`,
          values: { nome: name ?? "" },
          email: {
            subject: name ? `${name}, seu lugar na Servio.AI` : "Seu lugar na Servio.AI",
            paragraphs: [greeting, invitation, "Se tiver qualquer dúvida, responda a este e-mail: uma pessoa vai ler."],
            callToAction: { label: "Quero fazer parte", path: "/" },
          },
        },
      },
    };
  },
};
