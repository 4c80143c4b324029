import { expect, test } from "vitest";
import { runProgram } from "../testing.ts";

const throwaway = await runProgram();
const guarded = await runProgram({ settings: { dataProtection: "guarded" } });

const SECRET = "gcp:secretmanager/secret:Secret";
const VERSION = "gcp:secretmanager/secretVersion:SecretVersion";

const secret = {
  project: "example-project",
  secretId: "servio-gemini-api-key",
  labels: { app: "servio-omnichannel", env: "test", part: "secrets", "managed-by": "pulumi" },
  replication: { userManaged: { replicas: [{ location: "us-west1" }] } },
};
const version = {
  secret: "projects/example-project/secrets/servio-gemini-api-key",
  secretData: { secret: "example-gemini-api-key" },
};

test("a secret is kept in the stack's region, its value marked secret", () => {
  expect(throwaway.one(SECRET, "gemini-api-key").inputs).toEqual({ ...secret, deletionProtection: false });
  expect(throwaway.one(VERSION, "gemini-api-key").inputs).toEqual({ ...version, deletionPolicy: "DELETE" });
});

test("guarded, neither the secret nor a version can be lost at once", () => {
  expect(guarded.one(SECRET, "gemini-api-key").inputs).toEqual({
    ...secret,
    deletionProtection: true,
    versionDestroyTtl: "604800s",
  });
  expect(guarded.one(VERSION, "gemini-api-key").inputs).toEqual({ ...version, deletionPolicy: "DISABLE" });
});

test("a rotation's two values are one version", async () => {
  const rotating = await runProgram({ settings: { metaAppSecret: "example-new,example-old" } });
  expect(rotating.one(VERSION, "meta-app-secret").inputs.secretData).toEqual({ secret: "example-new,example-old" });
});
