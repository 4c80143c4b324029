import { expect, test } from "vitest";
import { noBroadRoles } from "./no-broad-roles.ts";
import { type Sample, UNKNOWN, violations } from "./testing.ts";
import { PROJECT_MEMBER, SECRET, SECRET_MEMBER, TOPIC_MEMBER } from "./types.ts";

function grant(type: string, role: string): Sample {
  return { type, name: "grant", props: { role, member: UNKNOWN } };
}

test.each(["roles/owner", "roles/editor", "roles/viewer"])("%s is refused on anything", async (role) => {
  expect(await violations(noBroadRoles, [grant(PROJECT_MEMBER, role), grant(TOPIC_MEMBER, role)])).toEqual([
    `wanted: a role for the one thing it is needed for\nfound:  ${role}\nchange: role of grant in infra/components/`,
    `wanted: a role for the one thing it is needed for\nfound:  ${role}\nchange: role of grant in infra/components/`,
  ]);
});

test("the right to every secret is refused, the right to one passes", async () => {
  const role = "roles/secretmanager.secretAccessor";
  expect(await violations(noBroadRoles, [grant(SECRET_MEMBER, role)])).toEqual([]);
  const [found] = await violations(noBroadRoles, [grant(PROJECT_MEMBER, role)]);
  expect(found).toContain("found:  roles/secretmanager.secretAccessor on the whole project");
});

test("the database has no smaller thing to grant on", async () => {
  expect(await violations(noBroadRoles, [grant(PROJECT_MEMBER, "roles/datastore.user")])).toEqual([]);
});

test("which roles is a setting", async () => {
  const sample = grant(PROJECT_MEMBER, "roles/datastore.user");
  expect(await violations(noBroadRoles, [sample], { never: ["roles/datastore.user"] })).toHaveLength(1);
});

test("what is no grant is let be", async () => {
  expect(await violations(noBroadRoles, [{ type: SECRET, props: { role: "roles/owner" } }])).toEqual([]);
});
