import type { EngineEvent, OpType } from "@pulumi/pulumi/automation/index.js";
import { expect, test } from "vitest";
import { createWatch, type EngineReport } from "./watch.ts";

const TYPE = "gcp:pubsub/subscription:Subscription";
const urn = (name: string) => `urn:pulumi:local::servio-omnichannel::servio:queue:Deliveries$${TYPE}::${name}`;

interface Seen {
  readonly op: OpType;
  readonly name?: string;
  readonly custom?: boolean;
  readonly old?: Record<string, unknown>;
  readonly now?: Record<string, unknown>;
}

function state(seen: Seen, inputs: Record<string, unknown> | undefined) {
  if (!inputs) return {};
  const { custom = true } = seen;
  return { type: TYPE, urn: urn(seen.name ?? "s"), custom, id: "i", parent: "", inputs, outputs: {}, provider: "" };
}

function metadata(seen: Seen) {
  const old = state(seen, seen.old);
  const now = state(seen, seen.now);
  return {
    op: seen.op,
    urn: urn(seen.name ?? "s"),
    type: TYPE,
    provider: "",
    ...("type" in old && { old }),
    ...("type" in now && { new: now }),
  } as NonNullable<EngineEvent["resourcePreEvent"]>["metadata"];
}

const before = (seen: Seen): EngineEvent => ({
  sequence: 1,
  timestamp: 1,
  resourcePreEvent: { metadata: metadata(seen) },
});
const after = (seen: Seen): EngineEvent => ({
  sequence: 1,
  timestamp: 1,
  resOutputsEvent: { metadata: metadata(seen) },
});

function watched(...events: EngineEvent[]) {
  const reports: EngineReport[] = [];
  const watch = createWatch(
    (report) => void reports.push(report),
    () => 0,
  );
  for (const event of events) watch.onEvent(event);
  return { reports, totals: watch.totals() };
}

test("a created resource is begun and done, and counted", () => {
  const seen: Seen = { op: "create", now: { name: "s" } };
  const { reports, totals } = watched(before(seen), after(seen));
  const resource = { type: TYPE, name: "s" };
  expect(reports).toEqual([
    { type: "begun", resource },
    { type: "step", step: { op: "create", resource, drift: false, changes: [], elapsedMs: 0 } },
  ]);
  expect(totals).toMatchObject({ created: 1, unchanged: 0 });
});

test("an update tells what was and what is", () => {
  const { reports } = watched(after({ op: "update", old: { push: { url: "a" } }, now: { push: { url: "b" } } }));
  expect(reports).toMatchObject([{ step: { changes: [{ path: "push.url", kind: "update", old: "a", now: "b" }] } }]);
});

test("what a refresh finds gone is drift and no deletion", () => {
  const { reports, totals } = watched(
    before({ op: "refresh", old: { name: "s" }, now: { name: "s" } }),
    after({ op: "delete", old: { name: "s" } }),
    before({ op: "create", now: { name: "s" } }),
    after({ op: "create", now: { name: "s" } }),
  );
  expect(reports).toMatchObject([
    {},
    { step: { op: "delete", drift: true } },
    {},
    { step: { op: "create", drift: false } },
  ]);
  expect(totals).toMatchObject({ drifted: 1, deleted: 0, created: 1 });
});

test("up says of everything it looked at the same word: only what differs is drift", () => {
  const looked = { op: "refresh", old: { ack: 10 }, now: { ack: 10 } } as const;
  const changed = { op: "refresh", name: "t", old: { ack: 10 }, now: { ack: 20 } } as const;
  const gone = { op: "refresh", name: "u", old: { ack: 10 } } as const;
  const { reports, totals } = watched(...[looked, changed, gone].flatMap((seen) => [before(seen), after(seen)]));
  const steps = reports.flatMap((report) => (report.type === "step" ? [report.step.op] : []));
  expect([steps, totals.drifted]).toEqual([["same", "update", "delete"], 2]);
});

test("components are folders: neither told nor counted", () => {
  const { reports, totals } = watched(after({ op: "create", custom: false, now: {} }));
  expect([reports, totals.created]).toEqual([[], 0]);
});

test("what the engine says comes without its colours, and names the resource", () => {
  const { reports } = watched({
    sequence: 1,
    timestamp: 1,
    diagnosticEvent: { urn: urn("s"), message: "<{%fg 9%}>refused<{%reset%}>\n", color: "", severity: "error" },
  });
  expect(reports).toEqual([
    { type: "problem", severity: "error", resource: { type: TYPE, name: "s" }, text: "refused" },
  ]);
});
