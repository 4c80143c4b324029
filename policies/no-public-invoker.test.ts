import { expect, test } from "vitest";
import { noPublicInvoker } from "./no-public-invoker.ts";
import { type Sample, UNKNOWN, violations } from "./testing.ts";
import { PROJECT_MEMBER, SECRET_MEMBER, SERVICE_MEMBER } from "./types.ts";

function invoker(props: Record<string, unknown>): Sample {
  return { type: SERVICE_MEMBER, name: "open", props: { role: "roles/run.invoker", member: "allUsers", ...props } };
}

test.each(["servio-api", "servio-webhook"])("everyone may call %s", async (name) => {
  expect(await violations(noPublicInvoker, [invoker({ name })])).toEqual([]);
});

test("everyone may call nothing else", async () => {
  expect(await violations(noPublicInvoker, [invoker({ name: "servio-admin" })])).toEqual([
    "wanted: for everyone only roles/run.invoker on servio-api and servio-webhook\n" +
      'found:  roles/run.invoker for allUsers on "servio-admin"\nchange: member of open in infra/components/',
  ]);
});

test("everyone may do nothing but call", async () => {
  expect(await violations(noPublicInvoker, [invoker({ name: "servio-api", role: "roles/run.admin" })])).toHaveLength(1);
});

test("everyone with a Google account is everyone, without the excuse", async () => {
  const sample = invoker({ name: "servio-api", member: "allAuthenticatedUsers" });
  expect(await violations(noPublicInvoker, [sample])).toHaveLength(1);
});

test.each([PROJECT_MEMBER, SECRET_MEMBER])("%s for everyone is refused", async (type) => {
  const grant = { type, props: { role: "roles/run.invoker", member: "allUsers", name: "servio-api" } };
  expect(await violations(noPublicInvoker, [grant])).toHaveLength(1);
});

test("a named account passes anywhere", async () => {
  const member = "serviceAccount:servio-tasks@example-project.iam.gserviceaccount.com";
  expect(await violations(noPublicInvoker, [invoker({ name: UNKNOWN, member })])).toEqual([]);
});

test("which services is a setting", async () => {
  expect(await violations(noPublicInvoker, [invoker({ name: "servio-api" })], { publicServices: [] })).toHaveLength(1);
});
