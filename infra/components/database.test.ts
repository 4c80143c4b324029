import { expect, test } from "vitest";
import { INDEXES } from "../firestore/indexes.ts";
import { TTL_COLLECTIONS } from "../firestore/ttl.ts";
import { runProgram } from "../testing.ts";

const throwaway = await runProgram();
const guarded = await runProgram({ settings: { dataProtection: "guarded" } });

const database = { project: "example-project", name: "(default)", locationId: "us-west1", type: "FIRESTORE_NATIVE" };

test("a throw-away database can be deleted", () => {
  expect(throwaway.one("gcp:firestore/database:Database", "database").inputs).toEqual({
    ...database,
    deletionPolicy: "DELETE",
    deleteProtectionState: "DELETE_PROTECTION_DISABLED",
    pointInTimeRecoveryEnablement: "POINT_IN_TIME_RECOVERY_DISABLED",
  });
});

test("a guarded one cannot, and can be read as it was on any minute of the last week", () => {
  expect(guarded.one("gcp:firestore/database:Database", "database").inputs).toEqual({
    ...database,
    deletionPolicy: "ABANDON",
    deleteProtectionState: "DELETE_PROTECTION_ENABLED",
    pointInTimeRecoveryEnablement: "POINT_IN_TIME_RECOVERY_ENABLED",
  });
});

test("the rules take effect", () => {
  const { source } = throwaway.one("gcp:firebaserules/ruleset:Ruleset", "rules").inputs;
  expect(source).toEqual({
    files: [{ name: "firestore.rules", content: expect.stringMatching(/^rules_version = '2';/) }],
  });
  expect(throwaway.one("gcp:firebaserules/release:Release", "rules").inputs).toEqual({
    project: "example-project",
    name: "cloud.firestore",
    rulesetName: "projects/example-project/rulesets/example-ruleset",
  });
});

test("every index of the list is declared, ending in the document's name", () => {
  const declared = throwaway.of("gcp:firestore/index:Index");
  expect(declared).toHaveLength(INDEXES.length);
  expect(throwaway.one("gcp:firestore/index:Index", "outbox-status-asc-updatedAt-asc").inputs).toEqual({
    project: "example-project",
    database: "(default)",
    collection: "outbox",
    queryScope: "COLLECTION",
    fields: [
      { fieldPath: "status", order: "ASCENDING" },
      { fieldPath: "updatedAt", order: "ASCENDING" },
      { fieldPath: "__name__", order: "ASCENDING" },
    ],
  });
});

test("records expire by a field that no index holds", () => {
  expect(throwaway.of("gcp:firestore/field:Field").map(({ inputs }) => inputs)).toEqual(
    [...TTL_COLLECTIONS].sort().map((collection) => ({
      project: "example-project",
      database: "(default)",
      collection,
      field: "expireAt",
      ttlConfig: {},
      indexConfig: {},
    })),
  );
});

test("a guarded database is copied every day, a throw-away one never", async () => {
  const run = await runProgram({ settings: { dataProtection: "guarded", backupRetentionDays: "30" } });
  expect(throwaway.of("gcp:firestore/backupSchedule:BackupSchedule")).toEqual([]);
  expect(run.of("gcp:firestore/backupSchedule:BackupSchedule").map(({ inputs }) => inputs)).toEqual([
    { project: "example-project", database: "(default)", retention: "2592000s", dailyRecurrence: {} },
  ]);
});
