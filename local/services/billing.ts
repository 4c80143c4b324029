import * as z from "zod";
import { defineHandler } from "../handler.ts";
import { digest } from "../names.ts";

export const budget = defineHandler({
  inputs: z.looseObject({
    billingAccount: z.string(),
    amount: z.looseObject({}),
    budgetFilter: z.looseObject({}).default({}),
    deletionPolicy: z.string().default("DELETE"),
  }),
  computed: ["name"],
  create({ name, inputs }, cloud) {
    cloud.notes.add("Budgets", "recorded; nothing here is billed, and nobody is told");
    const id = `billingAccounts/${inputs.billingAccount}/budgets/${digest(name).slice(0, 32)}`;
    return { id, outputs: { name: id } };
  },
});
