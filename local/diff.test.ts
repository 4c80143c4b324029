import { fc, test as property } from "@fast-check/vitest";
import * as pulumi from "@pulumi/pulumi";
import { describe, expect, test } from "vitest";
import { compareValues, differ, fillUnknown, restoreUnknown } from "./diff.ts";
import { decode, type Values } from "./wire.ts";

const identity = { replaces: ["name", "topic"], nameInput: "name" };
const { specialSigKey, specialAssetSig, unknownValue } = pulumi.runtime;

test("each changed property has its path and its kind", () => {
  const olds = { labels: { "a.b": "1", c: "2" }, envs: [{ name: "A" }, { name: "B" }], gone: true };
  const news = { labels: { "a.b": "1", c: "3" }, envs: [{ name: "A" }, { name: "C" }, { name: "D" }], came: 0 };
  expect([...differ(olds, news, identity).changes].map(([path, { kind }]) => [path, kind])).toEqual([
    ["came", "add"],
    ["envs[1].name", "update"],
    ["envs[2]", "add"],
    ["gone", "delete"],
    ["labels.c", "update"],
  ]);
});

test("a person sees items of a list by their names", () => {
  const variable = (name: string, value: string) => ({ name, value });
  const olds = { envs: [variable("A", "1"), variable("C", "3")] };
  const news = { envs: [variable("A", "1"), variable("B", "2"), variable("C", "4")] };
  expect(Object.fromEntries(compareValues(olds, news, "name"))).toEqual({
    "envs[B]": { kind: "add", old: undefined, now: variable("B", "2") },
    "envs[C].value": { kind: "update", old: "3", now: "4" },
  });
});

test("a key that is no word is quoted", () => {
  expect([...differ({ labels: { "a.b": 1 } }, { labels: { "a.b": 2 } }, identity).changes.keys()]).toEqual([
    'labels["a.b"]',
  ]);
});

describe("a resource is made anew", () => {
  test("when what cannot be changed in place changes: the old one first, since the name stays", () => {
    const { replaces, deleteBeforeReplace } = differ({ name: "s", topic: "a" }, { name: "s", topic: "b" }, identity);
    expect({ replaces, deleteBeforeReplace }).toEqual({ replaces: ["topic"], deleteBeforeReplace: true });
  });
  test("under a new name while the old one still stands", () => {
    const { replaces, deleteBeforeReplace } = differ({ name: "s", topic: "a" }, { name: "t", topic: "b" }, identity);
    expect({ replaces, deleteBeforeReplace }).toEqual({ replaces: ["name", "topic"], deleteBeforeReplace: false });
  });
  test("and not for anything else", () => {
    expect(differ({ name: "s", ack: 1 }, { name: "s", ack: 2 }, identity).replaces).toEqual([]);
  });
});

test("an asset is what its bytes are", async () => {
  const asset = (hash: string, path?: string) => ({ [specialSigKey]: specialAssetSig, hash, ...(path && { path }) });
  const decoded = async (value: unknown): Promise<Values> => (await decode({ source: value })).values;
  const same = differ(await decoded(asset("h1")), await decoded(asset("h1", "/elsewhere")), identity);
  const other = differ(await decoded(asset("h1")), await decoded(asset("h2", "/elsewhere")), identity);
  expect([same.changes.size, [...other.changes.keys()]]).toEqual([0, ["source"]]);
});

const values = fc.dictionary(fc.string({ minLength: 1 }), fc.jsonValue());

property.prop([values])("nothing differs from itself", (some) => {
  expect(differ(some, structuredClone(some), identity).changes.size).toBe(0);
});

property.prop([values, values])("what was added one way is deleted the other way", (left, right) => {
  const there = [...differ(left, right, identity).changes.keys()].sort();
  const back = [...differ(right, left, identity).changes.keys()].sort();
  expect(back).toEqual(there);
});

test("what is not known yet is checked as it was, and stays unknown", () => {
  const news = { url: unknownValue, name: "n", parts: [{ at: unknownValue }] };
  const filled = fillUnknown(news, { url: "http://old", parts: [{ at: 1 }] });
  expect(filled).toEqual({ url: "http://old", name: "n", parts: [{ at: 1 }] });
  expect(restoreUnknown({ ...(filled as Values), retries: 3 }, news)).toEqual({ ...news, retries: 3 });
});
