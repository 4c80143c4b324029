import { afterAll, beforeAll, expect, test } from "vitest";
import { type Simulators, startSimulators } from "../../local/simulators/index.ts";
import { probeGemini } from "../health/service-probes.ts";
import { systemClock } from "./clock.ts";
import { createGemini } from "./gemini.ts";

/** The health probe asks for the model, the assistant asks the model: whatever stops the one, the other must tell. */

let simulators: Simulators;
beforeAll(async () => {
  simulators = await startSimulators({ port: 0, host: "127.0.0.1" });
});
afterAll(() => simulators.close());

const GOOD = { model: "gemini-3.5-flash-lite", apiKey: "chave-de-exemplo", path: "" };

test.each([
  ["a model that is there", {}, undefined, undefined, "ok"],
  ["a slash after the address", { path: "/" }, undefined, undefined, "ok"],
  ["a model that Google has retired", { model: "gemini-2.0-flash-exp" }, undefined, "model_unknown", "model_gone"],
  ["a model that is retired today", {}, "model_unknown", "model_unknown", "model_gone"],
  ["a wrong key", { apiKey: "invalid" }, undefined, "refused", "key_refused"],
  ["a used-up quota", {}, "quota", "rate", "quota"],
  ["an outage", {}, "unavailable", "unavailable", "http_503"],
])("%s", async (_, setting, fault, failure, code) => {
  const { path, ...options } = { ...GOOD, ...setting };
  const baseUrl = `${simulators.geminiBaseUrl}${path}`;
  await faults("DELETE");
  if (fault !== undefined) await faults("POST", { target: "gemini", mode: "error", code: fault });
  const call = { instruction: "i", turns: [{ role: "user" as const, parts: ["Oi"] }], timeoutMs: 5000 };
  const result = await createGemini({ ...options, baseUrl, clock: systemClock }).generate(call);
  const [check] = await probeGemini({ ...options, baseUrl });
  expect(result.ok ? undefined : result.failure.kind).toBe(failure);
  expect(check?.code ?? check?.state).toBe(code);
});

test("a model that cannot write answers is no model for us", async () => {
  const embedding = { name: "models/x", supportedGenerationMethods: ["embedContent"] };
  const fetched: typeof fetch = async () => Response.json(embedding);
  const [check] = await probeGemini({ ...GOOD, baseUrl: "http://gemini.example" }, fetched);
  expect(check).toMatchObject({ state: "failed", code: "model_unfit" });
});

async function faults(method: "POST" | "DELETE", body?: object): Promise<void> {
  const response = await fetch(`${simulators.url}/control/faults`, {
    method,
    ...(body && { body: JSON.stringify(body), headers: { "content-type": "application/json" } }),
  });
  expect(response.ok).toBe(true);
}
