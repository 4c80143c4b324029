import { createContext, useContext } from "react";
import type { Message } from "../data/model.ts";

/** Which message the next answer quotes. */
export interface ReplyTarget {
  readonly target: Message | undefined;
  choose(message: Message | undefined): void;
}

export const ReplyTargetContext = createContext<ReplyTarget>({ target: undefined, choose: () => undefined });
export const useReplyTarget = (): ReplyTarget => useContext(ReplyTargetContext);
