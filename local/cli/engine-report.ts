import * as pulumi from "@pulumi/pulumi";
import type { EngineReport, PropertyChange, Step, Totals } from "../engine/watch.ts";
import { type Reporter, shortType } from "./reporter.ts";
import type { Style } from "./style.ts";

/** Longer values are cut: a diff shows that something changed, the files show what it is. */
const VALUE_WIDTH = 60;
const SHOWN_CHANGES = 12;

/** Whether a run does things or only says what it would do. */
export type Tense = "planned" | "done";

/** Writes what the engine does, in the reporter's lines. */
export function createEngineReport(reporter: Reporter, style: Style, write: (line: string) => void) {
  const problems = new Set<string>();
  const undecided = new Set<string>();

  function show(event: EngineReport): void {
    switch (event.type) {
      case "begun":
        reporter.begin(event.resource);
        break;
      case "step":
        showStep(event.step);
        break;
      case "failed":
        reporter.done(event.resource);
        reporter.line(style.bad("✗"), `${shortType(event.resource.type)} ${event.resource.name}`);
        break;
      case "problem":
        showProblem(event);
        break;
      case "violation": {
        const mark = event.mandatory ? style.bad("✗") : style.wait("!");
        const where = event.resource ? ` on ${event.resource.name} (${shortType(event.resource.type)})` : "";
        reporter.line(mark, `policy ${style.bold(event.policy)}${where}`);
        for (const line of event.text.split("\n")) write(`            ${line}`);
        break;
      }
      case "undecided":
        undecided.add(event.policy);
        break;
    }
  }

  function showStep({ op, resource, drift, changes, elapsedMs }: Step): void {
    const named = `${shortType(resource.type).padEnd(30)} ${resource.name}`;
    if (drift) {
      const gone = [style.wait("is gone"), style.wait("are gone")] as const;
      reporter.done(resource, op === "delete" ? { mark: style.wait("!"), verb: gone } : undefined);
      if (op === "update") reporter.line(style.wait("!"), `${named} ${style.wait("is not as it was made")}`);
      if (op === "update") showChanges(changes);
      return;
    }
    switch (op) {
      case "create":
        reporter.done(resource, { mark: style.good("+"), elapsedMs });
        break;
      case "delete":
        reporter.done(resource, { mark: style.bad("-"), elapsedMs });
        break;
      case "update":
      case "create-replacement":
        reporter.done(resource);
        reporter.line(
          op === "update" ? style.wait("~") : style.wait("±"),
          op === "update" ? named : `${named} (replaced)`,
        );
        showChanges(changes);
        break;
      default:
        reporter.done(resource);
    }
  }

  function showChanges(changes: readonly PropertyChange[]): void {
    for (const change of changes.slice(0, SHOWN_CHANGES)) write(`            ${style.dim(describe(change))}`);
    const more = changes.length - SHOWN_CHANGES;
    if (more > 0) write(`            ${style.dim(`and ${more} more`)}`);
  }

  function showProblem({ severity, resource, text }: Extract<EngineReport, { type: "problem" }>): void {
    if (severity === "info") {
      reporter.line(style.dim("·"), text);
      return;
    }
    const where =
      resource && !resource.type.startsWith("pulumi:") ? `${resource.name} (${shortType(resource.type)}): ` : "";
    if (severity === "warning") reporter.line(style.wait("!"), `${where}${text}`);
    // The engine's last word only says that there was a first.
    else if (!/^(preview|update|refresh|destroy) failed$/.test(text)) problems.add(`${where}${text}`);
  }

  return {
    show,
    /** Errors, as they are told at the end. */
    problems: (): readonly string[] => [...problems],
    /** Policies that a preview could not ask. */
    undecided: (): readonly string[] => [...undecided].sort(),
  };
}

function describe({ path, kind, old, now }: PropertyChange): string {
  if (kind === "add") return `${path}: + ${shown(now)}`;
  if (kind === "delete") return `${path}: - ${shown(old)}`;
  return `${path}: ${shown(old)} → ${shown(now)}`;
}

function shown(value: unknown): string {
  if (value === pulumi.runtime.unknownValue) return "(known after up)";
  const text = JSON.stringify(value) ?? "nothing";
  return text.length > VALUE_WIDTH ? `${text.slice(0, VALUE_WIDTH - 1)}…` : text;
}

/** "3 to create, 88 unchanged" or "3 created, 88 unchanged"; the parts that are none are left out. */
export function describeTotals(totals: Totals, tense: Tense): string {
  const verb = (planned: string, done: string) => (tense === "planned" ? `to ${planned}` : done);
  const parts: [number, string][] = [
    [totals.created, verb("create", "created")],
    [totals.updated, verb("update", "updated")],
    [totals.replaced, verb("replace", "replaced")],
    [totals.deleted, verb("delete", "deleted")],
    [totals.unchanged, "unchanged"],
  ];
  const said = parts.filter(([count]) => count > 0).map(([count, what]) => `${count} ${what}`);
  const drift = totals.drifted > 0 ? ` (${totals.drifted} found changed or gone)` : "";
  return `${said.join(", ") || "nothing"}${drift}`;
}
