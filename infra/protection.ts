import type { CustomResourceOptions } from "@pulumi/pulumi";
import type { StackConfig } from "./config.ts";

/** What each kind of resource that holds data is told about its own deletion. */
export interface DataProtection {
  /**
   * For the resource itself, never for a component: whether `retainOnDelete` is inherited depends on the version of the
   * engine.
   */
  readonly options: Pick<CustomResourceOptions, "protect" | "retainOnDelete">;
  readonly database: {
    readonly deletionPolicy: "DELETE" | "ABANDON";
    readonly deleteProtectionState: "DELETE_PROTECTION_ENABLED" | "DELETE_PROTECTION_DISABLED";
    readonly pointInTimeRecoveryEnablement: "POINT_IN_TIME_RECOVERY_ENABLED" | "POINT_IN_TIME_RECOVERY_DISABLED";
  };
  /** Copies that outlive a mistake in the data itself, which point-in-time recovery forgets after seven days. */
  readonly dailyBackups: boolean;
  /** Always spelt out: Cloud Run protects when nothing is said, and then a throw-away stack cannot be destroyed. */
  readonly service: { readonly deletionProtection: boolean };
  readonly secret: { readonly deletionProtection: boolean; readonly versionDestroyTtl?: string };
  /** A version that a rotation replaced: disabled it can be brought back, deleted it cannot. */
  readonly secretVersion: { readonly deletionPolicy: "DELETE" | "DISABLE" };
  readonly bucket: {
    readonly forceDestroy: boolean;
    /** Said nothing, Cloud Storage keeps what was deleted for a week, and bills it. */
    readonly softDeletePolicy: { readonly retentionDurationSeconds: number };
  };
}

/** How long what was deleted can still be restored: a week spans a holiday. */
const WEEK_SECONDS = 604_800;

/** The one decision about data: `guarded` outlives the stack, `throwaway` leaves nothing behind. */
export function dataProtection(level: StackConfig["dataProtection"]): DataProtection {
  if (level === "throwaway") {
    return {
      options: { protect: false, retainOnDelete: false },
      database: {
        // Left to itself the provider abandons the database, and the next `up` fails on the one that is still there.
        deletionPolicy: "DELETE",
        deleteProtectionState: "DELETE_PROTECTION_DISABLED",
        pointInTimeRecoveryEnablement: "POINT_IN_TIME_RECOVERY_DISABLED",
      },
      dailyBackups: false,
      service: { deletionProtection: false },
      secret: { deletionProtection: false },
      secretVersion: { deletionPolicy: "DELETE" },
      bucket: { forceDestroy: true, softDeletePolicy: { retentionDurationSeconds: 0 } },
    };
  }
  return {
    options: { protect: true, retainOnDelete: true },
    database: {
      deletionPolicy: "ABANDON",
      deleteProtectionState: "DELETE_PROTECTION_ENABLED",
      pointInTimeRecoveryEnablement: "POINT_IN_TIME_RECOVERY_ENABLED",
    },
    dailyBackups: true,
    service: { deletionProtection: true },
    secret: { deletionProtection: true, versionDestroyTtl: `${WEEK_SECONDS}s` },
    secretVersion: { deletionPolicy: "DISABLE" },
    bucket: { forceDestroy: false, softDeletePolicy: { retentionDurationSeconds: WEEK_SECONDS } },
  };
}
