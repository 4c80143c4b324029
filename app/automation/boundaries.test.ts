import { describe, expect, test } from "vitest";
import { ageOf, decideOn, inWords, NOON, USER } from "./testing/situations.ts";

/** Each trigger one second before, at and after its boundary, on ordinary days and across changes of the clocks. */

const EVERY = [
  ["followup_48h", "send chat webchat_visitante-1"],
  ["followup_proposta", `send new_webchat webchat_${USER}`],
  ["followup_pagamento", `send new_webchat webchat_${USER}`],
  ["followup_onboarding", `send new_webchat webchat_${USER}`],
  ["followup_prospector_recrutamento", "send email prospect@example.com"],
] as const;

/** When it is looked at (all at local noon, so that nobody sleeps), and where the customer lives. */
const DAYS = [
  ["an ordinary day", NOON, "America/Sao_Paulo"],
  // Clocks went forward on 8 March and back on 1 November; the ages count hours that passed, not hours on the wall.
  ["after New York's clocks went forward", Date.UTC(2026, 2, 8, 16), "America/New_York"],
  ["after New York's clocks went back", Date.UTC(2026, 10, 1, 17), "America/New_York"],
  ["after Lisbon's clocks went forward", Date.UTC(2026, 2, 29, 11), "Europe/Lisbon"],
  ["after Lisbon's clocks went back", Date.UTC(2026, 9, 25, 12), "Europe/Lisbon"],
  // Brazil's own last two changes.
  ["after São Paulo's clocks went back", Date.UTC(2019, 1, 17, 15), "America/Sao_Paulo"],
  ["after São Paulo's clocks went forward", Date.UTC(2018, 10, 4, 14), "America/Sao_Paulo"],
] as const;

const POSITIONS = [
  ["one second before", 1000, "skip not_due"],
  ["at", 0, "skip not_due"],
  ["one second after", -1000, "send"],
] as const;

describe.each(EVERY)("%s", (trigger, sent) => {
  describe.each(DAYS)("%s", (_day, now, timeZone) => {
    test.each(POSITIONS)("%s its boundary", (_position, youngerMs, expected) => {
      const since = now - ageOf(trigger) + youngerMs;
      const decision = decideOn({ trigger, now, since, user: { timeZone }, entity: { timeZone } });
      expect(inWords(decision)).toBe(expected === "send" ? sent : expected);
    });
  });
});
