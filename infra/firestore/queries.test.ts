import { globSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { INDEXES, indexName } from "./indexes.ts";
import { QUERIES, type StoredQuery } from "./queries.ts";
import { servedBy } from "./served.ts";
import { TTL_COLLECTIONS, TTL_FIELD } from "./ttl.ts";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));

function titleOf({ file, collection, equal = [], contains, range, order = [] }: StoredQuery): string {
  const filters = [...equal.map((field) => `${field} ==`), contains && `${contains} contains`, range && `${range} <>`];
  const orders = order.map((one) => one.join(" "));
  return `${file}: ${collection} where ${filters.filter(Boolean).join(", ") || "-"} by ${orders.join(", ") || "-"}`;
}

function unindexed(collection: string): string[] {
  return (TTL_COLLECTIONS as readonly string[]).includes(collection) ? [TTL_FIELD] : [];
}

describe("every query has its index", () => {
  test.each(QUERIES.map((query) => [titleOf(query), query] as const))("%s", (_title, query) => {
    const found = servedBy(query, INDEXES, unindexed(query.collection));
    expect(found, "declare its index in infra/firestore/indexes.ts").toBeDefined();
  });

  test("and every index a query: each costs storage, and a write for each document", () => {
    const used = new Set(QUERIES.flatMap((query) => servedBy(query, INDEXES) ?? []));
    expect(INDEXES.filter((index) => !used.has(index)).map(indexName)).toEqual([]);
  });
});

/** Arguments that are no literal: what they may be stands in `QUERIES`, beside the file's literal ones. */
const VARIABLES: Readonly<Record<string, readonly string[]>> = {
  "app/automation/due.ts": ["where field", "where due.timeField", "orderBy due.timeField"],
  "app/conversations/list.ts": ["orderBy field"],
  "app/inbound/firestore.ts": ["where field", "orderBy newestBy"],
  "app/metrics/roll-up.ts": ["where field", "where source.timeField", "orderBy source.timeField"],
};

/** `where status ==`, `orderBy updatedAt asc`: each call of a source, in one form. The document's own name is in no index. */
function callsIn(source: string): string[] {
  const calls = source.matchAll(/\b(where|orderBy)\(\s*([^,()]+(?:\(\))?)\s*(?:,\s*([^,()]+))?/g);
  return [...calls]
    .map(([, method, field = "", detail = ""]) => {
      const name = literal(field) ?? (field === "FieldPath.documentId()" ? "__name__" : undefined);
      if (name === undefined) return `${method} ${field.trim()}`;
      return method === "where"
        ? `where ${name} ${kind(literal(detail))}`
        : `orderBy ${name} ${literal(detail) ?? "asc"}`;
    })
    .filter((call) => !call.startsWith("orderBy __name__"));
}

function literal(text: string): string | undefined {
  return /^"(.*)"$/.exec(text.trim())?.[1];
}

function kind(operator: string | undefined): string {
  if (operator === "==" || operator === "in") return "equal";
  return operator?.startsWith("array-contains") ? "contains" : "range";
}

function callsOf(query: StoredQuery): string[] {
  return [
    ...(query.equal ?? []).map((field) => `where ${field} equal`),
    ...(query.contains === undefined ? [] : [`where ${query.contains} contains`]),
    ...(query.range === undefined ? [] : [`where ${query.range} range`]),
    ...(query.order ?? []).map(([field, direction]) => `orderBy ${field} ${direction}`),
  ];
}

describe("the list is whole", () => {
  const sources = globSync("{app,web}/**/*.{ts,tsx}", { cwd: ROOT })
    .filter((file) => !/\.test\.tsx?$|\/testing\//.test(file))
    .map((file) => [file, callsIn(withoutComments(readFileSync(`${ROOT}${file}`, "utf8")))] as const)
    .filter(([, calls]) => calls.length > 0);

  test.each(sources)("%s asks for nothing that is not in infra/firestore/queries.ts", (file, calls) => {
    const declared = QUERIES.filter((query) => query.file === file).flatMap(callsOf);
    expect([...new Set(calls)].filter((call) => ![...declared, ...(VARIABLES[file] ?? [])].includes(call))).toEqual([]);
  });

  test("and nothing in it is asked for no longer", () => {
    const made = new Map(sources);
    const gone = QUERIES.filter(({ file }) => !(file in VARIABLES)).flatMap((query) =>
      callsOf(query)
        .filter((call) => !made.get(query.file)?.includes(call))
        .map((call) => `${query.file}: ${call}`),
    );
    expect(gone).toEqual([]);
  });
});

function withoutComments(source: string): string {
  return source.replace(/\/\*[\s\S]*?\*\//g, "").replace(/^\s*\/\/.*$/gm, "");
}

describe("an index that is missing is found", () => {
  const query: StoredQuery = { file: "-", collection: "messages", equal: ["a", "b"], order: [["t", "desc"]] };
  const index = (...fields: (readonly [string, "asc" | "desc"])[]) => ({
    collection: "messages",
    fields: fields.map(([path, order]) => ({ path, order })),
  });

  test("by itself or joined of several", () => {
    expect(servedBy(query, [index(["b", "asc"], ["a", "asc"], ["t", "desc"])])).toHaveLength(1);
    expect(servedBy(query, [index(["a", "asc"], ["t", "desc"]), index(["b", "asc"], ["t", "desc"])])).toHaveLength(2);
  });

  test.each([
    ["none at all", []],
    ["one of the filters", [index(["a", "asc"], ["t", "desc"])]],
    ["the other direction", [index(["a", "asc"], ["b", "asc"], ["t", "asc"])]],
    ["a field too many", [index(["a", "asc"], ["b", "asc"], ["c", "asc"], ["t", "desc"])]],
    ["another collection", [{ ...index(["a", "asc"], ["b", "asc"], ["t", "desc"]), collection: "outbox" }]],
  ])("%s", (_what, indexes) => {
    expect(servedBy(query, indexes)).toBeUndefined();
  });

  test("a field whose own index is turned off serves nothing", () => {
    const expired: StoredQuery = { file: "-", collection: "messages", range: "expireAt" };
    expect(servedBy(expired, [])).toEqual([]);
    expect(servedBy(expired, [], ["expireAt"])).toBeUndefined();
  });
});
