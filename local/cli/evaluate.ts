import { runEvaluation } from "../../app/assistant/evaluation/run.ts";
import { startSimulators } from "../simulators/index.ts";

/**
 * `npm run eval`: with GEMINI_API_KEY a hundred conversations with the real model, without it with the simulated one. The
 * simulator's sentences are few and fixed: its score says whether the way of an answer works, not whether a prompt is good.
 */

/** What the simulated model scores, a little less: below it something in the way of an answer has broken. */
const SIMULATED_THRESHOLD = "0.4";

async function withSimulator(): Promise<number> {
  console.log("No GEMINI_API_KEY: the simulator answers.");
  const simulators = await startSimulators({ port: 0, host: "127.0.0.1" });
  try {
    return await runEvaluation({
      EVALUATION_THRESHOLD: SIMULATED_THRESHOLD,
      ...process.env,
      GEMINI_API_KEY: "simulator",
      GEMINI_BASE_URL: simulators.geminiBaseUrl,
    });
  } finally {
    await simulators.close();
  }
}

process.exitCode = process.env.GEMINI_API_KEY ? await runEvaluation(process.env) : await withSimulator();
