import * as z from "zod";
import { brazilianAmount } from "../money.ts";
import { dueMoment, reference, stillMatches } from "../read.ts";
import { type DueQuery, type Examined, HOUR_MS, type Trigger } from "../trigger.ts";

const due: DueQuery = {
  collection: "escrows",
  where: { status: "pending" },
  timeField: "createdAt",
  timeKinds: ["timestamp", "text", "number"],
  ageMs: 12 * HOUR_MS,
};

/** Reais. Nothing, less than nothing or more than any job ever cost is a mistake, and is not said to a customer. */
const escrow = z.object({ clientId: reference, amount: z.number().positive().max(100_000_000) });

/** A payment has been pending for 12 hours. */
export const followupPagamento: Trigger = {
  name: "followup_pagamento",
  due,
  channel: { preferred: "webchat" },
  examine: (entity, look): Examined => {
    if (!stillMatches(due, entity.data)) return { skip: "changed" };
    const moment = dueMoment(due, entity.data.createdAt, look);
    if ("skip" in moment) return moment;
    const read = escrow.safeParse(entity.data);
    if (!read.success) return { skip: "incomplete" };
    const amount = brazilianAmount(read.data.amount);
    const text = `Olá! Percebi que há um pagamento pendente de R$ ${amount}. Posso ajudar a concluir? 💳`;
    return {
      case: {
        dueAt: moment.dueAt,
        userId: read.data.clientId,
        userRequired: true,
        message: {
          text,
          values: { valor: `R$ ${amount}` },
          email: {
            subject: "Seu pagamento está pendente",
            paragraphs: [text],
            callToAction: { label: "Concluir o pagamento", path: "/" },
          },
        },
      },
    };
  },
};
