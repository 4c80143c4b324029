import type { ReportViolation, ResourceValidationPolicy } from "@pulumi/policy";
import { SECRET_NAMES } from "../app/environment.ts";
import { onType, report } from "./rule.ts";
import { FUNCTION, type FunctionView, SERVICE, type ServiceView } from "./types.ts";

interface Config {
  /** Names that look like secrets and are meant for everyone's eyes. */
  readonly publicNames: readonly string[];
}

/** What secrets are called, beside those that the app lists. Tokens in the plural are what a model counts in. */
const LOOKS_SECRET = /SECRET|TOKEN(?!S\b|S_)|PASSWORD|CREDENTIAL|PRIVATE|_KEY$/;

/** A plain variable can be read by everyone who may look at the service, and stays readable in its old revisions. */
export const noPlainSecrets: ResourceValidationPolicy = {
  name: "no-plain-secrets",
  description: "Secrets reach Cloud Run and Cloud Functions from Secret Manager, never as plain environment variables.",
  severity: "critical",
  configSchema: {
    properties: { publicNames: { type: "array", items: { type: "string" }, default: ["FIREBASE_API_KEY"] } },
  },
  validateResource: [
    onType<ServiceView>(SERVICE, (service, resource, reportViolation) => {
      for (const container of service.template?.containers ?? []) {
        const plain = (container.envs ?? []).filter((variable) => "value" in variable);
        const names = plain.map((variable) => variable.name);
        refuse(names, resource.getConfig<Config>(), `envs of ${resource.name}`, reportViolation);
      }
    }),
    onType<FunctionView>(FUNCTION, (fn, resource, reportViolation) => {
      for (const part of ["serviceConfig", "buildConfig"] as const) {
        const names = Object.keys(fn[part]?.environmentVariables ?? {});
        const where = `${part}.environmentVariables of ${resource.name}`;
        refuse(names, resource.getConfig<Config>(), where, reportViolation);
      }
    }),
  ],
};

function refuse(names: readonly string[], config: Config, where: string, reportViolation: ReportViolation): void {
  const listed: readonly string[] = SECRET_NAMES;
  for (const name of names) {
    if (!listed.includes(name) && (!LOOKS_SECRET.test(name) || config.publicNames.includes(name))) continue;
    report(reportViolation, {
      wanted: `${name} from Secret Manager, at a pinned version`,
      found: `a plain value in ${where}`,
      change: `add ${name} to SECRET_NAMES in app/environment.ts and to the secrets in infra/environment.ts`,
    });
  }
}
