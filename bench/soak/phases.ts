/** What goes wrong during a soak, and when. Pure. */

export type Trouble =
  | { readonly type: "fault"; readonly fault: Readonly<Record<string, unknown>> }
  /** SIGKILL to every process of the app, as often, evenly spread over the phase. */
  | { readonly type: "kill"; readonly times: number };

export interface Phase {
  readonly name: string;
  /** Milliseconds after the load begins. */
  readonly fromMs: number;
  readonly toMs: number;
  readonly trouble?: Trouble;
}

/** The shares of the load's time; at 20,000 messages and 100 a second a share is ten seconds. */
const PHASES: readonly (Omit<Phase, "fromMs" | "toMs"> & { readonly shares: number })[] = [
  { name: "calm", shares: 2 },
  { name: "Firestore does not answer", shares: 2, trouble: fault({ target: "firestore", mode: "hang" }) },
  { name: "after Firestore", shares: 2 },
  { name: "Pub/Sub is down", shares: 2, trouble: fault({ target: "pubsub", mode: "down" }) },
  { name: "after Pub/Sub", shares: 2 },
  { name: "SIGKILL, five times", shares: 4, trouble: { type: "kill", times: 5 } },
  { name: "Graph answers 429", shares: 1, trouble: fault({ target: "graph", mode: "error", status: 429 }) },
  { name: "Graph answers 500", shares: 1, trouble: fault({ target: "graph", mode: "error", status: 500 }) },
  { name: "Graph hangs", shares: 1, trouble: fault({ target: "graph", mode: "hang" }) },
  { name: "Graph sends, answer lost", shares: 1, trouble: fault({ target: "graph", mode: "hang", processed: true }) },
  { name: "calm again", shares: 2 },
];

function fault(body: Readonly<Record<string, unknown>>): Trouble {
  return { type: "fault", fault: body };
}

/** @param loadMs how long messages arrive, in milliseconds */
export function planPhases(loadMs: number): Phase[] {
  const shares = PHASES.reduce((sum, phase) => sum + phase.shares, 0);
  const shareMs = loadMs / shares;
  let at = 0;
  return PHASES.map(({ shares: length, ...phase }) => {
    const fromMs = at;
    at += length * shareMs;
    return { ...phase, fromMs, toMs: at };
  });
}

/** The phase of a moment; the last one after the end. */
export function phaseAt(phases: readonly Phase[], ms: number): Phase {
  const found = phases.find((phase) => ms < phase.toMs) ?? phases.at(-1);
  if (!found) throw new TypeError("a soak has phases");
  return found;
}
