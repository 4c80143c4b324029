import { readFile } from "node:fs/promises";
import type { Stack } from "@pulumi/pulumi/automation/index.js";
import * as z from "zod";
import { hasCode } from "../errors.ts";
import { type EngineHome, stateFile } from "./home.ts";

const checkpoint = z.object({
  checkpoint: z.object({
    latest: z.object({ pending_operations: z.array(z.unknown()).nullish() }).nullish(),
  }),
});

/**
 * Clears what a run that was killed had begun and not ended. The engine would warn of it for ever, since it cannot know
 * whether the resource came to be; here creating one that is there already finds it.
 */
export async function clearPending(stack: Stack, home: EngineHome, signal: AbortSignal): Promise<void> {
  if (await hasPending(home)) await stack.refresh({ clearPendingCreates: true, signal });
}

/** Read from the file: asking the CLI takes longer than most operations. */
async function hasPending(home: EngineHome): Promise<boolean> {
  try {
    const { latest } = checkpoint.parse(JSON.parse(await readFile(stateFile(home), "utf8"))).checkpoint;
    return (latest?.pending_operations ?? []).length > 0;
  } catch (error) {
    if (hasCode(error, "ENOENT")) return false;
    throw error;
  }
}
