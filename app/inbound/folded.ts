/** What became of one event. */
export interface Folded {
  /** A message that was not known before. */
  readonly fresh: boolean;
  readonly conversationId?: string;
  /** Somebody should answer in that conversation. */
  readonly awaiting: boolean;
}

export const NOTHING: Folded = { fresh: false, awaiting: false };
