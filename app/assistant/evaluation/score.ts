import type { Answer } from "../assistant.ts";
import { detectLanguage } from "../language.ts";
import { fold } from "../text.ts";
import type { EvaluationCase } from "./case.ts";

/** Characters above which an answer is no chat message any more; the instruction asks for 500. */
const LONG = 700;

/** What an answer was found lacking; empty: it is good. */
export type Fault =
  | `outcome ${string}`
  | `language ${string}`
  | `lacks ${string}`
  | `holds ${string}`
  | `long ${number}`;

/** Judges one answer. The rules look for what must not go wrong, not for beauty. */
export function faultsOf(one: EvaluationCase, answer: Answer): Fault[] {
  if (answer.outcome === "fallback") return [`outcome ${answer.failure}`];
  const wanted = one.outcome ?? "reply";
  const faults: Fault[] = wanted !== "either" && answer.outcome !== wanted ? [`outcome ${answer.outcome}`] : [];
  const language = detectLanguage([answer.text]);
  if (language !== one.language) faults.push(`language ${language}`);
  const text = fold(answer.text);
  for (const group of one.must ?? []) {
    if (!group.some((word) => text.includes(word))) faults.push(`lacks ${group.join("|")}`);
  }
  for (const pattern of one.avoid ?? []) {
    if (typeof pattern === "string" ? text.includes(pattern) : pattern.test(text))
      faults.push(`holds ${String(pattern)}`);
  }
  if (answer.text.length > LONG) faults.push(`long ${answer.text.length}`);
  return faults;
}
