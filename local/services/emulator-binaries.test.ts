import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { beforeEach, describe, expect, test } from "vitest";
import { temporaryFolder } from "../testing.ts";
import { findJar, findJava } from "./emulator-binaries.ts";

let folder: string;
beforeEach(() => {
  folder = temporaryFolder();
});

function put(path: string): string {
  const file = join(folder, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, "");
  return file;
}

/** An environment in which nothing is installed but what a test puts there. */
function env(more: NodeJS.ProcessEnv = {}): NodeJS.ProcessEnv {
  return { PATH: join(folder, "bin"), FIREBASE_EMULATORS_PATH: join(folder, "cache"), ...more };
}

describe("Java", () => {
  test("of JAVA_HOME comes before the one on the path", () => {
    const onPath = put("bin/java");
    expect(findJava(env())).toBe(onPath);
    const own = put("jdk/bin/java");
    expect(findJava(env({ JAVA_HOME: join(folder, "jdk") }))).toBe(own);
    expect(findJava(env({ JAVA_HOME: join(folder, "elsewhere") }))).toBe(onPath);
  });

  test("that is missing says how to get it", () => {
    expect(() => findJava(env())).toThrow(/Java is not installed.*\nInstall one: apt install/);
  });
});

describe("an emulator", () => {
  test("is found in the SDK that gcloud on the path is a link into", () => {
    const gcloud = put("sdk/bin/gcloud");
    mkdirSync(join(folder, "bin"));
    symlinkSync(gcloud, join(folder, "bin/gcloud"));
    const firestore = put("sdk/platform/cloud-firestore-emulator/cloud-firestore-emulator.jar");
    const pubsub = put("sdk/platform/pubsub-emulator/lib/cloud-pubsub-emulator-0.8.20-all.jar");
    put("sdk/platform/pubsub-emulator/lib/other.jar");
    expect(findJar("firestore", env())).toBe(firestore);
    expect(findJar("pubsub", env())).toBe(pubsub);
  });

  test("else in the cache of firebase-tools, the newest by version", () => {
    put("cache/cloud-firestore-emulator-v1.9.0.jar");
    const firestore = put("cache/cloud-firestore-emulator-v1.22.0.jar");
    put("cache/pubsub-emulator-0.8.9/pubsub-emulator/lib/cloud-pubsub-emulator-0.8.9-all.jar");
    const pubsub = put("cache/pubsub-emulator-0.8.37/pubsub-emulator/lib/cloud-pubsub-emulator-0.8.37-all.jar");
    expect(findJar("firestore", env())).toBe(firestore);
    expect(findJar("pubsub", env())).toBe(pubsub);
  });

  test("that is nowhere is undefined", () => {
    expect(findJar("firestore", env())).toBeUndefined();
    expect(findJar("pubsub", env())).toBeUndefined();
  });
});
