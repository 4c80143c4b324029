import { expect, test } from "vitest";
import { dataIsGuarded } from "./data-is-guarded.ts";
import { type Sample, violations } from "./testing.ts";
import { BACKUP_SCHEDULE, DATABASE, SECRET, SERVICE } from "./types.ts";

const guarded = { protect: true };

function stack(
  changes: { database?: object; service?: object; env?: string; protect?: boolean; backups?: boolean } = {},
) {
  const options = changes.protect === false ? {} : { options: guarded };
  const database = {
    deleteProtectionState: "DELETE_PROTECTION_ENABLED",
    pointInTimeRecoveryEnablement: "POINT_IN_TIME_RECOVERY_ENABLED",
    ...changes.database,
  };
  const service = { labels: { env: changes.env ?? "prod" }, deletionProtection: true, ...changes.service };
  const samples: Sample[] = [
    { type: DATABASE, props: database, ...options },
    { type: SECRET, props: { deletionProtection: true }, ...options },
    { type: SERVICE, props: service },
  ];
  return changes.backups === false ? samples : [...samples, { type: BACKUP_SCHEDULE, props: {} }];
}

test("a guarded environment passes", async () => {
  expect(await violations(dataIsGuarded, stack())).toEqual([]);
});

test.each<[string, Parameters<typeof stack>[0], number]>([
  ["without delete protection", { database: { deleteProtectionState: "DELETE_PROTECTION_DISABLED" } }, 1],
  ["without recovery to a point in time", { database: { pointInTimeRecoveryEnablement: undefined } }, 1],
  ["without backups", { backups: false }, 1],
  ["with a service that can be deleted", { service: { deletionProtection: false } }, 1],
  ["without the engine's protection, of database and secret", { protect: false }, 2],
])("%s it is refused", async (_title, changes, count) => {
  const found = await violations(dataIsGuarded, stack(changes));
  expect(found).toHaveLength(count);
  expect(found[0]).toContain("change: pulumi config set servio-omnichannel:dataProtection guarded");
});

test("where data is not real, anything goes", async () => {
  expect(await violations(dataIsGuarded, stack({ env: "dev", protect: false, backups: false }))).toEqual([]);
});

test("which environments is a setting", async () => {
  const samples = stack({ env: "staging", backups: false });
  expect(await violations(dataIsGuarded, samples, { environments: ["prod", "staging"] })).toHaveLength(1);
});
