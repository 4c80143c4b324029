import type { Trigger } from "../trigger.ts";
import { followup48h } from "./followup-48h.ts";
import { followupOnboarding } from "./followup-onboarding.ts";
import { followupPagamento } from "./followup-pagamento.ts";
import { followupProposta } from "./followup-proposta.ts";
import { followupProspectorRecrutamento } from "./followup-prospector-recrutamento.ts";

/** All triggers, in the order in which a run takes them up: money and promises before small talk. */
export const TRIGGERS: readonly Trigger[] = [
  followupPagamento,
  followupProposta,
  followupOnboarding,
  followup48h,
  followupProspectorRecrutamento,
];
