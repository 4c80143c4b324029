import type { EngineEvent, OpType, StepEventMetadata } from "@pulumi/pulumi/automation/index.js";
import { type Change, compareValues } from "../diff.ts";
import type { ResourceName } from "./embedded.ts";

/** One property that differs. Values are as the engine shows them: secrets are masked. */
export interface PropertyChange extends Change {
  readonly path: string;
}

/** What becomes of one resource. */
export interface Step {
  /** `same`, `create`, `update`, `create-replacement`, `delete` … as Pulumi names them. */
  readonly op: OpType;
  readonly resource: ResourceName;
  /** It is reality that differs from the state, not the program. */
  readonly drift: boolean;
  readonly changes: readonly PropertyChange[];
  readonly elapsedMs: number;
}

/** What a person follows while the engine works. */
export type EngineReport =
  | { readonly type: "begun"; readonly resource: ResourceName }
  | { readonly type: "step"; readonly step: Step }
  | { readonly type: "failed"; readonly resource: ResourceName }
  | {
      readonly type: "problem";
      readonly severity: "error" | "warning" | "info";
      readonly resource: ResourceName | undefined;
      readonly text: string;
    }
  | {
      readonly type: "violation";
      readonly policy: string;
      readonly mandatory: boolean;
      readonly resource: ResourceName | undefined;
      readonly text: string;
    }
  /** It reads what is not known before it is made, so that it bites during `up`. */
  | { readonly type: "undecided"; readonly policy: string };

/** How many resources each thing happened to; components are not counted, they are only folders. */
export interface Totals {
  readonly created: number;
  readonly updated: number;
  readonly replaced: number;
  readonly deleted: number;
  readonly unchanged: number;
  /** Found changed or gone behind the engine's back. */
  readonly drifted: number;
}

const SEVERITIES: Readonly<Record<string, "error" | "warning" | "info">> = {
  error: "error",
  warning: "warning",
  info: "info",
  "info#err": "info",
};

/** How @pulumi/policy (server.ts) says that a check met an unknown value. */
const CANNOT_SAY = /can't run policy '.*' .*during preview/;

const COUNTED: Partial<Record<OpType, keyof Totals>> = {
  create: "created",
  update: "updated",
  "create-replacement": "replaced",
  delete: "deleted",
  same: "unchanged",
};

/** Turns the engine's events into what matters of them. */
export function createWatch(report: (event: EngineReport) => void, now: () => number = () => performance.now()) {
  const began = new Map<string, number>();
  const refreshing = new Set<string>();
  const totals: Record<keyof Totals, number> = {
    created: 0,
    updated: 0,
    replaced: 0,
    deleted: 0,
    unchanged: 0,
    drifted: 0,
  };

  function begin(metadata: StepEventMetadata): void {
    if (!isCustom(metadata)) return;
    began.set(metadata.urn, now());
    if (metadata.op === "refresh") refreshing.add(metadata.urn);
    if (metadata.op !== "same") report({ type: "begun", resource: resourceOf(metadata.urn) });
  }

  function finish(metadata: StepEventMetadata): void {
    const drift = refreshing.delete(metadata.urn);
    if (!isCustom(metadata)) return;
    const changes = metadata.op === "same" ? [] : changesOf(metadata);
    const op = drift ? foundBy(metadata, changes) : metadata.op;
    if (drift && op !== "same") totals.drifted += 1;
    const counted = COUNTED[op];
    if (!drift && counted) totals[counted] += 1;
    const elapsedMs = now() - (began.get(metadata.urn) ?? now());
    report({ type: "step", step: { op, resource: resourceOf(metadata.urn), drift, changes, elapsedMs } });
  }

  return {
    totals: (): Totals => ({ ...totals }),
    onEvent(event: EngineEvent): void {
      const { diagnosticEvent, policyEvent } = event;
      if (event.resourcePreEvent) begin(event.resourcePreEvent.metadata);
      if (event.resOutputsEvent) finish(event.resOutputsEvent.metadata);
      if (event.resOpFailedEvent) report({ type: "failed", resource: resourceOf(event.resOpFailedEvent.metadata.urn) });
      if (diagnosticEvent && !diagnosticEvent.ephemeral && plain(diagnosticEvent.message) !== "") {
        const { message, urn } = diagnosticEvent;
        const severity = SEVERITIES[diagnosticEvent.severity];
        // Of debugging, which the SDK's types do not name, there are thousands.
        if (severity === undefined) return;
        report({
          type: "problem",
          severity,
          resource: urn ? resourceOf(urn) : undefined,
          text: plain(message),
        });
      }
      if (policyEvent && CANNOT_SAY.test(policyEvent.message)) {
        report({ type: "undecided", policy: policyEvent.policyName });
      } else if (policyEvent) {
        report({
          type: "violation",
          policy: policyEvent.policyName,
          mandatory: policyEvent.enforcementLevel === "mandatory",
          resource: policyEvent.resourceUrn ? resourceOf(policyEvent.resourceUrn) : undefined,
          text: plain(policyEvent.message),
        });
      }
    },
  };
}

/** `up` says of all it looked at "refresh", `refresh` says what it found: here both are the latter. */
function foundBy({ op, new: now }: StepEventMetadata, changes: readonly PropertyChange[]): OpType {
  if (op === "delete" || !now) return "delete";
  return changes.length > 0 ? "update" : "same";
}

/** The stack itself and components have no provider; providers have nothing to tell. */
function isCustom({ type, new: now, old }: StepEventMetadata): boolean {
  return (now ?? old)?.custom === true && !type.startsWith("pulumi:");
}

/** `urn:pulumi:stack::project::parentType$type::name` */
export function resourceOf(urn: string): ResourceName {
  const [, , types = "", ...name] = urn.split("::");
  return { type: types.slice(types.lastIndexOf("$") + 1), name: name.join("::") };
}

/** Of inputs, which are what a program says; and that a secret differs, which the engine masks. */
function changesOf({ old, new: now, detailedDiff }: StepEventMetadata): PropertyChange[] {
  if (!old || !now) return [];
  const found = [...compareValues(old.inputs, now.inputs, "name")].map(([path, change]) => ({ path, ...change }));
  if (found.length > 0) return found;
  const masked = Object.keys(detailedDiff ?? {});
  return masked.map((path) => ({ path, kind: "update", old: MASK, now: MASK }));
}

const MASK = "[secret]";

/** Without the engine's colour marks, `<{%fg 1%}>`. */
function plain(text: string): string {
  return text.replaceAll(/<\{%[^%]*%\}>/g, "").trim();
}
