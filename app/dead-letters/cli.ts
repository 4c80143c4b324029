import { readFile } from "node:fs/promises";
import { setTimeout as sleep } from "node:timers/promises";
import { parseArgs } from "node:util";
import { PubSub } from "@google-cloud/pubsub";
import * as z from "zod";
import { QUEUES, type Queue } from "./letter.ts";
import { drop, type LetterStore, list, type Outcome, replay } from "./office.ts";
import { pubsubLetters } from "./pubsub-letters.ts";
import { inFull, line, type Verb, verdict } from "./report.ts";

/** `npm run dlq`: what waits in the dead letters, of the local stack or of a project. */

const HELP = `npm run dlq -- <command> [ids…] [options]

  list                what waits, without a customer's words
  show <id>…          one letter whole: it holds a customer's words
  replay <id>…|--all  back into the queue that it comes from; safe to repeat
  drop <id>…|--all    removed for good

  --queue <name>      only of ${QUEUES.join(" or ")}
  --limit <n>         letters to look at, 1 to 10000 (default 100)
  --rate <n>          replay: letters a second, 1 to 200 (default 10)
  --dry-run           replay and drop: say what would be done, and do nothing
  --json              one object a line, for machines
  --project <id>      of Google Cloud, with your own credentials (default: the local stack of npm start)

Mend the cause first: a letter that fails again comes back after its attempts.
`;

const VERBS: readonly Verb[] = ["list", "show", "replay", "drop"];

/** A mistake in how it was called: told with a code, without a stack. */
class DlqError extends Error {
  readonly code: string;
  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

interface Asked {
  readonly verb: Verb;
  readonly ids: ReadonlySet<string>;
  readonly queue: Queue | undefined;
  readonly limit: number;
  readonly rate: number;
  readonly dryRun: boolean;
  readonly json: boolean;
  readonly project: string | undefined;
}

function readArguments(): Asked | undefined {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      all: { type: "boolean", default: false },
      queue: { type: "string" },
      limit: { type: "string", default: "100" },
      rate: { type: "string", default: "10" },
      "dry-run": { type: "boolean", default: false },
      json: { type: "boolean", default: false },
      project: { type: "string" },
      help: { type: "boolean", short: "h", default: false },
    },
  });
  const [name, ...ids] = positionals;
  if (values.help || name === undefined) return undefined;
  const verb = VERBS.find((one) => one === name);
  if (!verb) throw new DlqError("dlq_command", `There is no command ${name}: one of ${VERBS.join(", ")}.`);
  if (verb !== "list" && (ids.length === 0) !== values.all) {
    throw new DlqError("dlq_which", `Say which: npm run dlq -- ${verb} <id>…, or --all.`);
  }
  const queue = QUEUES.find((one) => one === values.queue);
  if (values.queue !== undefined && !queue) throw new DlqError("dlq_queue", `--queue is one of ${QUEUES.join(", ")}.`);
  return {
    verb,
    ids: new Set(ids),
    queue,
    limit: numberIn("--limit", values.limit, 10_000),
    rate: numberIn("--rate", values.rate, 200),
    dryRun: values["dry-run"],
    json: values.json,
    project: values.project,
  };
}

function numberIn(option: string, text: string, most: number): number {
  const parsed = z.coerce.number().int().min(1).max(most).safeParse(text);
  if (parsed.success) return parsed.data;
  throw new DlqError("dlq_number", `${option} is a whole number from 1 to ${most}.`);
}

const localOutputs = z.object({ pubsubHost: z.string(), project: z.string() });

/** The named project, else the local stack that is running. */
async function connect(project: string | undefined): Promise<LetterStore & { close(): Promise<void> }> {
  if (project !== undefined) return pubsubLetters(new PubSub({ projectId: project }), project);
  const path = new URL("../../.local/outputs.json", import.meta.url);
  const text = await readFile(path, "utf8").catch(() => {
    throw new DlqError(
      "dlq_no_stack",
      "No local stack is running here. Start one with npm start, or name a --project.",
    );
  });
  const outputs = localOutputs.parse(JSON.parse(text));
  process.env.PUBSUB_EMULATOR_HOST = outputs.pubsubHost;
  process.env.METADATA_SERVER_DETECTION = "none";
  return pubsubLetters(new PubSub({ projectId: outputs.project }), outputs.project);
}

async function work(store: LetterStore, asked: Asked): Promise<number> {
  const { verb, ids, queue, limit, rate, dryRun } = asked;
  const print = (text: string) => process.stdout.write(`${text}\n`);
  const onOutcome = (outcome: Outcome) => {
    if (asked.json) print(JSON.stringify({ ...outcome.summary, done: outcome.done, why: outcome.why }));
    else print(verb === "show" ? inFull(outcome) : line(outcome, verb, dryRun));
  };
  const options = { filter: { ids, ...(queue && { queue }) }, limit, onOutcome };
  if (verb === "replay") return replay(store, { ...options, rate, dryRun, sleep: (ms) => sleep(ms) });
  return verb === "drop" ? drop(store, { ...options, dryRun }) : list(store, options);
}

try {
  const asked = readArguments();
  if (!asked) {
    process.stdout.write(HELP);
  } else {
    const store = await connect(asked.project);
    try {
      const matched = await work(store, asked);
      if (!asked.json) process.stdout.write(`${verdict(asked.verb, matched, asked.limit, asked.dryRun)}\n`);
      if (asked.ids.size > matched) process.exitCode = 1;
    } finally {
      await store.close();
    }
  }
} catch (error) {
  const code = error instanceof DlqError ? error.code : "dlq_failed";
  process.stderr.write(`${code}: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
