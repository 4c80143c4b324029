import { fc, test as property } from "@fast-check/vitest";
import * as pulumi from "@pulumi/pulumi";
import { describe, expect, test } from "vitest";
import { decode, encode, hasUnknown, isAsset } from "./wire.ts";

const { specialSigKey, specialSecretSig, specialArchiveSig, unknownValue } = pulumi.runtime;
const secret = (value: unknown) => ({ [specialSigKey]: specialSecretSig, value });

describe("secrets", () => {
  test("are unwrapped wherever they lie, and their places remembered", async () => {
    const inputs = { plain: 1, top: secret("a"), list: [{ deep: secret("b") }], outer: secret({ inner: secret("c") }) };
    const { values, secretPaths } = await decode(inputs);
    expect(values).toEqual({ plain: 1, top: "a", list: [{ deep: "b" }], outer: { inner: "c" } });
    expect([...secretPaths].sort()).toEqual(["list/0/deep", "outer", "outer/inner", "top"]);
  });

  test("a place that holds nothing stays empty", () => {
    expect(encode({ present: "x" }, new Set(["absent"]))).toEqual({ present: "x" });
  });

  property.prop([
    fc.dictionary(
      fc.string({ minLength: 1 }).filter((key) => !key.includes("/")),
      fc.jsonValue(),
    ),
  ])("come back wrapped at the same places, and all else as it was", async (plain) => {
    const inputs = Object.fromEntries(
      Object.entries(plain).map(([key, value], index) => [key, index % 2 === 0 ? secret(value) : value]),
    );
    const { values, secretPaths } = await decode(inputs);
    expect(values).toEqual(plain);
    expect(encode(values, secretPaths)).toEqual(inputs);
  });
});

test("undefined never reaches the wire, which refuses it", () => {
  expect(encode({ a: undefined, b: { c: undefined, d: [undefined, 1] } }, new Set())).toEqual({ b: { d: [null, 1] } });
});

describe("archives", () => {
  test("of the SDK, with a path that is still a promise", async () => {
    const archive = new pulumi.asset.FileArchive(Promise.resolve("/tmp/app.zip"));
    const { values } = await decode({ source: archive });
    expect(values.source).toMatchObject({ kind: "archive", path: "/tmp/app.zip" });
    expect(isAsset(values.source)).toBe(true);
    expect(encode(values, new Set()).source).toBe(archive);
  });

  test("as the real engine sends them", async () => {
    const { values } = await decode({
      source: { [specialSigKey]: specialArchiveSig, path: "/tmp/app.zip", hash: "x" },
    });
    expect(values.source).toMatchObject({ kind: "archive", path: "/tmp/app.zip" });
  });
});

test("an unknown is found at any depth", () => {
  expect(hasUnknown({ a: [{ b: unknownValue }] })).toBe(true);
  expect(hasUnknown({ a: [{ b: "known" }] })).toBe(false);
});
