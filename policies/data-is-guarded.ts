import type { StackValidationPolicy } from "@pulumi/policy";
import { allOf, report, shown } from "./rule.ts";
import { BACKUP_SCHEDULE, DATABASE, type Labels, SECRET, SERVICE } from "./types.ts";

interface Config {
  /** Environments, by their label, whose data is real. */
  readonly environments: readonly string[];
}

interface GuardedView {
  readonly labels: Labels;
  readonly deleteProtectionState: string;
  readonly pointInTimeRecoveryEnablement: string;
  readonly deletionProtection: boolean;
}

const CHANGE = "pulumi config set servio-omnichannel:dataProtection guarded";

/** Where data is real, a slip of the hand must not delete it, nor a slip of the code spoil it for good. */
export const dataIsGuarded: StackValidationPolicy = {
  name: "data-is-guarded",
  description:
    "In environments with real data, the database, secrets and service are protected, and data is backed up.",
  severity: "critical",
  configSchema: { properties: { environments: { type: "array", items: { type: "string" }, default: ["prod"] } } },
  validateStack(stack, reportViolation) {
    const { environments } = stack.getConfig<Config>();
    const services = allOf<GuardedView>(stack, SERVICE);
    // A database bears no labels: the environment is known by those of the service.
    if (!services.some(({ props }) => environments.includes(props.labels?.env ?? ""))) return;

    const expect = (urn: string, what: string, wanted: unknown, found: unknown): void => {
      if (found === wanted) return;
      report(reportViolation, { wanted: `${what} ${shown(wanted)}`, found: shown(found), change: CHANGE }, urn);
    };
    for (const { urn, props, options } of allOf<GuardedView>(stack, DATABASE)) {
      expect(urn, "deleteProtectionState", "DELETE_PROTECTION_ENABLED", props.deleteProtectionState);
      expect(
        urn,
        "pointInTimeRecoveryEnablement",
        "POINT_IN_TIME_RECOVERY_ENABLED",
        props.pointInTimeRecoveryEnablement,
      );
      expect(urn, "the engine's protect", true, options.protect);
      expect(urn, "daily backups", true, allOf(stack, BACKUP_SCHEDULE).length > 0);
    }
    for (const { urn, props, options } of allOf<GuardedView>(stack, SECRET)) {
      expect(urn, "deletionProtection", true, props.deletionProtection);
      expect(urn, "the engine's protect", true, options.protect);
    }
    for (const { urn, props } of services) expect(urn, "deletionProtection", true, props.deletionProtection);
  },
};
