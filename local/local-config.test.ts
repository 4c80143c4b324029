import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { readStackFile } from "./local-config.ts";
import { temporaryFolder } from "./testing.ts";

function file(text: string): string {
  const path = join(temporaryFolder(), "Pulumi.local.yaml");
  writeFileSync(path, text);
  return path;
}

test("values are text, as Pulumi hands them over, and overrides win", () => {
  const path = file(`config:\n  gcp:project: other\n  p:count: 3\n  p:on: true\n  p:id: "007"\n  p:list: [a, b]\n`);
  const source = readStackFile(path, { "gcp:project": "demo-servio" });
  expect(source.keys.map((key) => [key, source.get(key)])).toEqual([
    ["gcp:project", "demo-servio"],
    ["p:count", "3"],
    ["p:on", "true"],
    ["p:id", "007"],
    ["p:list", '["a","b"]'],
  ]);
  expect(source.get("p:absent")).toBeUndefined();
});

test("an error names the line and the way back", () => {
  expect(() => readStackFile(file("config:\n  a: 1\n  b: [\n"), {})).toThrow(
    /Pulumi\.local\.yaml, line \d+: [\s\S]*git checkout/,
  );
});

test("an encrypted value cannot be opened here", () => {
  expect(() => readStackFile(file("config:\n  p:token:\n    secure: v1:abc\n"), {})).toThrow("p:token is encrypted");
});

test("a file that is not there is named", () => {
  expect(() => readStackFile("/nonexistent/Pulumi.local.yaml", {})).toThrow(
    "/nonexistent/Pulumi.local.yaml does not exist.",
  );
});
