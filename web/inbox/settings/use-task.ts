import { useState } from "react";
import { useProblemWords } from "../shell/problem-words.ts";

export interface Task {
  readonly busy: boolean;
  /** Why the last one was not done, in words. */
  readonly problem: string | undefined;
  /** Does one thing at a time. @returns whether it was done */
  run(what: () => Promise<void>): Promise<boolean>;
}

/** Something that a button does, and what is to be said while and after. */
export function useTask(): Task {
  const words = useProblemWords();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string>();
  const run = async (what: () => Promise<void>): Promise<boolean> => {
    if (busy) return false;
    setBusy(true);
    setProblem(undefined);
    const [outcome] = await Promise.allSettled([what()]);
    setBusy(false);
    if (outcome.status === "rejected") setProblem(words(outcome.reason));
    return outcome.status === "fulfilled";
  };
  return { busy, problem, run };
}
