import pino from "pino";
import * as z from "zod";
import { EnvironmentError, readEnvironment } from "../../environment.ts";
import { createAssistant } from "../create.ts";
import { CASES } from "./cases.ts";
import { evaluate, type Result, type Score, scores } from "./evaluate.ts";

/** Every case of the evaluation against one model: how it did per persona and language, and what an answer costs. */
const environment = z.object({
  GEMINI_API_KEY: z.string().min(1),
  GEMINI_BASE_URL: z.url().default("https://generativelanguage.googleapis.com"),
  GEMINI_MODEL: z.string().min(1).default("gemini-3.5-flash-lite"),
  /** Share of good answers below which the run fails. */
  EVALUATION_THRESHOLD: z.coerce.number().min(0).max(1).default(0.85),
  /** Conversations at a time: few, for the sake of quotas per minute. */
  EVALUATION_TOGETHER: z.coerce.number().int().min(1).max(50).default(4),
});

/**
 * @param source the process's variables
 * @returns the exit code: 1 when too few answers are good, 2 when it cannot run
 */
export async function runEvaluation(source: NodeJS.ProcessEnv): Promise<number> {
  try {
    return await run(readEnvironment(environment, source));
  } catch (error) {
    if (!(error instanceof EnvironmentError)) throw error;
    console.error(error.message);
    return 2;
  }
}

async function run(settings: z.output<typeof environment>): Promise<number> {
  const assistant = createAssistant({
    apiKey: settings.GEMINI_API_KEY,
    baseUrl: settings.GEMINI_BASE_URL,
    model: settings.GEMINI_MODEL,
    log: pino({ level: "warn" }, pino.destination(2)),
  });
  const results = await evaluate(assistant, CASES, settings.EVALUATION_TOGETHER);
  const table = scores(results);
  console.log(report(results, table));
  const whole = table.find(({ name }) => name === "all");
  const share = whole === undefined ? 0 : whole.good / whole.cases;
  console.log(`${settings.GEMINI_MODEL}: ${percent(share)} good, wanted ${percent(settings.EVALUATION_THRESHOLD)}`);
  return share >= settings.EVALUATION_THRESHOLD ? 0 : 1;
}

function report(results: readonly Result[], table: readonly Score[]): string {
  const bad = results
    .filter(({ faults }) => faults.length > 0)
    .map(({ one, faults, text }) => `${one.id}: ${faults.join("; ")}\n    ${JSON.stringify(text)}`);
  const rows = table.map((row) =>
    [
      row.name.padEnd(12),
      `${row.good}/${row.cases}`.padStart(8),
      percent(row.good / row.cases).padStart(7),
      String(row.promptTokens).padStart(11),
      String(row.responseTokens).padStart(9),
      `${row.latencyMs}`.padStart(8),
    ].join(""),
  );
  const head = `${"".padEnd(12)}${"good".padStart(8)}${"share".padStart(7)}${"tokens in".padStart(11)}${"out".padStart(9)}${"p50 ms".padStart(8)}`;
  return [...bad, "", head, ...rows].join("\n");
}

function percent(share: number): string {
  return `${Math.round(share * 100)} %`;
}
