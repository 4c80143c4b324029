import { plain } from "../../../app/search/words.ts";
import type { Agent } from "../data/model.ts";

/** How many are offered at once. */
const OFFERED = 6;

/** The word after an "@" at the very end of what stands before the caret. */
export function mentionQuery(text: string): string | undefined {
  return /(?:^|\s)@([\p{L}\p{N}._-]*)$/u.exec(text)?.[1];
}

/** Colleagues whose name holds the word; those who have left read no notes. */
export function matchAgents(agents: readonly Agent[], word: string): readonly Agent[] {
  const sought = plain(word);
  return agents.filter(({ name, hasLeft }) => !hasLeft && plain(name).includes(sought)).slice(0, OFFERED);
}

/** Puts the name where the word was begun. */
export function completeMention(text: string, agent: Agent): string {
  return `${text.replace(/@[\p{L}\p{N}._-]*$/u, "")}@${agent.name} `;
}

/** Whom a text means: those whose name stands in it behind an "@". "@Ana Souza" does not mean Ana too. */
export function mentioned(text: string, agents: readonly Agent[]): string[] {
  let rest = text;
  const meant = new Set<string>();
  for (const { id, name, hasLeft } of agents.toSorted((a, b) => b.name.length - a.name.length)) {
    // Two colleagues of one name are both meant: nothing tells them apart.
    const namesake = agents.some((other) => meant.has(other.id) && other.name === name);
    if (hasLeft || !(namesake || rest.includes(`@${name}`))) continue;
    meant.add(id);
    rest = rest.replaceAll(`@${name}`, " ");
  }
  return agents.filter(({ id }) => meant.has(id)).map(({ id }) => id);
}
