import { Firestore, Query, Transaction } from "firebase-admin/firestore";

/** Documents that a process read from Firestore, as they are billed: an empty query counts as one. */
export interface ReadCounts {
  /** By queries. */
  queried: number;
  /** One by one, in transactions or outside. */
  looked: number;
  /** Every one of them, in order: its path, `?` before what a query found. */
  readonly paths: string[];
}

type Found = { readonly ref: { readonly path: string } };
type Result = { readonly docs?: readonly Found[] } | Found | readonly Found[];

/** Counts every read of this process until `stop`. A document's own `get` is a `getAll` of one. */
export function countReads(): ReadCounts & { stop(): void } {
  const counts: ReadCounts & { stop(): void } = { queried: 0, looked: 0, paths: [], stop: () => undefined };
  const queried = (result: Result) => {
    const paths = pathsOf(result);
    counts.queried += Math.max(1, paths.length);
    counts.paths.push(...(paths.length === 0 ? ["? nothing"] : paths.map((path) => `? ${path}`)));
  };
  const looked = (result: Result) => {
    const paths = pathsOf(result);
    counts.looked += Math.max(1, paths.length);
    counts.paths.push(...paths);
  };
  const undo = [
    wrap(Query.prototype, "get", queried),
    wrap(Firestore.prototype, "getAll", looked),
    wrap(Transaction.prototype, "getAll", looked),
    wrap(Transaction.prototype, "get", looked),
  ];
  counts.stop = () => {
    for (const step of undo) step();
  };
  return counts;
}

function pathsOf(result: Result): string[] {
  if (Array.isArray(result)) return result.map(({ ref }) => ref.path);
  if ("docs" in result && result.docs) return result.docs.map(({ ref }) => ref.path);
  return "ref" in result ? [result.ref.path] : [];
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
