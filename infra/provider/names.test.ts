import { expect, test } from "vitest";
import { runProgram } from "../testing.ts";

/** The longest that settings may be: what is made of them must still be names that Google takes. */
const longest = await runProgram({
  settings: {
    "gcp:project": `${"a".repeat(29)}1`,
    "gcp:region": "northamerica-northeast1",
    environment: "e".repeat(20),
    customDomain: `${"d".repeat(52)}.example.com`,
    billingAccount: "012345-6789AB-CDEF01",
    dataProtection: "guarded",
  },
});

/** Compute Engine's rule (RFC 1035), the same for all its types. */
const COMPUTE = /^[a-z]([-a-z0-9]{0,61}[a-z0-9])?$/;

/** Google's rule for the name of each type, by the input that holds it; from each API's reference. */
const RULES: readonly (readonly [type: string, input: string, rule: RegExp])[] = [
  ["gcp:cloudrunv2/service:Service", "name", /^[a-z]([a-z0-9-]{0,47}[a-z0-9])?$/],
  ["gcp:cloudfunctionsv2/function:Function", "name", /^[a-z]([a-z0-9-]{0,61}[a-z0-9])?$/],
  ["gcp:cloudscheduler/job:Job", "name", /^[a-zA-Z0-9_-]{1,500}$/],
  ["gcp:pubsub/topic:Topic", "name", /^(?!goog)[a-zA-Z][a-zA-Z0-9._~+%-]{2,254}$/],
  ["gcp:pubsub/subscription:Subscription", "name", /^(?!goog)[a-zA-Z][a-zA-Z0-9._~+%-]{2,254}$/],
  ["gcp:secretmanager/secret:Secret", "secretId", /^[a-zA-Z0-9_-]{1,255}$/],
  ["gcp:serviceaccount/account:Account", "accountId", /^[a-z][a-z0-9-]{4,28}[a-z0-9]$/],
  ["gcp:serviceaccount/account:Account", "displayName", /^.{1,100}$/],
  ["gcp:storage/bucket:Bucket", "name", /^(?!goog)[a-z0-9][a-z0-9_-]{1,61}[a-z0-9]$/],
  ["gcp:billing/budget:Budget", "displayName", /^.{1,60}$/],
  ["gcp:cloudscheduler/job:Job", "description", /^.{1,500}$/],
  ["gcp:compute/backendService:BackendService", "name", COMPUTE],
  ["gcp:compute/globalAddress:GlobalAddress", "name", COMPUTE],
  ["gcp:compute/globalForwardingRule:GlobalForwardingRule", "name", COMPUTE],
  ["gcp:compute/managedSslCertificate:ManagedSslCertificate", "name", COMPUTE],
  ["gcp:compute/regionNetworkEndpointGroup:RegionNetworkEndpointGroup", "name", COMPUTE],
  ["gcp:compute/securityPolicy:SecurityPolicy", "name", COMPUTE],
  ["gcp:compute/sSLPolicy:SSLPolicy", "name", COMPUTE],
  ["gcp:compute/targetHttpProxy:TargetHttpProxy", "name", COMPUTE],
  ["gcp:compute/targetHttpsProxy:TargetHttpsProxy", "name", COMPUTE],
  ["gcp:compute/uRLMap:URLMap", "name", COMPUTE],
];

test.each(RULES)("each %s has a %s that Google takes, with the longest settings", (type, input, rule) => {
  const names = longest.of(type).map(({ inputs }) => inputs[input]);
  expect(names.length).toBeGreaterThan(0);
  for (const name of names) expect(name).toMatch(rule);
});

test("labels are few and short enough for every product", () => {
  for (const { type, inputs } of longest.resources) {
    // Of a notification channel or a metric `labels` is something else.
    const labels = type.startsWith("gcp:monitoring/") ? inputs.userLabels : inputs.labels;
    for (const [name, value] of Object.entries((labels ?? {}) as Record<string, string>)) {
      expect(name).toMatch(/^[a-z][a-z0-9_-]{0,62}$/);
      expect(value).toMatch(/^[a-z0-9_-]{1,63}$/);
    }
  }
});

test("no variable is as long as Cloud Run refuses, and none bears a name that it keeps for itself", () => {
  const { template } = longest.one("gcp:cloudrunv2/service:Service", "api").inputs;
  const [container] = (template as { containers: { envs: { name: string; value?: string }[] }[] }).containers;
  for (const { name, value } of container?.envs ?? []) {
    expect(name).not.toMatch(/^(PORT|K_\w+|X_GOOGLE_.*)$/);
    expect(value?.length ?? 0).toBeLessThan(32_768);
  }
});
