import { expect, test } from "vitest";
import { authenticatedCalls } from "./authenticated-calls.ts";
import { type Sample, UNKNOWN, violations } from "./testing.ts";
import { JOB, SUBSCRIPTION } from "./types.ts";

const oidcToken = { serviceAccountEmail: UNKNOWN, audience: "https://tasks.test.example-project.internal" };

function push(pushConfig: object | undefined): Sample {
  return { type: SUBSCRIPTION, name: "replies", props: pushConfig ? { pushConfig } : {} };
}

function job(httpTarget: object): Sample {
  return { type: JOB, name: "sweep", props: { httpTarget: { uri: UNKNOWN, ...httpTarget } } };
}

test("calls with a token for an audience pass, even while the account is unknown", async () => {
  expect(
    await violations(authenticatedCalls, [push({ pushEndpoint: UNKNOWN, oidcToken }), job({ oidcToken })]),
  ).toEqual([]);
});

test("a subscription that is pulled needs none", async () => {
  expect(await violations(authenticatedCalls, [push(undefined)])).toEqual([]);
});

test("calls without a token are refused", async () => {
  expect(await violations(authenticatedCalls, [push({ pushEndpoint: UNKNOWN }), job({})])).toEqual([
    "wanted: an oidcToken with serviceAccountEmail and audience\nfound:  nothing\n" +
      "change: oidcToken in pushConfig of subscription replies in infra/components/",
    "wanted: an oidcToken with serviceAccountEmail and audience\nfound:  nothing\n" +
      "change: oidcToken in httpTarget of job sweep in infra/components/",
  ]);
});

test("a token for whatever URL it happens to be is refused", async () => {
  const [found] = await violations(authenticatedCalls, [job({ oidcToken: { serviceAccountEmail: UNKNOWN } })]);
  expect(found).toContain("found:  an oidcToken without audience");
});

test.each(["Authorization", "authorization"])("a secret in the header %s is refused", async (header) => {
  const [found] = await violations(authenticatedCalls, [job({ oidcToken, headers: { [header]: UNKNOWN } })]);
  expect(found).toContain("found:  an Authorization header");
});

test("another header passes", async () => {
  expect(await violations(authenticatedCalls, [job({ oidcToken, headers: { "x-example": "1" } })])).toEqual([]);
});
