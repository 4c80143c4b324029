import { expect, test } from "vitest";
import { runProgram } from "../testing.ts";

const apiTargets = [
  { service: "identitytoolkit.googleapis.com" },
  { service: "securetoken.googleapis.com" },
  { service: "firestore.googleapis.com" },
];
const key = { project: "example-project", displayName: "Servio omnichannel inbox (public)" };

test("people sign in with a password, and the web key serves for that and for reading", async () => {
  const run = await runProgram();
  expect(run.one("gcp:identityplatform/config:Config", "sign-in").inputs).toEqual({
    project: "example-project",
    signIn: { email: { enabled: true, passwordRequired: true }, allowDuplicateEmails: false },
    client: { permissions: { disabledUserSignup: true, disabledUserDeletion: false } },
    monitoring: { requestLogging: { enabled: true } },
    authorizedDomains: ["example-project.firebaseapp.com"],
  });
  expect(run.one("gcp:projects/apiKey:ApiKey", "sign-in-web").inputs).toEqual({ ...key, restrictions: { apiTargets } });
});

test("once the inbox's hosts are named, the key works on those alone", async () => {
  const run = await runProgram({ settings: { inboxDomains: "inbox.example.com, example.com" } });
  expect(run.one("gcp:identityplatform/config:Config", "sign-in").inputs.authorizedDomains).toEqual([
    "example-project.firebaseapp.com",
    "inbox.example.com",
    "example.com",
  ]);
  expect(run.one("gcp:projects/apiKey:ApiKey", "sign-in-web").inputs).toEqual({
    ...key,
    restrictions: {
      apiTargets,
      browserKeyRestrictions: { allowedReferrers: ["https://inbox.example.com/*", "https://example.com/*"] },
    },
  });
});

test("where sign-in is on already, its settings are taken over: Google turns it on only once", async () => {
  const [fresh, existing] = [await runProgram(), await runProgram({ settings: { signInExists: "true" } })];
  expect(fresh.one("gcp:identityplatform/config:Config", "sign-in").imports).toBeUndefined();
  expect(existing.one("gcp:identityplatform/config:Config", "sign-in").imports).toBe("projects/example-project/config");
});
