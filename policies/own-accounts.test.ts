import { expect, test } from "vitest";
import { ownAccounts } from "./own-accounts.ts";
import { type Sample, violations } from "./testing.ts";
import { FUNCTION, SERVICE } from "./types.ts";

const of = (name: string): string => `${name}@example-project.iam.gserviceaccount.com`;

function service(serviceAccount?: string): Sample {
  return { type: SERVICE, name: "api", props: { template: serviceAccount ? { serviceAccount } : {} } };
}

function fn(serviceAccountEmail: string, builder: string): Sample {
  const serviceAccount = `projects/example-project/serviceAccounts/${builder}`;
  return {
    type: FUNCTION,
    name: "webhook",
    props: { serviceConfig: { serviceAccountEmail }, buildConfig: { serviceAccount } },
  };
}

test("an account each passes", async () => {
  const samples = [service(of("servio-api")), fn(of("servio-webhook"), of("servio-build"))];
  expect(await violations(ownAccounts, samples)).toEqual([]);
});

test("none is Google's default, and refused", async () => {
  expect(await violations(ownAccounts, [service()])).toEqual([
    "wanted: an account of its own for api\nfound:  none, which means Google's default\n" +
      "change: the account of api in infra/program.ts: one from infra/components/accounts.ts",
  ]);
});

test.each(["123456789012-compute@developer.gserviceaccount.com", "example-project@appspot.gserviceaccount.com"])(
  "%s is refused",
  async (account) => {
    expect(await violations(ownAccounts, [service(account)])).toHaveLength(1);
  },
);

test("sharing is refused for both that share", async () => {
  const samples = [service(of("servio-api")), fn(of("servio-api"), of("servio-build"))];
  expect(await violations(ownAccounts, samples)).toEqual([
    expect.stringContaining("shared with webhook"),
    expect.stringContaining("shared with api"),
  ]);
});

test("a build by the account of what it builds is refused", async () => {
  const [found] = await violations(ownAccounts, [fn(of("servio-webhook"), of("servio-webhook"))]);
  expect(found).toContain("shared with the build of webhook");
});
