import { Firestore, Query, Transaction } from "firebase-admin/firestore";

/** Documents that a process read from Firestore, as they are billed: an empty query counts as one. */
export interface ReadCounts {
  /** By queries. */
  queried: number;
  /** One by one, in transactions or outside. */
  looked: number;
}

/** Counts every read of this process until `stop`. A document's own `get` is a `getAll` of one. */
export function countReads(): ReadCounts & { stop(): void } {
  const counts: ReadCounts & { stop(): void } = { queried: 0, looked: 0, stop: () => undefined };
  const undo = [
    wrap(Query.prototype, "get", (result: { size: number }) => {
      counts.queried += Math.max(1, result.size);
    }),
    wrap(Firestore.prototype, "getAll", (result: readonly unknown[]) => {
      counts.looked += result.length;
    }),
    wrap(Transaction.prototype, "getAll", (result: readonly unknown[]) => {
      counts.looked += result.length;
    }),
    wrap(Transaction.prototype, "get", (result: { size?: number }) => {
      counts.looked += Math.max(1, result.size ?? 1);
    }),
  ];
  counts.stop = () => {
    for (const step of undo) step();
  };
  return counts;
}

function wrap<R>(target: object, name: string, seen: (result: R) => void): () => void {
  const methods = target as Record<string, (...values: unknown[]) => Promise<R>>;
  const original = methods[name];
  if (!original) throw new Error(`Firestore's client has no ${name} any more.`);
  methods[name] = async function counted(this: unknown, ...values) {
    const result = await original.apply(this, values);
    seen(result);
    return result;
  };
  return () => {
    methods[name] = original;
  };
}
