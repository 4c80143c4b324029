import { Firestore, Query, Transaction, WriteBatch } from "firebase-admin/firestore";
import { vi } from "vitest";

/** Documents read and written, as Firestore bills them: a query that finds nothing counts as one read. */
export interface Bill {
  readonly reads: number;
  readonly writes: number;
}

/** Counts what `work` reads and writes through the client library; nothing else may run meanwhile. */
export async function metered(work: () => Promise<unknown>): Promise<Bill> {
  let reads = 0;
  let writes = 0;
  const sizeOf = (found: unknown) =>
    typeof found === "object" && found !== null && "size" in found ? Math.max(1, Number(found.size)) : 1;
  // In a transaction the library's own methods are not called for each document: its reads are counted by their results.
  const spies = [
    around(Query.prototype, "get", (found) => (reads += sizeOf(found))),
    // A document's own `get` is one of these inside.
    around(Firestore.prototype, "getAll", (found) => (reads += (found as unknown[]).length)),
    around(Transaction.prototype, "get", (found) => (reads += sizeOf(found))),
    around(Transaction.prototype, "getAll", (found) => (reads += (found as unknown[]).length)),
    around(WriteBatch.prototype, "commit", (results) => (writes += (results as unknown[]).length)),
    ...(["create", "set", "update", "delete"] as const).map((name) =>
      around(Transaction.prototype, name, () => (writes += 1)),
    ),
  ];
  try {
    await work();
  } finally {
    for (const spy of spies) spy.mockRestore();
  }
  return { reads, writes };
}

function around<T extends object>(owner: T, name: keyof T & string, count: (result: unknown) => void) {
  const original = owner[name] as (...args: unknown[]) => unknown;
  const counted = function (this: unknown, ...args: unknown[]): unknown {
    const result = Reflect.apply(original, this, args);
    if (!(result instanceof Promise)) {
      count(result);
      return result;
    }
    return result.then((value: unknown) => {
      count(value);
      return value;
    });
  };
  return vi.spyOn(owner as Record<string, typeof counted>, name).mockImplementation(counted);
}
