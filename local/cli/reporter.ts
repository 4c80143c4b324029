import type { LocalEvent } from "../cloud.ts";
import type { ProgressEvent, ResourceName } from "../engine/embedded.ts";
import { summaryOf } from "../services/monitoring/index.ts";
import type { ProcessEvent } from "../supervisor.ts";
import type { Style } from "./style.ts";

/** A resource that took longer gets a line of its own, which says how long. */
const SLOW_MS = 1_000;
/** Resources that are ready at once arrive in bursts: those of one burst and type share a line. */
const BURST_MS = 100;
/** After so long without a word, what is waited for is named. */
const SILENCE_MS = 5_000;
const NAMES_WIDTH = 84;
const LOG_LINE_WIDTH = 300;

export interface Reporter {
  show(event: LocalEvent): void;
  line(mark: string, text: string): void;
  /** Is waited for from now on, until `done`. */
  begin(resource: ResourceName): void;
  /** With a mark, says so: in one line with others of its type of which the same is to be said at the same time. */
  done(resource: ResourceName, said?: Said): void;
  /** How many resources are ready. */
  resources(): number;
  /** Writes what is still held back, and says nothing of its own accord from now on. */
  settle(): void;
}

export interface Said {
  readonly mark: string;
  readonly elapsedMs?: number;
  /** What is said of one and of several: `is gone`, `are gone`. */
  readonly verb?: readonly [string, string];
}

/** Writes what happens, line by line, with the seconds since the start in front. */
export function createReporter(write: (line: string) => void, style: Style, now: () => number = Date.now): Reporter {
  const began = now();
  const open = new Map<string, ResourceName>();
  const burst = new Map<string, { said: Said; type: string; names: string[] }>();
  let flushing: NodeJS.Timeout | undefined;
  let made = 0;
  let doing = "";
  const silence = setInterval(breakSilence, SILENCE_MS).unref();

  function line(mark: string, text: string): void {
    flush();
    put(mark, text);
  }

  function put(mark: string, text: string): void {
    silence.refresh();
    const seconds = ((now() - began) / 1000).toFixed(1).padStart(6);
    write(`${style.dim(`${seconds} s`)}  ${mark} ${text}`);
  }

  function flush(): void {
    clearTimeout(flushing);
    flushing = undefined;
    for (const { said, type, names } of burst.values()) {
      const count = names.length === 1 ? "" : ` ×${names.length}`;
      const verb = said.verb?.[names.length === 1 ? 0 : 1];
      put(said.mark, `${`${type}${count}`.padEnd(30)} ${style.dim(listed(names))}${verb ? ` ${verb}` : ""}`);
    }
    burst.clear();
  }

  function show(event: LocalEvent): void {
    switch (event.type) {
      case "part":
        line(style.good("✓"), `${event.name.padEnd(20)} ${style.dim(event.detail)}`);
        break;
      case "notice":
        doing = event.text;
        line(style.dim("·"), event.text);
        break;
      case "alert":
        line(event.change.state === "open" ? style.bad("!") : style.good("✓"), `alert: ${summaryOf(event.change)}`);
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
    const { resource } = progress;
    if (progress.type === "registered") {
      begin(resource);
    } else if (progress.type === "failed") {
      done(resource);
      line(style.bad("✗"), `${shortType(resource.type)} ${resource.name}`);
    } else {
      made += 1;
      done(resource, { mark: style.good("+"), elapsedMs: progress.elapsedMs });
    }
  }

  function begin(resource: ResourceName): void {
    open.set(keyOf(resource), resource);
  }

  function done(resource: ResourceName, said?: Said): void {
    open.delete(keyOf(resource));
    if (said === undefined) return;
    const { mark, elapsedMs = 0 } = said;
    const type = shortType(resource.type);
    if (elapsedMs >= SLOW_MS) {
      line(mark, `${type.padEnd(30)} ${style.dim(`${resource.name}, ${(elapsedMs / 1000).toFixed(1)} s`)}`);
      return;
    }
    const key = `${mark} ${type} ${said.verb}`;
    const together = burst.get(key) ?? { said, type, names: [] };
    burst.set(key, { ...together, names: [...together.names, resource.name] });
    flushing ??= setTimeout(flush, BURST_MS);
  }

  function showProcess(event: ProcessEvent): void {
    switch (event.type) {
      case "crashed":
        line(
          style.bad("✗"),
          `${event.name} ended unexpectedly (${event.exit}); ${nextStart(event.restartInMs)}. Log: ${event.logFile}`,
        );
        for (const last of event.lastLines) write(`            ${style.dim(last.slice(0, LOG_LINE_WIDTH))}`);
        break;
      case "restarted":
        line(style.good("✓"), `${event.name} is back (restart ${event.restarts})`);
        break;
      case "not-restored":
        line(style.bad("✗"), `${event.name} is back, but not with what it held: ${event.message}`);
        break;
    }
  }

  function breakSilence(): void {
    const waiting = [...open.values()].map(({ type, name }) => `${name} (${shortType(type)})`);
    if (waiting.length > 0) line(style.wait("…"), style.dim(`waiting for ${listed(waiting)}`));
    else if (doing !== "") line(style.wait("…"), style.dim(`still ${doing}`));
  }

  return {
    show,
    line,
    begin,
    done,
    resources: () => made,
    settle() {
      flush();
      clearInterval(silence);
    },
  };
}

/** As many names as fit, and how many more there are. */
function listed(names: readonly string[]): string {
  const shown: string[] = [];
  for (const name of names) {
    if (shown.length > 0 && [...shown, name].join(", ").length > NAMES_WIDTH) break;
    shown.push(name);
  }
  const more = names.length - shown.length;
  return `${shown.join(", ")}${more > 0 ? ` and ${more} more` : ""}`;
}

function keyOf({ type, name }: ResourceName): string {
  return `${type} ${name}`;
}

/** `gcp:pubsub/topic:Topic` → `pubsub.Topic` */
export function shortType(type: string): string {
  const [, module = "", name = ""] = type.split(":");
  return `${module.split("/")[0]}.${name}`;
}

function nextStart(restartInMs: number): string {
  return restartInMs === 0 ? "starting it again" : `starting it again in ${restartInMs / 1000} s`;
}
