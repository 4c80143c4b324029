import { expect, test } from "vitest";
import { type Sample, UNKNOWN, violations } from "./testing.ts";
import { tls } from "./tls.ts";
import {
  BACKEND_SERVICE,
  JOB,
  SSL_POLICY,
  SUBSCRIPTION,
  TARGET_HTTP_PROXY,
  TARGET_HTTPS_PROXY,
  URL_MAP,
} from "./types.ts";

const redirect: Sample = { type: URL_MAP, props: { defaultUrlRedirect: { httpsRedirect: true } } };
const plain: Sample = { type: TARGET_HTTP_PROXY, name: "plain", props: { urlMap: UNKNOWN } };

test("a load balancer that speaks TLS behind Cloud Armor, and redirects, passes", async () => {
  const samples = [
    { type: SSL_POLICY, props: { minTlsVersion: "TLS_1_2", profile: "MODERN" } },
    { type: TARGET_HTTPS_PROXY, props: { sslPolicy: UNKNOWN } },
    { type: BACKEND_SERVICE, props: { securityPolicy: UNKNOWN } },
    { type: URL_MAP, props: { defaultService: UNKNOWN } },
    redirect,
    plain,
  ];
  expect(await violations(tls, samples)).toEqual([]);
});

test.each([
  [SSL_POLICY, { minTlsVersion: "TLS_1_1", profile: "MODERN" }],
  [SSL_POLICY, { minTlsVersion: "TLS_1_2", profile: "COMPATIBLE" }],
  [TARGET_HTTPS_PROXY, {}],
  [BACKEND_SERVICE, {}],
  [SUBSCRIPTION, { pushConfig: { pushEndpoint: "http://example.com/tasks" } }],
  [JOB, { httpTarget: { uri: "http://example.com/run" } }],
])("%s with %j is refused", async (type, props) => {
  expect(await violations(tls, [{ type, props }])).toHaveLength(1);
});

test("plain http that does not redirect is refused", async () => {
  expect(await violations(tls, [plain, { type: URL_MAP, props: {} }])).toEqual([
    'wanted: a map that redirects to https\nfound:  "a map that answers in plain http"\n' +
      "change: urlMap of plain in infra/components/edge.ts",
  ]);
});

test("calls by https pass", async () => {
  const push = { type: SUBSCRIPTION, props: { pushConfig: { pushEndpoint: "https://example.com/tasks" } } };
  const job = { type: JOB, props: { httpTarget: { uri: "https://example.com/run" } } };
  expect(await violations(tls, [push, job, { type: SUBSCRIPTION, props: {} }])).toEqual([]);
});
