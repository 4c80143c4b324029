import type { Log } from "../telemetry/log.ts";

/** After this the instance takes requests cold, rather than not at all: the store may be the thing that is down. */
const WARM_UP_MS = 3_000;

/**
 * Opens connections before the first request needs them: the first call of a process to Firestore or Pub/Sub costs up to
 * a second. Never throws, since a refusal comes over a connection that is then open.
 */
export async function warmUp(log: Log, calls: Readonly<Record<string, () => Promise<unknown>>>): Promise<void> {
  const timer = Promise.withResolvers<"slow">();
  const timeout = setTimeout(() => timer.resolve("slow"), WARM_UP_MS);
  const warmed = Promise.all(
    Object.entries(calls).map(async ([connection, call]) => {
      try {
        await call();
      } catch (error) {
        log.debug({ err: error, event: "warm_up_refused", connection }, "Warm-up call refused");
      }
    }),
  );
  const outcome = await Promise.race([warmed, timer.promise]);
  clearTimeout(timeout);
  if (outcome === "slow") {
    log.warn({ event: "warm_up_slow" }, "Connections are not open yet; the first requests may be slow");
  }
}
