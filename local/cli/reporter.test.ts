import { expect, test } from "vitest";
import { createReporter } from "./reporter.ts";
import { styleFor } from "./style.ts";

const plain = styleFor({ isTTY: false }, {});

test("a line for each thing that happens, with the seconds since the start", () => {
  const lines: string[] = [];
  let now = 0;
  const { show, resources } = createReporter(
    (line) => void lines.push(line),
    plain,
    () => now,
  );
  const resource = { type: "gcp:pubsub/topic:Topic", name: "replies" };
  now = 1_240;
  show({ type: "part", name: "Firestore emulator", detail: "127.0.0.1:4403" });
  show({ type: "resource", progress: { type: "registered", resource } });
  now = 3_000;
  show({ type: "resource", progress: { type: "ready", resource, id: "x", elapsedMs: 1_760 } });
  show({ type: "resource", progress: { type: "failed", resource, error: new Error("refused"), elapsedMs: 1 } });
  const crashed = {
    type: "crashed",
    name: "api",
    exit: "exit code 1",
    logFile: "/l/api.log",
    lastLines: ["bad"],
    restartInMs: 500,
  } as const;
  show({ type: "process", event: crashed });
  show({ type: "process", event: { type: "restarted", name: "api", restarts: 1 } });
  expect(lines).toEqual([
    "   1.2 s  ✓ Firestore emulator   127.0.0.1:4403",
    "   3.0 s  + replies pubsub.Topic 1.8 s",
    "   3.0 s  ✗ replies pubsub.Topic\nrefused",
    "   3.0 s  ✗ api ended unexpectedly (exit code 1); starting it again in 0.5 s. Log: /l/api.log",
    "            bad",
    "   3.0 s  ✓ api is back (restart 1)",
  ]);
  expect(resources()).toBe(1);
});

test("colours only on a terminal that wants them", () => {
  expect(styleFor({ isTTY: true }, {}).good("x")).toBe("\u001b[32mx\u001b[0m");
  expect(styleFor({ isTTY: true }, { NO_COLOR: "1" }).good("x")).toBe("x");
  expect(styleFor({ isTTY: false }, {}).good("x")).toBe("x");
});
