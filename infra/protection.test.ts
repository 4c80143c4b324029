import { expect, test } from "vitest";
import { labels } from "./labels.ts";
import { dataProtection } from "./protection.ts";

test("guarded data outlives the stack, on the engine's side and on Google's", () => {
  expect(dataProtection("guarded")).toEqual({
    options: { protect: true, retainOnDelete: true },
    database: {
      deletionPolicy: "ABANDON",
      deleteProtectionState: "DELETE_PROTECTION_ENABLED",
      pointInTimeRecoveryEnablement: "POINT_IN_TIME_RECOVERY_ENABLED",
    },
    dailyBackups: true,
    service: { deletionProtection: true },
    secret: { deletionProtection: true, versionDestroyTtl: "604800s" },
    secretVersion: { deletionPolicy: "DISABLE" },
    bucket: { forceDestroy: false, softDeletePolicy: { retentionDurationSeconds: 604_800 } },
  });
});

test("a throw-away stack leaves nothing behind", () => {
  expect(dataProtection("throwaway")).toEqual({
    options: { protect: false, retainOnDelete: false },
    database: {
      deletionPolicy: "DELETE",
      deleteProtectionState: "DELETE_PROTECTION_DISABLED",
      pointInTimeRecoveryEnablement: "POINT_IN_TIME_RECOVERY_DISABLED",
    },
    dailyBackups: false,
    service: { deletionProtection: false },
    secret: { deletionProtection: false },
    secretVersion: { deletionPolicy: "DELETE" },
    bucket: { forceDestroy: true, softDeletePolicy: { retentionDurationSeconds: 0 } },
  });
});

test("a stack's own labels cannot hide where a resource belongs", () => {
  expect(labels({ environment: "test", labels: { team: "example", app: "other" } }, "queues")).toEqual({
    team: "example",
    app: "servio-omnichannel",
    env: "test",
    part: "queues",
    "managed-by": "pulumi",
  });
});
