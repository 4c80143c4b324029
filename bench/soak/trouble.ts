import type { Supervisor } from "../../local/supervisor.ts";
import type { Phase } from "./phases.ts";

/** Makes what the phases say go wrong, at their time. */

export interface TroubleOptions {
  readonly phases: readonly Phase[];
  readonly supervisor: Supervisor;
  /** The control API of the simulators: `{simulatorUrl}/control`. */
  readonly controlUrl: string;
  readonly onPhase: (phase: Phase) => void;
}

/** Every process of the app: the supervisor starts them again, as Cloud Run does. */
const APP = ["servio-api", "servio-webhook"];

/** @param began `performance.now()` of the load's begin */
export async function makeTrouble({ phases, supervisor, controlUrl, onPhase }: TroubleOptions, began: number) {
  for (const phase of phases) {
    await until(began + phase.fromMs);
    onPhase(phase);
    const { trouble } = phase;
    if (trouble?.type === "fault") {
      await call("POST", `${controlUrl}/faults`, trouble.fault);
      await until(began + phase.toMs);
      await call("DELETE", `${controlUrl}/faults`);
    } else if (trouble?.type === "kill") {
      const every = (phase.toMs - phase.fromMs) / trouble.times;
      for (let time = 0; time < trouble.times; time += 1) {
        await until(began + phase.fromMs + time * every);
        for (const name of APP) supervisor.kill(name, "SIGKILL");
      }
    }
    await until(began + phase.toMs);
  }
}

async function until(moment: number): Promise<void> {
  const wait = moment - performance.now();
  if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait));
}

async function call(method: string, url: string, body?: unknown): Promise<void> {
  const response = await fetch(url, {
    method,
    headers: { "content-type": "application/json" },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  if (!response.ok) throw new Error(`${method} ${url} answered ${response.status}: ${await response.text()}`);
}
