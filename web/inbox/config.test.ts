import { expect, test } from "vitest";
import { loadConfig, readConfig } from "./config.ts";

const cloud = { projectId: "servio", apiKey: "key", authDomain: "servio.firebaseapp.com", environment: "prod" };

test("a deployed page has no emulators; a local one has", () => {
  expect(readConfig({ ...cloud, more: 1 })).toEqual(cloud);
  const local = {
    ...cloud,
    firestoreEmulatorHost: "127.0.0.1:4403",
    authEmulatorHost: "127.0.0.1:4405",
    phoneUrl: "http://127.0.0.1:4402/",
  };
  expect(readConfig(local)).toEqual(local);
});

test.each([
  [{ ...cloud, apiKey: "" }, /no "apiKey"/],
  [{}, /no "projectId"/],
  [null, /no "projectId"/],
])("%j says what is missing", (body, words) => {
  expect(() => readConfig(body)).toThrow(words);
});

test("a server that refuses is named by its status", async () => {
  await expect(loadConfig(() => Promise.resolve(new Response("", { status: 502 })))).rejects.toThrow(
    "/config.json answered 502",
  );
});
