import type { LocalEvent } from "../cloud.ts";
import type { ProgressEvent } from "../engine/embedded.ts";
import type { ProcessEvent } from "../supervisor.ts";
import type { Style } from "./style.ts";

/** A resource that took longer says how long. */
const SLOW_MS = 1_000;

/** One line for each thing that happens, with the seconds since the start in front. */
export function createReporter(
  write: (line: string) => void,
  style: Style,
  now: () => number = () => performance.now(),
) {
  const began = now();
  let made = 0;

  function line(mark: string, text: string): void {
    const seconds = ((now() - began) / 1000).toFixed(1).padStart(6);
    write(`${style.dim(`${seconds} s`)}  ${mark} ${text}`);
  }

  function show(event: LocalEvent): void {
    switch (event.type) {
      case "part":
        line(style.good("✓"), `${event.name.padEnd(20)} ${style.dim(event.detail)}`);
        break;
      case "notice":
        line(style.dim("·"), event.text);
        break;
      case "process":
        showProcess(event.event);
        break;
      case "resource":
        showResource(event.progress);
        break;
    }
  }

  function showResource(progress: ProgressEvent): void {
    const label = `${progress.resource.name} ${style.dim(shortType(progress.resource.type))}`;
    if (progress.type === "failed") line(style.bad("✗"), `${label}\n${progress.error.message}`);
    if (progress.type !== "ready") return;
    made += 1;
    const took = progress.elapsedMs >= SLOW_MS ? style.dim(` ${(progress.elapsedMs / 1000).toFixed(1)} s`) : "";
    line(style.good("+"), `${label}${took}`);
  }

  function showProcess(event: ProcessEvent): void {
    switch (event.type) {
      case "crashed":
        line(
          style.bad("✗"),
          `${event.name} ended unexpectedly (${event.exit}); ${nextStart(event.restartInMs)}. Log: ${event.logFile}`,
        );
        for (const last of event.lastLines) write(`            ${style.dim(last)}`);
        break;
      case "restarted":
        line(style.good("✓"), `${event.name} is back (restart ${event.restarts})`);
        break;
      case "not-restored":
        line(style.bad("✗"), `${event.name} is back, but not with what it held: ${event.message}`);
        break;
    }
  }

  return { show, line, resources: () => made, elapsedMs: () => now() - began };
}

/** `gcp:pubsub/topic:Topic` → `pubsub.Topic` */
function shortType(type: string): string {
  const [, module = "", name = ""] = type.split(":");
  return `${module.split("/")[0]}.${name}`;
}

function nextStart(restartInMs: number): string {
  return restartInMs === 0 ? "starting it again" : `starting it again in ${restartInMs / 1000} s`;
}
