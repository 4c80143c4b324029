/** The language model, as the assistant sees it: one call, one typed result. Nothing here knows which SDK is behind it. */

/** One turn as the model reads it. Parts stay apart so that data never runs into what the customer wrote. */
export interface ModelTurn {
  readonly role: "user" | "model";
  readonly parts: readonly string[];
}

export interface ModelCall {
  readonly instruction: string;
  readonly turns: readonly ModelTurn[];
  /** Milliseconds until the call is given up. */
  readonly timeoutMs: number;
}

export interface TokenUse {
  readonly promptTokens: number;
  readonly responseTokens: number;
}

/** What went wrong with a call, by what can be done about it. */
export type ModelFailure =
  /** 429. `retryAfterMs` from the provider; `perDay`: nothing will be granted before the day is over. */
  | { readonly kind: "rate"; readonly retryAfterMs?: number; readonly perDay: boolean }
  /** No complete answer within the call's time. */
  | { readonly kind: "timeout" }
  /** 5xx, a network fault, or a body that is no answer of the API's. */
  | { readonly kind: "unavailable" }
  /** 404: the model id does not exist, or not any more. */
  | { readonly kind: "model_unknown" }
  /** 4xx. `account`: the key or project is refused, so that every call will be. */
  | { readonly kind: "refused"; readonly account: boolean }
  /** Stopped by the provider's own filters. `retry`: another try may well pass (recitation, language). */
  | { readonly kind: "blocked"; readonly reason: string; readonly retry: boolean }
  /** An answer that cannot be used: empty, or cut at the token limit. */
  | { readonly kind: "unusable"; readonly reason: "empty" | "max_tokens" };

export type ModelResult =
  | ({ readonly ok: true; readonly text: string } & TokenUse)
  | ({ readonly ok: false; readonly failure: ModelFailure; readonly detail: string } & TokenUse);

export interface Model {
  /** The configured model id. */
  readonly id: string;
  /** Never throws and never takes longer than the call's `timeoutMs`. */
  generate(call: ModelCall): Promise<ModelResult>;
}
