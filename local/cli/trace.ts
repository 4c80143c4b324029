import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { asError, LocalError } from "../errors.ts";
import { readLogs } from "../trace/read-logs.ts";
import { type Hop, traceOf, wayOf } from "../trace/way.ts";
import { endWith } from "./end.ts";
import { styleFor } from "./style.ts";

/** `npm run trace -- <messageId>`: a message's whole way through the local stack, found by its trace in the logs. */

const USAGE = `npm run trace -- <messageId> [--logs folder]

Prints each hop of a message, with its time: webhook, queue, assistant, send. The id is that of messages/{id} in Firestore,
or, of what a customer wrote, the provider's own (wamid.…). In the cloud the same is one query: trace="projects/{project}/traces/{trace}".

  --logs folder  where the logs are (default .local/logs)`;

const style = styleFor(process.stdout, process.env);
const write = (line: string) => void process.stdout.write(`${line}\n`);

async function main(): Promise<number> {
  const { values, positionals } = parse(process.argv.slice(2));
  const [id] = positionals;
  if (values.help || id === undefined) {
    write(USAGE);
    return values.help ? 0 : 2;
  }
  const folder = values.logs ?? join(resolve(import.meta.dirname, "../.."), ".local", "logs");
  const entries = await readLogs(folder);
  const trace = traceOf(entries, id);
  if (trace === undefined) {
    throw new LocalError(
      "message_unknown",
      `No line in ${folder} tells of the message ${id}.`,
      "The id is in Firestore (messages/{id}); of what was sent, it is the correlation in GET /control/sent. Logs are emptied when a stack starts.",
    );
  }
  const hops = wayOf(entries, trace);
  write(`${style.bold(id)}  ${style.dim(`trace ${trace}`)}`);
  for (const hop of hops) write(line(hop, hops[0]?.at ?? hop.at));
  return 0;
}

function line({ at, service, name, tookMs, text }: Hop, began: number): string {
  const offset = `+${((at - began) / 1000).toFixed(3)} s`.padStart(12);
  const took = tookMs === undefined ? "" : `${tookMs.toFixed(0)} ms`;
  const clock = new Date(at).toISOString().slice(11, 23);
  return `${clock} ${offset}  ${service.padEnd(15)} ${name.padEnd(18)} ${style.dim(took.padStart(9))}  ${text}`;
}

function parse(argv: readonly string[]) {
  try {
    return parseArgs({
      args: [...argv],
      allowPositionals: true,
      options: { logs: { type: "string" }, help: { type: "boolean", short: "h", default: false } },
    });
  } catch (error) {
    throw new LocalError("arguments_invalid", asError(error).message, "See: npm run trace -- --help");
  }
}

await endWith(main);
