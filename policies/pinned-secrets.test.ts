import { expect, test } from "vitest";
import { pinnedSecrets } from "./pinned-secrets.ts";
import { type Sample, UNKNOWN, violations } from "./testing.ts";
import { FUNCTION, SERVICE } from "./types.ts";

function service(version: unknown): Sample {
  const valueSource = { secretKeyRef: { secret: "servio-whatsapp-token", version } };
  const envs = [
    { name: "LOG_LEVEL", value: UNKNOWN },
    { name: "WHATSAPP_TOKEN", valueSource },
  ];
  return { type: SERVICE, name: "api", props: { template: { containers: [{ envs }] } } };
}

function fn(version: unknown): Sample {
  const secretEnvironmentVariables = [{ key: "META_APP_SECRET", secret: "servio-meta-app-secret", version }];
  return { type: FUNCTION, name: "webhook", props: { serviceConfig: { secretEnvironmentVariables } } };
}

test("a numbered version passes", async () => {
  expect(await violations(pinnedSecrets, [service("3"), fn("12")])).toEqual([]);
});

test.each(["latest", undefined, "v3"])("%s is refused, of a service and of a function", async (version) => {
  expect(await violations(pinnedSecrets, [service(version), fn(version)])).toEqual([
    expect.stringContaining("wanted: the number of a version for WHATSAPP_TOKEN"),
    expect.stringContaining("wanted: the number of a version for META_APP_SECRET"),
  ]);
});

test("a version that a preview does not know cannot be judged", async () => {
  await expect(violations(pinnedSecrets, [service(UNKNOWN)])).rejects.toThrow("can't be known during preview");
});
