import { expect, test } from "vitest";
import { runProgram } from "../testing.ts";

const open = await runProgram();
const edge = await runProgram({ settings: { customDomain: "omni.example.com", edgeRequestsPerMinute: "300" } });

const balancer = edge.resources.filter(({ type }) => type.startsWith("gcp:compute/"));

test("without a custom domain there is no load balancer", () => {
  expect(open.resources.filter(({ type }) => type.startsWith("gcp:compute/"))).toEqual([]);
});

test("a custom domain brings exactly these", () => {
  expect(balancer.map(({ type, name }) => `${type.split(":").at(-1)} ${name}`)).toEqual([
    "BackendService edge-api",
    "BackendService edge-webhook",
    "GlobalAddress edge",
    "GlobalForwardingRule edge-http",
    "GlobalForwardingRule edge-https",
    "ManagedSslCertificate edge",
    "RegionNetworkEndpointGroup edge-api",
    "RegionNetworkEndpointGroup edge-webhook",
    "SecurityPolicy edge",
    "SSLPolicy edge",
    "TargetHttpProxy edge-redirect",
    "TargetHttpsProxy edge",
    "URLMap edge",
    "URLMap edge-redirect",
  ]);
});

test("Meta's path goes to the function, everything else to the service", () => {
  expect(edge.one("gcp:compute/uRLMap:URLMap", "edge").inputs).toEqual({
    project: "example-project",
    name: "servio-edge",
    defaultService: "edge-api-id",
    hostRules: [{ hosts: ["omni.example.com"], pathMatcher: "omnichannel" }],
    pathMatchers: [
      {
        name: "omnichannel",
        defaultService: "edge-api-id",
        pathRules: [{ paths: ["/api/omni/webhook/*"], service: "edge-webhook-id" }],
      },
    ],
  });
});

test("both backends stand behind Cloud Armor", () => {
  for (const part of ["api", "webhook"]) {
    expect(
      edge.one("gcp:compute/regionNetworkEndpointGroup:RegionNetworkEndpointGroup", `edge-${part}`).inputs,
    ).toEqual({
      project: "example-project",
      region: "us-west1",
      name: `servio-${part}`,
      networkEndpointType: "SERVERLESS",
      cloudRun: { service: `servio-${part}` },
    });
    expect(edge.one("gcp:compute/backendService:BackendService", `edge-${part}`).inputs).toMatchObject({
      protocol: "HTTPS",
      loadBalancingScheme: "EXTERNAL_MANAGED",
      securityPolicy: "edge-id",
    });
  }
});

test("one address may ask as often as is set; Meta is not counted", () => {
  const { rules } = edge.one("gcp:compute/securityPolicy:SecurityPolicy", "edge").inputs;
  expect(rules).toEqual([
    expect.objectContaining({
      priority: 1000,
      action: "allow",
      match: { expr: { expression: "request.path.startsWith('/api/omni/webhook/')" } },
    }),
    expect.objectContaining({
      priority: 2000,
      action: "throttle",
      rateLimitOptions: {
        enforceOnKey: "IP",
        conformAction: "allow",
        exceedAction: "deny(429)",
        rateLimitThreshold: { count: 300, intervalSec: 60 },
      },
    }),
    expect.objectContaining({ priority: 2_147_483_647, action: "allow" }),
  ]);
});

test("the domain is the only way in, while queues and the clock still call Google's own address", () => {
  expect(edge.one("gcp:cloudrunv2/service:Service", "api").inputs.ingress).toBe(
    "INGRESS_TRAFFIC_INTERNAL_LOAD_BALANCER",
  );
  expect(edge.one("gcp:cloudfunctionsv2/function:Function", "webhook").inputs.serviceConfig).toMatchObject({
    ingressSettings: "ALLOW_INTERNAL_AND_GCLB",
  });
  expect(edge.one("gcp:pubsub/subscription:Subscription", "replies").inputs.pushConfig).toMatchObject({
    pushEndpoint: "https://servio-api-example.a.run.app/tasks/replies",
  });
});

test("a long domain's certificate has a name that Compute Engine takes", async () => {
  const long = await runProgram({ settings: { customDomain: `${"a".repeat(46)}.${"b".repeat(8)}.example` } });
  expect(long.one("gcp:compute/managedSslCertificate:ManagedSslCertificate", "edge").inputs.name).toBe(
    `servio-${"a".repeat(46)}-${"b".repeat(8)}`,
  );
});

test("people are sent to TLS 1.2 or newer, under a certificate of the domain", () => {
  expect(edge.one("gcp:compute/managedSslCertificate:ManagedSslCertificate", "edge").inputs).toEqual({
    project: "example-project",
    name: "servio-omni-example-com",
    managed: { domains: ["omni.example.com"] },
  });
  expect(edge.one("gcp:compute/sSLPolicy:SSLPolicy", "edge").inputs).toMatchObject({ minTlsVersion: "TLS_1_2" });
  expect(edge.one("gcp:compute/targetHttpsProxy:TargetHttpsProxy", "edge").inputs).toMatchObject({
    sslPolicy: "edge-id",
  });
  expect(edge.one("gcp:compute/uRLMap:URLMap", "edge-redirect").inputs.defaultUrlRedirect).toEqual({
    httpsRedirect: true,
    redirectResponseCode: "PERMANENT_REDIRECT",
    stripQuery: false,
  });
});

test("the outputs name the domain and the address its record must hold", () => {
  expect(edge.outputs).toMatchObject({
    apiUrl: "https://omni.example.com",
    inboxUrl: "https://omni.example.com/",
    widgetUrl: "https://omni.example.com/widget.js",
    webhookUrls: { whatsapp: "https://omni.example.com/api/omni/webhook/whatsapp" },
    edgeAddress: "203.0.113.10",
  });
});

test("the web key works on the domain alone", () => {
  expect(edge.one("gcp:projects/apiKey:ApiKey", "sign-in-web").inputs.restrictions).toMatchObject({
    browserKeyRestrictions: { allowedReferrers: ["https://omni.example.com/*"] },
  });
});
