import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { PulumiCommand } from "@pulumi/pulumi/automation/index.js";
import { afterAll, beforeAll, expect, test } from "vitest";
import { findPulumi } from "../../local/engine/cli/index.ts";
import { engineHome } from "../../local/engine/home.ts";
import { watched } from "../../local/engine/operation.ts";
import type { EngineReport } from "../../local/engine/watch.ts";
import { openStack } from "../../local/engine/workspace.ts";
import { BROKEN } from "../../policies/broken-programs.ts";
import { REPOSITORY } from "../support/working-tree.ts";

/**
 * Each program that breaks one policy, previewed by Pulumi's own engine with the whole pack. The shipped one passes it in
 * `lifecycle.test.ts`.
 */

const folder = mkdtempSync(join(tmpdir(), "servio-policies-"));
const home = engineHome(folder, "local");
let pulumi: PulumiCommand;
beforeAll(async () => {
  pulumi = await findPulumi({ onProgress: console.log });
}, 2_700_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** With the policies' own settings. */
async function preview(program: () => void) {
  const reports: EngineReport[] = [];
  const stack = await openStack({ home, pulumi });
  const options = {
    root: REPOSITORY,
    stack: home.stack,
    onEvent: () => undefined,
    onReport: (report: EngineReport) => reports.push(report),
    signal: new AbortController().signal,
  };
  const { ok } = await watched(options, stack, async (hooks) => {
    const policyPacks = [join(REPOSITORY, "policies/run")];
    await stack.preview({ ...hooks, policyPacks, program: async () => program() });
  });
  const violations = reports.filter((report) => report.type === "violation");
  const problems = reports.flatMap((report) => (report.type === "problem" ? [report.text] : []));
  return { ok, violations, problems };
}

test.each(Object.entries(BROKEN))("%s stops its program at the preview", async (policy, program) => {
  const { ok, violations, problems } = await preview(program);
  // The engine's last word, and no other: nothing else stopped it.
  expect({ ok, problems }).toEqual({ ok: false, problems: ["preview failed"] });
  expect([...new Set(violations.map((one) => one.policy))]).toEqual([policy]);
  for (const { mandatory, text } of violations) {
    expect(mandatory).toBe(true);
    expect(text).toMatch(/wanted: .+\nfound: {2}.+\nchange: .+/s);
  }
});
