import type { StackValidationPolicy } from "@pulumi/policy";
import { allOf, report, shown } from "./rule.ts";
import {
  BACKEND_SERVICE,
  JOB,
  type JobView,
  SSL_POLICY,
  SUBSCRIPTION,
  type SubscriptionView,
  TARGET_HTTP_PROXY,
  TARGET_HTTPS_PROXY,
  URL_MAP,
} from "./types.ts";

const EDGE = "in infra/components/edge.ts";
/** Google's profiles without the ciphers that are known to be weak. */
const PROFILES = ["MODERN", "RESTRICTED"];
const LOOPBACK = /^http:\/\/127\.0\.0\.1(:\d+)?\//;

interface Config {
  /** Plain http within this machine, which a local stack has: it travels nowhere. */
  readonly allowLoopback: boolean;
}

/** Nothing travels readable, and what stands at the edge is guarded there. */
export const tls: StackValidationPolicy = {
  name: "tls",
  description: "Calls use https, the load balancer TLS 1.2 or newer behind Cloud Armor, and plain http only redirects.",
  severity: "high",
  configSchema: { properties: { allowLoopback: { type: "boolean", default: false } } },
  validateStack(stack, reportViolation) {
    const { allowLoopback } = stack.getConfig<Config>();
    const refuse = (urn: string, wanted: string, found: unknown, change: string): void =>
      report(reportViolation, { wanted, found: shown(found), change }, urn);
    const demandHttps = (url: string | undefined, where: string, urn: string): void => {
      if (url === undefined || url.startsWith("https://")) return;
      if (allowLoopback && LOOPBACK.test(url)) return;
      refuse(urn, `an https URL as ${where}`, url, `${where} in infra/components/`);
    };

    for (const { urn, name, props } of allOf<SubscriptionView>(stack, SUBSCRIPTION)) {
      demandHttps(props.pushConfig?.pushEndpoint, `pushEndpoint of ${name}`, urn);
    }
    for (const { urn, name, props } of allOf<JobView>(stack, JOB)) {
      demandHttps(props.httpTarget?.uri, `uri of ${name}`, urn);
    }
    for (const { urn, props } of allOf<{ minTlsVersion: string; profile: string }>(stack, SSL_POLICY)) {
      if (props.minTlsVersion === "TLS_1_2" && PROFILES.includes(props.profile ?? "")) continue;
      refuse(urn, 'minTlsVersion "TLS_1_2" with profile "MODERN" or "RESTRICTED"', props, `the SSLPolicy ${EDGE}`);
    }
    for (const { urn, name, props } of allOf<object>(stack, TARGET_HTTPS_PROXY)) {
      if ("sslPolicy" in props) continue;
      refuse(urn, "an sslPolicy: Google's default still takes TLS 1.0", undefined, `sslPolicy of ${name} ${EDGE}`);
    }
    for (const { urn, name, props } of allOf<object>(stack, BACKEND_SERVICE)) {
      if ("securityPolicy" in props) continue;
      refuse(urn, "a securityPolicy of Cloud Armor", undefined, `securityPolicy of ${name} ${EDGE}`);
    }
    const redirects = allOf<{ defaultUrlRedirect: { httpsRedirect: boolean } }>(stack, URL_MAP).filter(
      ({ props }) => props.defaultUrlRedirect?.httpsRedirect === true,
    );
    // The map's id is unknown in a first preview, so the two are matched by their number.
    for (const { urn, name } of allOf(stack, TARGET_HTTP_PROXY).slice(redirects.length)) {
      refuse(urn, "a map that redirects to https", "a map that answers in plain http", `urlMap of ${name} ${EDGE}`);
    }
  },
};
