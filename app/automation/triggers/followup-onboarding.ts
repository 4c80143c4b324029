import * as z from "zod";
import { USER_TYPES } from "../../conversations/model.ts";
import { dueMoment, optional, reference, stillMatches, words } from "../read.ts";
import { type DueQuery, type EmailContent, type Examined, HOUR_MS, type Trigger } from "../trigger.ts";

const due: DueQuery = {
  collection: "users",
  where: { onboardingCompleted: false },
  timeField: "createdAt",
  timeKinds: ["timestamp", "text", "number"],
  ageMs: 24 * HOUR_MS,
};

const userType = optional(z.enum(USER_TYPES));
const user = z.object({ userType, type: userType, role: userType, name: optional(words) });

type Welcomed = "cliente" | "prestador" | "prospector";

/** The specification asks for a text per kind of user; the tone is that of its section 4. */
const WORDS: Readonly<Record<Welcomed, { text: string; subject: string; label: string }>> = {
  cliente: {
    text: "Olá! Que bom ter você na Servio.AI. 👋 Conte o serviço de que precisa e eu ajudo a encontrar o prestador certo. Vamos começar?",
    subject: "Vamos encontrar o prestador certo para você?",
    label: "Pedir um serviço",
  },
  prestador: {
    text: "Olá! Seu cadastro de prestador está quase pronto. Com o perfil completo você já pode receber jobs. Vamos terminar agora? 🚀",
    subject: "Falta pouco para você receber jobs",
    label: "Completar o perfil",
  },
  prospector: {
    text: "Olá! Boas-vindas à equipe de prospecção. 🎯 Posso mostrar o CRM e ajudar com os seus primeiros leads. Vamos começar?",
    subject: "Seus primeiros leads esperam por você",
    label: "Abrir o CRM",
  },
};

/** A new user has not finished the first steps 24 hours after signing up. */
export const followupOnboarding: Trigger = {
  name: "followup_onboarding",
  due,
  channel: { preferred: "webchat" },
  examine: (entity, look): Examined => {
    if (!stillMatches(due, entity.data)) return { skip: "changed" };
    const moment = dueMoment(due, entity.data.createdAt, look);
    if ("skip" in moment) return moment;
    const read = user.safeParse(entity.data);
    if (!read.success || !reference.safeParse(entity.id).success) return { skip: "incomplete" };
    const type = read.data.userType ?? read.data.type ?? read.data.role ?? "cliente";
    // Nobody takes an administrator's first steps for them.
    if (type === "admin") return { skip: "changed" };
    const { text, subject, label } = WORDS[type];
    const email: EmailContent = { subject, paragraphs: [text], callToAction: { label, path: "/" } };
    const name = read.data.name;
    return {
      case: {
        dueAt: moment.dueAt,
        userId: entity.id,
        userRequired: true,
        ...(name && { name }),
        message: { text, values: { nome: name ?? "" }, email },
      },
    };
  },
};
