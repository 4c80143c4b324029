/** What the local cloud accepts but does not enforce: gathered while resources are made, told once. */
export interface Notes {
  /** @param topic what it is about, `IAM`; one note per topic is kept. */
  add(topic: string, text: string): void;
  list(): readonly { readonly topic: string; readonly text: string }[];
}

export function createNotes(): Notes {
  const byTopic = new Map<string, string>();
  return {
    add: (topic, text) => void byTopic.set(topic, text),
    list: () =>
      [...byTopic]
        .map(([topic, text]) => ({ topic, text }))
        .sort((left, right) => left.topic.localeCompare(right.topic)),
  };
}
