import type { StackValidationPolicy } from "@pulumi/policy";
import { allOf, report, shown } from "./rule.ts";
import { FUNCTION, type FunctionView } from "./types.ts";
import { workloadsOf } from "./workloads.ts";

/** Google's default accounts may edit the whole project; a shared one holds the rights of all that share it. */
export const ownAccounts: StackValidationPolicy = {
  name: "own-accounts",
  description: "Each service, function and build runs as an account of its own.",
  severity: "high",
  validateStack(stack, reportViolation) {
    const workloads = workloadsOf(stack).map(({ name, urn, account }) => ({ name, urn, account }));
    const builds = allOf<FunctionView>(stack, FUNCTION).map(({ name, urn, props }) => ({
      name: `the build of ${name}`,
      urn,
      account: props.buildConfig?.serviceAccount?.split("/").at(-1) ?? "",
    }));
    const users = [...workloads, ...builds];
    for (const { name, urn, account } of users) {
      const change = `the account of ${name} in infra/program.ts: one from infra/components/accounts.ts`;
      const sharing = users.filter((other) => other.account === account && other.name !== name);
      if (account === "" || /-compute@developer\.|@appspot\./.test(account)) {
        const found = account === "" ? "none, which means Google's default" : shown(account);
        report(reportViolation, { wanted: `an account of its own for ${name}`, found, change }, urn);
      } else if (sharing.length > 0) {
        const found = `${account}, shared with ${sharing.map((other) => other.name).join(", ")}`;
        report(reportViolation, { wanted: `an account of its own for ${name}`, found, change }, urn);
      }
    }
  },
};
