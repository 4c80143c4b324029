import { plain } from "../../../app/search/words.ts";
import type { Agent } from "../data/model.ts";

/** How many are offered at once. */
const OFFERED = 6;

/** The word after an "@" at the very end of what stands before the cursor. */
export function mentionQuery(text: string): string | undefined {
  return /(?:^|\s)@([\p{L}\p{N}._-]*)$/u.exec(text)?.[1];
}

/** Colleagues whose name holds the word. */
export function matchAgents(agents: readonly Agent[], word: string): readonly Agent[] {
  const sought = plain(word);
  return agents.filter(({ name }) => plain(name).includes(sought)).slice(0, OFFERED);
}

/** Puts the name where the word was begun. */
export function completeMention(text: string, agent: Agent): string {
  return `${text.replace(/@[\p{L}\p{N}._-]*$/u, "")}@${agent.name} `;
}

/** Whom a text means: those whose name stands in it behind an "@". */
export function mentioned(text: string, agents: readonly Agent[]): string[] {
  return agents.filter(({ name }) => text.includes(`@${name}`)).map(({ id }) => id);
}
